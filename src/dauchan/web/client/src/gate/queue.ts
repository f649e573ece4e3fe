/** Scans that wait for the door, the oldest first. One leaves the device only after the door has answered for it. */
import {
  addToShift,
  type Figures,
  figuresOf,
  type Outcomes,
  outcomesOf,
  shiftOf,
  type Told,
  withEffect,
} from "./notes.ts";
import { asked, change, type Effect, type Item, type KeptItem, look, type Within } from "./store.ts";

/** What the door says of one item. */
export interface DoorAnswer {
  outcome: string;
  scan_id: string;
  reason?: { code: string; vi: string; en: string };
}

export interface Waiting {
  count: number;
  /** When the oldest was scanned, RFC 3339. */
  since?: string | undefined;
}

const EFFECTS: Effect[] = ["in", "out", "undo-in", "undo-out"];

/** Resolves when all of them are on the disk; rejects, and keeps none, where there is no room. */
export function keep(items: readonly Item[], now: number, reason = ""): Promise<Figures> {
  return change(async (within) => {
    let figures = await figuresOf(within, now);
    const shift = await shiftOf(within, now);
    for (const item of items) {
      within.queue.add(item);
      figures = withEffect(figures, item.effect);
      addToShift(shift, item.effect, reason);
    }
    within.notes.put(shift);
    await asked(within.notes.put(figures));
    return figures;
  });
}

export function waiting(): Promise<Waiting> {
  return look(async (within) => {
    const count = await asked(within.queue.count());
    const [oldest] = (await asked(within.queue.getAll(null, 1))) as KeptItem[];
    return { count, since: oldest?.at };
  });
}

/** Up to *count* items behind *after*, the oldest first. */
export function nextItems(after: number, count: number): Promise<KeptItem[]> {
  const behind = IDBKeyRange.lowerBound(after, true);
  return look(async ({ queue }) => (await asked(queue.getAll(behind, count))) as KeptItem[]);
}

/** Takes out of the queue what the door answered, and counts what became of it. */
export function settle(items: readonly KeptItem[], answers: readonly DoorAnswer[]): Promise<void> {
  const told = new Map(answers.map((answer) => [answer.scan_id, answer]));
  return change(async (within) => {
    const outcomes = await outcomesOf(within);
    for (const item of items) {
      const answer = told.get(item.scan_id);
      if (!answer || !count(outcomes, answer)) continue;
      within.queue.delete(item.seq);
    }
    await asked(within.notes.put(outcomes));
  });
}

/** What the scans that wait add to the server's figures. */
export async function withWaiting(within: Within, figures: Figures): Promise<Figures> {
  let changed = figures;
  const index = within.queue.index("effect");
  for (const effect of EFFECTS) changed = withEffect(changed, effect, await asked(index.count(effect)));
  return changed;
}

/** False for an outcome that is none: the item stays. */
function count(outcomes: Outcomes, { outcome, reason }: DoorAnswer): boolean {
  if (outcome === "recorded" || outcome === "repeated") {
    outcomes.recorded += 1;
    return true;
  }
  if (outcome !== "quarantined" && outcome !== "refused") return false;
  const { code = "", vi = "", en = "" } = reason ?? {};
  const before: Told = outcomes[outcome][code] ?? { count: 0, vi, en };
  outcomes[outcome][code] = { count: before.count + 1, vi, en };
  return true;
}
