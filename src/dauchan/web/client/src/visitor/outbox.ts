/** Scans that the door has not acknowledged yet. They outlive the page; who waits is told by a mark, never by a name. */
import { SYNC_TAG } from "./addresses.ts";
import { isTooOld } from "./rules.ts";
import { all, drop as dropFrom, put } from "./store.ts";
import { wakeLater } from "./wake-later.ts";

export type Kind = "check-ins" | "check-outs" | "scan-attempts";

export interface Waiting {
  /** The scan's own identifier: sending it twice is harmless. */
  id: string;
  kind: Kind;
  /** Whose it is: a scan kept by one person is never sent by another on the same phone. Failed scans are nobody's. */
  mark: string;
  keptAt: number;
  body: Record<string, unknown>;
  /** A code typed without a network: the console must say which signed code it stands for before the door is asked. */
  typed?: string;
}

export async function keep(waiting: Waiting): Promise<void> {
  await put("outbox", waiting);
}

export async function drop(id: string): Promise<void> {
  await dropFrom("outbox", id);
}

/** What waits, the oldest first; what nobody would take any more is dropped. */
export async function kept(): Promise<Waiting[]> {
  const found = await all<Waiting>("outbox");
  const isDue = ({ keptAt }: Waiting) => !isTooOld(keptAt, Date.now());
  for (const old of found.filter((waiting) => !isDue(waiting))) await drop(old.id);
  return found.filter(isDue).sort((one, other) => one.keptAt - other.keptAt);
}

/** What this person's phone may send: their own, and failed scans, which are nobody's. */
export async function keptBy(mark: string): Promise<Waiting[]> {
  return (await kept()).filter((waiting) => waiting.mark === mark || waiting.kind === "scan-attempts");
}

/** Wakes the service worker when there is a network, also after the page is closed. */
export function sendLater(): Promise<void> {
  return wakeLater(SYNC_TAG);
}
