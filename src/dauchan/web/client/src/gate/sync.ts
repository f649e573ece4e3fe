/** What the server tells a gate: lists as changes since the server's own cursor, the gate's state, a ticket for the door. */
import { within as inTime } from "../visitor/patience.ts";
import { figuresOf, type Known, known, note, type Totals, type VenueNote } from "./notes.ts";
import { waiting, withWaiting } from "./queue.ts";
import { asked, change } from "./store.ts";

const SYNC = "/gate/sync/";
const PATIENCE_MS = 10_000;

interface Told {
  cursor: string;
  is_whole: boolean;
  revoked_cards?: string[];
  ticket: string;
  ticket_seconds: number;
  now: number;
  device: { name: string; revoked: boolean };
  venue?: VenueNote;
  inside?: number;
  entries?: number;
  exits?: number;
  queue_key?: { version: number; public: string };
  card_keys?: Record<string, string>;
  today?: Totals;
}

export interface Ticket {
  text: string;
  /** By the device's clock. */
  until: number;
}

/** The server does not know this device, so it has to be enrolled again. What waits stays. */
export class UnknownDevice extends Error {}

/** One round. Rejects where there is no network, or no such device. */
export async function sync(): Promise<Ticket> {
  const state = { cursor: (await known())?.cursor ?? "", waiting: String((await waiting()).count) };
  const askedAt = Date.now();
  const answer = await fetch(`${SYNC}?${new URLSearchParams(state)}`, {
    headers: { Accept: "application/json" },
    signal: inTime(PATIENCE_MS),
  });
  if (answer.status === 401 || answer.redirected) throw new UnknownDevice();
  if (!answer.ok) throw new TypeError(`sync: ${answer.status}`);
  const told = (await answer.json()) as Told;
  await remember(told, told.now - (askedAt + Date.now()) / 2);
  return { text: told.ticket, until: Date.now() + told.ticket_seconds * 900 };
}

/** In one transaction: a cursor that moved without its list would skip a revoked card. */
async function remember(told: Told, offset: number): Promise<void> {
  const now = Date.now();
  await change(async (within) => {
    const before = await note(within, "known");
    const list = told.is_whole ? [] : (before?.revoked_cards ?? []);
    const known: Known = {
      key: "known",
      cursor: String(told.cursor ?? before?.cursor ?? ""),
      revoked_cards: [...new Set([...list, ...(told.revoked_cards ?? [])])],
      device: told.device,
      venue: told.venue ?? before?.venue ?? null,
      queue_key: told.queue_key ?? before?.queue_key ?? null,
      card_keys: told.card_keys ?? before?.card_keys ?? {},
      offset: Math.round(offset),
      synced_at: now,
      today: told.today ?? null,
    };
    within.notes.put(known);
    if (told.inside === undefined) return;
    const { inside, entries = 0, exits = 0 } = told;
    const figures = { ...(await figuresOf(within, now)), inside, entries, exits };
    await asked(within.notes.put(await withWaiting(within, figures)));
  });
}
