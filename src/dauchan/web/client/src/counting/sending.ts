/** Handing counts in. A count stays on the phone until the server has answered that it has it, or that it never takes it. */
import { dropWaiting, type Waiting, waiting } from "./kept.ts";
import { countedMs, entered, scanned } from "./tally.ts";

export type Answer = "sent" | "later" | "signed-out" | { refused: string };

const REFUSED = 422;

/** Sends what waits, the oldest first, until one has to stay; the last answer. */
export async function sendWaiting(token: string): Promise<Answer | undefined> {
  let last: Answer | undefined;
  for (const one of waiting()) {
    last = await send(one, token);
    if (last === "later" || last === "signed-out") break;
    dropWaiting(one.tally.id);
  }
  return last;
}

async function send({ tally, address }: Waiting, token: string): Promise<Answer> {
  const ended = tally.ended ?? tally.started;
  const form = new FormData();
  form.set("csrfmiddlewaretoken", token);
  form.set("id", tally.id);
  form.set("started", String(tally.started));
  form.set("ended", String(ended));
  form.set("counted_seconds", String(Math.floor(countedMs(tally, ended) / 1000)));
  form.set("entered", String(entered(tally)));
  form.set("scanned", String(scanned(tally)));
  try {
    const answer = await fetch(address, { method: "POST", body: form, redirect: "manual" });
    if (answer.ok) return "sent";
    // Signed out leads to another page; a form token of another session is forbidden.
    if (answer.type === "opaqueredirect" || answer.status === 403) return "signed-out";
    return answer.status === REFUSED ? ((await answer.json()) as { refused: string }) : "later";
  } catch {
    return "later";
  }
}
