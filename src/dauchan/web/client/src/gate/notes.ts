/** What a gate knows besides its queue: the server's last word, the figures of the day, the shift, what became of scans. */
import { asked, type Effect, look, type Within } from "./store.ts";

export interface VenueNote {
  name: string;
  status: string;
  capacity: number | null;
  mode: string;
}

/** The answer of /gate/sync/, less what is kept in memory only. */
export interface Known {
  key: "known";
  cursor: string;
  revoked_cards: string[];
  device: { name: string; revoked: boolean };
  venue: VenueNote | null;
  queue_key: { version: number; public: string } | null;
  card_keys: Record<string, string>;
  /** The server's clock less the device's, in milliseconds. */
  offset: number;
  /** By the device's clock, only to be shown. */
  synced_at: number;
  today: Totals | null;
}

/** What all gates of the venue did today. */
export interface Totals {
  entries: number;
  exits: number;
}

/** Inside now, and what this device did on a day: the server's numbers, and what has happened here since. */
export interface Figures {
  key: "figures";
  day: string;
  inside: number;
  entries: number;
  exits: number;
}

export interface Shift {
  key: "shift";
  since: number;
  entries: number;
  exits: number;
  undone: number;
  already_inside: number;
  refused: Record<string, number>;
}

/** What the server said of scans that had waited, since the shift began. */
export interface Outcomes {
  key: "outcomes";
  recorded: number;
  quarantined: Record<string, Told>;
  refused: Record<string, Told>;
}

export interface Told {
  count: number;
  vi: string;
  en: string;
}

interface Notes {
  known: Known;
  figures: Figures;
  shift: Shift;
  outcomes: Outcomes;
}

const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" });

export async function note<Key extends keyof Notes>(within: Within, key: Key): Promise<Notes[Key] | undefined> {
  return (await asked(within.notes.get(key))) as Notes[Key] | undefined;
}

export function known(): Promise<Known | undefined> {
  return look((within) => note(within, "known"));
}

export async function figuresOf(within: Within, now: number): Promise<Figures> {
  const day = DAY.format(now);
  const kept = (await note(within, "figures")) ?? { key: "figures", day, inside: 0, entries: 0, exits: 0 };
  return kept.day === day ? kept : { ...kept, day, entries: 0, exits: 0 };
}

export async function shiftOf(within: Within, now: number): Promise<Shift> {
  return (await note(within, "shift")) ?? newShift(now);
}

export async function outcomesOf(within: Within): Promise<Outcomes> {
  return (await note(within, "outcomes")) ?? noOutcomes();
}

export function newShift(now: number): Shift {
  return { key: "shift", since: now, entries: 0, exits: 0, undone: 0, already_inside: 0, refused: {} };
}

export function noOutcomes(): Outcomes {
  return { key: "outcomes", recorded: 0, quarantined: {}, refused: {} };
}

/** The figures after *count* scans of this effect. A day's entries and exits are of scans, those taken back included. */
export function withEffect(figures: Figures, effect: Effect, count = 1): Figures {
  const entered = effect === "in" || effect === "undo-out" ? count : 0;
  const left = effect === "out" || effect === "undo-in" ? count : 0;
  return {
    ...figures,
    inside: Math.max(0, figures.inside + entered - left),
    entries: figures.entries + (effect === "in" ? count : 0),
    exits: figures.exits + (effect === "out" ? count : 0),
  };
}

/** What a scan adds to the shift; a refused one is counted by its reason. */
export function addToShift(shift: Shift, effect: Effect, reason = ""): void {
  if (effect === "in") shift.entries += 1;
  else if (effect === "out") shift.exits += 1;
  else if (effect === "failed") shift.refused[reason] = (shift.refused[reason] ?? 0) + 1;
  else shift.undone += 1;
}
