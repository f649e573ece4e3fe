/** The visitor's part of the public pages. */
import "./visitor/around.ts";
import "./visitor/attempts.ts";
import "./visitor/check-in.ts";
import "./visitor/check-out.ts";
import "./visitor/personal-code.ts";
import "./visitor/exposures/cards.ts";
import "./visitor/family.ts";
import "./visitor/install.ts";
import "./visitor/phone-diary.ts";
import "./visitor/registration.ts";
import "./visitor/scan-page.ts";
import "./visitor/search-here.ts";
import "./visitor/shell.ts";
import "./visitor/waiting.ts";
