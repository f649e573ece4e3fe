import "./common.ts";
import { start } from "./enhance.ts";

start();
