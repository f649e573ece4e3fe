import "../styles/outbreak.css";
import "./common.ts";
import "./check-all.ts";
import "./here.ts";
import "./passkey.ts";
import "./shrink.ts";
import { start } from "./enhance.ts";

start();
