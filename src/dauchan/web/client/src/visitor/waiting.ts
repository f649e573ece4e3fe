/** Scans that an earlier page could not deliver are sent by the next one, and as soon as there is a network. */
import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { word } from "./answers.ts";
import { keptBy } from "./outbox.ts";
import { sendWaiting } from "./send-waiting.ts";

const PAUSE_MS = 15_000;
let isSending = false;

enhance("[data-visitor]", (page) => {
  if (page.hasAttribute("data-shell")) return; // the shell knows its person a little later
  void sendNow();
  window.addEventListener("online", () => void sendNow());
});

/** Sends until nothing is left that could be sent; one round at a time. */
export async function sendNow(): Promise<void> {
  if (isSending || (await keptBy(word("mark"))).length === 0) return;
  isSending = true;
  const note = document.querySelector<HTMLElement>("[data-outbox-note]");
  note?.removeAttribute("hidden");
  let answered = 0;
  const mustTryAgain = await sendWaiting(word("mark"), (reply) => {
    answered += 1;
    if (reply.outcome === "recorded") showToast(word("delivered"), "good");
    else showToast(reply.sentence, "caution");
  }).catch(() => true);
  isSending = false;
  if (mustTryAgain) window.setTimeout(() => void sendNow(), PAUSE_MS);
  else if (note && answered > 0) window.location.reload();
}
