/** Where a diary and a notice meet: the arithmetic of `dauchan.epi`, half-open, and any overlap counts. */
import rules from "../../../../../visits/rules.json" with { type: "json" };
import { clockOffset } from "../rules.ts";
import type { Hours } from "./tokens.ts";

/** What the diary on this phone says of a visit; see `PhoneVisit`. */
export interface DiaryVisit {
  id: string;
  code: string;
  name: string;
  entered_at: string;
  left_at?: string;
  /** The time that counts, where the door has answered. */
  counted_at?: string;
}

/** Epoch seconds. `imputed`: nobody recorded the end. */
export interface Stay {
  visit: DiaryVisit;
  from: number;
  to: number;
  imputed: boolean;
}

const DAY = 86_400;
const LOCAL_OFFSET = rules.hours.utc_offset_minutes * 60;
const DEFAULT_STAY = rules.stay.default_minutes * 60;

/**
 * The visits with their ends. One without a check-out lasts for the usual hour, or until the next one began.
 *
 * *offset*: by how many seconds this phone's clock is behind. Visits that the door has timed are right already.
 */
export function staysOf(visits: readonly DiaryVisit[], offset: number): Stay[] {
  const tolerated = clockOffset(0, offset * 1000) / 1000;
  const stays = visits.map((visit) => stayOf(visit, tolerated)).sort((one, other) => one.from - other.from);
  for (const [place, stay] of stays.entries()) {
    if (!stay.imputed) continue;
    const next = stays.slice(place + 1).find(({ from }) => from > stay.from);
    stay.to = Math.min(stay.from + DEFAULT_STAY, next?.from ?? Number.POSITIVE_INFINITY);
  }
  return stays;
}

function stayOf(visit: DiaryVisit, offset: number): Stay {
  const shown = seconds(visit.entered_at);
  const counted = visit.counted_at ? seconds(visit.counted_at) : Number.NaN;
  const from = Number.isNaN(counted) ? shown + offset : counted;
  // The phone's clock was wrong by the same at both ends.
  const to = visit.left_at ? seconds(visit.left_at) + from - shown : Number.NaN;
  const imputed = !(to > from);
  return { visit, from, to: imputed ? from : to, imputed };
}

/** What two half-open intervals have in common, or null where they only touch. */
export function overlap(one: Hours, other: Hours): Hours | null {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return to > from ? { from, to } : null;
}

/** The local days that an interval touches, as days since 1 January 1970. */
export function localDays({ from, to }: Hours): number[] {
  const first = Math.floor((from + LOCAL_OFFSET) / DAY);
  const last = Math.ceil((to + LOCAL_OFFSET) / DAY) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, more) => first + more);
}

function seconds(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}
