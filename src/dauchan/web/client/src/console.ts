import "./common.ts";
import "./passkey.ts";
import { start } from "./enhance.ts";

start();
