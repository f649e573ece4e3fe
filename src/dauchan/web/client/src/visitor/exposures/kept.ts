/** The feed as this phone keeps it, so that it can be looked through without a network. */
import { NOTICES } from "../addresses.ts";
import { within } from "../patience.ts";
import { all, drop, get, put } from "../store.ts";
import { type Feed, type FeedKeys, readFeed } from "./feed.ts";

interface KeptFeed {
  key: "feed" | "fetched";
  text: string;
  fetched_at: number;
  /** By how many seconds this phone's clock was behind the server's. */
  offset: number;
}

interface Seen {
  key: `seen ${string}`;
  version: number;
  dismissed: boolean;
}

export interface CurrentFeed {
  feed: Feed;
  fetchedAt: number;
  offset: number;
}

const FRESH_MS = 15 * 60_000;
const PATIENCE_MS = 20_000;

/**
 * Fetches the whole feed, whatever the diary holds: every phone asks for the same thing, without cookies, and the answer is
 * the same for all. What comes is verified by the next page that reads it: `currentFeed`.
 */
export async function fetchFeed(): Promise<void> {
  const known = (await get<KeptFeed>("exposures", "fetched")) ?? (await get<KeptFeed>("exposures", "feed"));
  const age = Date.now() - (known?.fetched_at ?? 0);
  if (age >= 0 && age < FRESH_MS) return;
  const asked = {
    credentials: "omit",
    cache: "no-cache",
    referrerPolicy: "no-referrer",
    signal: within(PATIENCE_MS),
  } as const;
  const answer = await fetch(NOTICES, asked).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text().catch(() => "");
  const said = Date.parse(answer.headers.get("Date") ?? "");
  const offset = Number.isNaN(said) ? 0 : Math.round((said - Date.now()) / 1000);
  if (text) await put<KeptFeed>("exposures", { key: "fetched", text, fetched_at: Date.now(), offset });
}

/** The newest genuine feed that this phone has. A forged one, or one older than what is known, is thrown away. */
export async function currentFeed(keys: FeedKeys): Promise<CurrentFeed | null> {
  const known = await genuine("feed", keys);
  const fetched = await genuine("fetched", keys);
  if (!fetched || fetched.feed.edition < (known?.feed.edition ?? 0)) {
    if (await get("exposures", "fetched")) await drop("exposures", "fetched");
    return known;
  }
  const kept = await get<KeptFeed>("exposures", "fetched");
  if (kept) await put<KeptFeed>("exposures", { ...kept, key: "feed" });
  await drop("exposures", "fetched");
  return fetched;
}

async function genuine(key: KeptFeed["key"], keys: FeedKeys): Promise<CurrentFeed | null> {
  const kept = await get<KeptFeed>("exposures", key);
  const feed = kept ? await readFeed(kept.text, keys).catch(() => null) : null;
  return kept && feed ? { feed, fetchedAt: kept.fetched_at, offset: kept.offset } : null;
}

/** Remembers that a notice was shown, or put away; a corrected one is shown again. */
export async function markSeen(id: string, version: number, dismissed: boolean): Promise<void> {
  await put<Seen>("exposures", { key: `seen ${id}`, version, dismissed });
}

export async function isDismissed(id: string, version: number): Promise<boolean> {
  const seen = await get<Seen>("exposures", `seen ${id}`);
  return seen?.dismissed === true && seen.version >= version;
}

/** Whether this phone has shown a notice that was taken back since. */
export async function shownAndWithdrawn(feed: Feed): Promise<string[]> {
  const withdrawn = new Set(feed.withdrawn.map((id) => `seen ${id}`));
  const kept = await all<Seen | KeptFeed>("exposures");
  return kept.filter(({ key }) => withdrawn.has(key)).map(({ key }) => key.slice("seen ".length));
}

export async function forgetSeen(ids: readonly string[]): Promise<void> {
  for (const id of ids) await drop("exposures", `seen ${id}`);
}
