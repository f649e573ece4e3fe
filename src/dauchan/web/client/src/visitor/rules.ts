/**
 * The rules by which scans are labelled, as far as a phone can know them. Thresholds come from the file that the door
 * reads; examples for Python, SQL and this module alike stand in tests/visits/rules.json.
 */
import rules from "../../../../visits/rules.json" with { type: "json" };

/** As a venue states them: `{"mon": [["07:00", "17:00"]], …}`, local time. */
export type Hours = Record<string, unknown>;

export interface Point {
  lat: number;
  lon: number;
  /** The radius within which the device believes to be. */
  accuracy_m?: number | null;
}

export interface Timing {
  /** The time that counts, in milliseconds since the epoch like all instants here. */
  at: number;
  labels: string[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** The first of January 1970 was a Thursday. */
const EPOCH_DAY = 3;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const CLOCK = /^(\d\d):(\d\d)$/;

/** How far the device's clock is behind ours (negative: ahead), where that is beyond a telephone network's precision. */
export function clockOffset(sentAt: number, receivedAt: number): number {
  const offset = receivedAt - sentAt;
  return Math.abs(offset) > rules.clock.tolerated_skew_seconds * SECOND ? offset : 0;
}

/** *sentAt*: what the device's clock showed when it sent; null where it did not say. */
export function timing(deviceAt: number, sentAt: number | null, receivedAt: number): Timing {
  const offset = sentAt === null ? 0 : clockOffset(sentAt, receivedAt);
  const at = deviceAt + offset;
  const labels = offset === 0 ? [] : ["clock_skew"];
  if (at > receivedAt) {
    const isFuture = at > receivedAt + rules.clock.tolerated_skew_seconds * SECOND;
    if (isFuture && sentAt === null) labels.push("clock_skew");
    return { at: receivedAt, labels: isFuture ? [...labels, "clamped"] : labels };
  }
  const waited = receivedAt - at;
  if (waited > rules.clock.online_seconds * SECOND) labels.push("offline");
  if (waited > rules.clock.late_seconds * SECOND) labels.push("late");
  return { at, labels };
}

/** Whether the door would not take it any more: it would be removed the next night. */
export function isTooOld(at: number, now: number): boolean {
  return now - at > rules.clock.retention_days * DAY_MINUTES * MINUTE;
}

/** Closed, half an hour around allowed for: staff come before the doors open. Nothing stated says nothing. */
export function isOutOfHours(hours: Hours, at: number): boolean {
  const stretches = DAYS.flatMap((day, nth) => stretchesOf(hours[day], nth * DAY_MINUTES));
  if (stretches.length === 0) return false;
  const local = Math.floor(at / MINUTE) + rules.hours.utc_offset_minutes + EPOCH_DAY * DAY_MINUTES;
  const minute = ((local % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
  const isWithin = ([start, end]: readonly [number, number]) =>
    [-WEEK_MINUTES, 0, WEEK_MINUTES].some((week) => start + week <= minute && minute < end + week);
  return !stretches.some(isWithin);
}

/** Stretches of one day as minutes of the week, wider at both ends; one that cannot be read says nothing. */
function stretchesOf(stated: unknown, midnight: number): [number, number][] {
  if (!Array.isArray(stated)) return [];
  return stated.flatMap((stretch: unknown) => {
    const [start, end] = Array.isArray(stretch) ? stretch.map(minuteOf) : [];
    if (start === undefined || end === undefined) return [];
    const finish = end > start ? end : end + DAY_MINUTES;
    return [[midnight + start - rules.hours.grace_minutes, midnight + finish + rules.hours.grace_minutes]];
  }) as [number, number][];
}

function minuteOf(clock: unknown): number | undefined {
  const read = CLOCK.exec(String(clock));
  return read ? Number(read[1]) * 60 + Number(read[2]) : undefined;
}

/** The sphere laid flat: right within 0.1 % up to 100 km at this latitude. */
export function metres(from: Point, to: Point): number {
  const middle = ((from.lat + to.lat) / 2) * (Math.PI / 180);
  return rules.distance.metres_a_degree * Math.hypot(to.lat - from.lat, (to.lon - from.lon) * Math.cos(middle));
}

/** Far from the venue, however wrong the position may be. */
export function isRemote(device: Point, venue: Point): boolean {
  return metres(device, venue) - (device.accuracy_m ?? 0) > rules.distance.remote_metres;
}

/** People who came in together, the visitor included, as the door takes it. */
export function partyOf(typed: unknown): number {
  const people = Math.trunc(Number(typed ?? 1)) || 1;
  return Math.min(rules.limits.largest_party, Math.max(1, people));
}
