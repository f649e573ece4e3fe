/** One round through what waits, the oldest first. */
import { attempt, type Reply } from "./door.ts";
import { keptBy } from "./outbox.ts";
import { SignInNeeded } from "./token.ts";

/** Calls *onReply* for each scan that was answered. Resolves to whether something has to be tried again. */
export async function sendWaiting(mark: string, onReply: (reply: Reply) => void): Promise<boolean> {
  let mustTryAgain = false;
  for (const waiting of await keptBy(mark)) {
    try {
      const reply = await attempt(waiting);
      if (typeof reply === "number") mustTryAgain = true;
      else if (waiting.kind !== "scan-attempts") onReply(reply);
    } catch (error) {
      if (!(error instanceof SignInNeeded)) throw error; // it stays until its person signs in again
    }
  }
  return mustTryAgain;
}
