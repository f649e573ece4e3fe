import "./common.ts";
import "./visitor.ts";
import { start } from "./enhance.ts";

start();
