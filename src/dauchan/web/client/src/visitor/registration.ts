/** Sets up the service worker, and remembers what it needs to know of this page. */
import { enhance } from "../enhance.ts";
import { WORKER } from "./addresses.ts";
import { word } from "./answers.ts";
import { forgetMe, rememberLanguage, rememberMe } from "./me.ts";
import { personToken } from "./token.ts";

enhance("[data-visitor]", (page) => {
  void rememberLanguage(document.documentElement.lang);
  const mark = word("mark");
  // Asked for while the visitor reads: the press of the button then needs one request only, or none.
  if (mark) void rememberMe(mark).then(() => personToken(mark).catch(() => undefined));
  if (!navigator.serviceWorker || page.hasAttribute("data-shell")) return;
  const register = () =>
    void navigator.serviceWorker.register(WORKER, { updateViaCache: "none" }).catch(() => undefined);
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
});

/** The page says that nobody is signed in: the token goes. */
enhance("[data-signed-out]", () => void forgetMe());
