import "./common.ts";
import "./dial-pad.ts";
import "./shrink.ts";
import "./visitor.ts";
import { start } from "./enhance.ts";

start();
