import "./common.ts";
import "./shrink.ts";
import "./visitor.ts";
import { start } from "./enhance.ts";

start();
