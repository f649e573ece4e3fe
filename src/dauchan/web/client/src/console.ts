import "../styles/outbreak.css";
import "./common.ts";
import "./check-all.ts";
import "./passkey.ts";
import { start } from "./enhance.ts";

start();
