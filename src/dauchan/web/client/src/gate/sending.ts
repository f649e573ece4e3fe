/** Hands in what waits, with a new ticket when one is needed: from the page, or from the service worker when it is closed. */
import { waiting } from "./queue.ts";
import { sync, type Ticket } from "./sync.ts";
import { upload } from "./upload.ts";

export interface Sent {
  /** False where something has to be sent later. */
  isDone: boolean;
  /** How long the door asked to wait. */
  afterMs: number;
  ticket: Ticket | undefined;
}

/** Afterwards the server's figures count what was sent. Rejects where there is no network, or no such device. */
export async function sendWaiting(ticket: Ticket | undefined, onBatch: () => void): Promise<Sent> {
  let good = ticket;
  if ((await waiting()).count === 0) return { isDone: true, afterMs: 0, ticket: good };
  for (let turn = 0; turn < 2; turn += 1) {
    if (!good || Date.now() > good.until) good = await sync();
    const stop = await upload(good.text, onBatch);
    if (stop.why === "empty") return { isDone: true, afterMs: 0, ticket: await sync() };
    if (stop.why === "later") return { isDone: false, afterMs: stop.afterMs, ticket: good };
    good = undefined; // a new one is needed
  }
  return { isDone: false, afterMs: 0, ticket: good };
}
