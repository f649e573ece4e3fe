/** Which notices this phone's diary meets. Nothing here sends or asks anything. */
import { fromBase64Url } from "../../gate/base64url.ts";
import type { Feed, Notice } from "./feed.ts";
import { type DiaryVisit, localDays, overlap, type Stay, staysOf } from "./overlap.ts";
import { type DayKeys, type Hours, keysOf, splitKey } from "./tokens.ts";

export interface Match {
  notice: Notice;
  visit: DiaryVisit;
  /** As the notice gives them to a phone that was there. */
  hours: Hours;
  /** What visit and notice have in common. */
  common: Hours;
  imputed: boolean;
}

interface Lock {
  notice: Notice;
  sealed: Uint8Array<ArrayBuffer>;
}

/** *now*: epoch seconds, by the phone's clock; *offset*: by how much that is behind. One match for a notice, the longest. */
export async function matchesOf(
  feed: Feed,
  visits: readonly DiaryVisit[],
  now: number,
  offset: number,
): Promise<Match[]> {
  const locks = locksOf(feed, now + offset);
  const salt = fromBase64Url(feed.salt);
  const derived = new Map<string, Promise<DayKeys>>();
  const keysFor = (code: string, day: number) => {
    const known = derived.get(`${code} ${day}`) ?? keysOf(code, salt, day);
    derived.set(`${code} ${day}`, known);
    return known;
  };
  const found = new Map<string, Match>();
  for (const stay of staysOf(visits, offset)) {
    for (const day of localDays(stay)) {
      const keys = await keysFor(stay.visit.code, day);
      for (const lock of locks.get(keys.token) ?? []) keepLonger(found, await tried(stay, keys, lock));
    }
  }
  return [...found.values()].sort((one, other) => other.common.from - one.common.from);
}

/** What the tokens of the feed find; notices whose time is over are left out. */
function locksOf(feed: Feed, now: number): Map<string, Lock[]> {
  const locks = new Map<string, Lock[]>();
  for (const notice of feed.notices) {
    if (notice.gone <= now) continue;
    for (const key of notice.keys) {
      const { token, sealed } = splitKey(key);
      locks.set(token, [...(locks.get(token) ?? []), { notice, sealed }]);
    }
  }
  return locks;
}

async function tried(stay: Stay, keys: DayKeys, { notice, sealed }: Lock): Promise<Match | null> {
  const hours = await keys.open(notice, sealed);
  const common = hours && overlap(stay, hours);
  return hours && common ? { notice, visit: stay.visit, hours, common, imputed: stay.imputed } : null;
}

function keepLonger(found: Map<string, Match>, match: Match | null): void {
  if (!match) return;
  const known = found.get(match.notice.id);
  const length = ({ common }: Match) => common.to - common.from;
  if (!known || length(match) > length(known)) found.set(match.notice.id, match);
}
