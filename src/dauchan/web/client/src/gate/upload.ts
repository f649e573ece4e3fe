/** Sends what waits through the door, the oldest first, in batches; one tab of the device, or its service worker, at a time. */
import { DOOR } from "../visitor/addresses.ts";
import { within as inTime } from "../visitor/patience.ts";
import { type DoorAnswer, nextItems, settle } from "./queue.ts";
import type { KeptItem } from "./store.ts";

const ADDRESS = `${DOOR}gate-scans`;
const MOST_ITEMS = 500;
const PATIENCE_MS = 60_000;
const LOCK = "dauchan-gate-upload";

/** Why sending stopped. */
export type Stop =
  | { why: "empty" }
  | { why: "ticket" } // a new ticket is needed
  | { why: "later"; afterMs: number };

/**
 * *onBatch* is called after each batch that the door has answered. While another sends, this waits until it has: a page
 * that did not would go on showing what no longer waits.
 */
export function upload(ticket: string, onBatch: () => void): Promise<Stop> {
  return navigator.locks.request(LOCK, () => sendAll(ticket, onBatch));
}

async function sendAll(ticket: string, onBatch: () => void): Promise<Stop> {
  let after = 0;
  let most = MOST_ITEMS;
  let isStuck = false;
  for (;;) {
    const items = await nextItems(after, most);
    const last = items.at(-1);
    if (!last) return isStuck ? { why: "later", afterMs: 0 } : { why: "empty" };
    const reply = await send(items, ticket);
    if (Array.isArray(reply)) {
      await settle(items, reply);
      after = last.seq;
      isStuck ||= reply.length < items.length;
      onBatch();
    } else if (reply.why !== "smaller") {
      return reply;
    } else if (items.length > 1) {
      most = Math.ceil(items.length / 2);
    } else {
      // An item that the door cannot read even alone stays, and does not hold up the others.
      [after, most, isStuck] = [last.seq, MOST_ITEMS, true];
    }
  }
}

async function send(items: KeptItem[], ticket: string): Promise<DoorAnswer[] | Stop | { why: "smaller" }> {
  const body = JSON.stringify(items.map(({ seq: _seq, effect: _effect, ...item }) => item));
  const answer = await fetch(ADDRESS, {
    method: "POST",
    headers: {
      Authorization: `Device ${ticket}`,
      "Content-Type": "application/json",
      "X-Device-Time": new Date().toISOString(),
    },
    body,
    signal: inTime(PATIENCE_MS),
  }).catch(() => null);
  if (answer?.status === 401) return { why: "ticket" };
  if (!answer || answer.status >= 500 || answer.status === 408 || answer.status === 429) {
    return { why: "later", afterMs: Number(answer?.headers.get("Retry-After") ?? 0) * 1000 };
  }
  if (!answer.ok) return { why: "smaller" };
  const said = (await answer.json().catch(() => null)) as { items: DoorAnswer[] } | null;
  return said?.items ?? { why: "later", afterMs: 0 };
}
