/** Scans that an earlier page could not deliver are sent by the next one. */
import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { word } from "./answers.ts";
import { deliver } from "./door.ts";
import { keptBy } from "./outbox.ts";

enhance("[data-visitor]", () => {
  if (keptBy(word("mark")).length > 0) void sendWaiting().catch(() => undefined);
});

async function sendWaiting(): Promise<void> {
  const note = document.querySelector<HTMLElement>("[data-outbox-note]");
  for (const waiting of keptBy(word("mark"))) {
    note?.removeAttribute("hidden");
    const reply = await deliver(waiting, () => undefined);
    showToast(
      reply.outcome === "recorded" ? word("delivered") : reply.sentence,
      reply.outcome === "recorded" ? "good" : "caution",
    );
  }
  if (note && !note.hidden) window.location.reload();
}
