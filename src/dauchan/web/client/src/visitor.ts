/** The visitor's part of the public pages. */
import "./visitor/attempts.ts";
import "./visitor/check-in.ts";
import "./visitor/check-out.ts";
import "./visitor/personal-code.ts";
import "./visitor/scan-page.ts";
import "./visitor/waiting.ts";
