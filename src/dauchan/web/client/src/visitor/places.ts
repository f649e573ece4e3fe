/** Places that this phone has seen: their names help where there is no network. What they are called is public. */
import { VENUE } from "./addresses.ts";
import { within } from "./patience.ts";
import { get, put } from "./store.ts";

export interface Place {
  /** The signed code, which the door wants to see. */
  code: string;
  name: string;
  address: string;
  category: string;
  status: string;
  /** Who scans at this door: `poster`, `gate`, `both`. Places remembered by earlier builds do not say. */
  mode?: string;
  is_outdated: boolean;
  /** Why it is suspended, by which document, until when. */
  why?: string;
  /** As the place states them; absent where its page is not public. */
  hours?: Record<string, unknown>;
  lat?: number;
  lon?: number;
}

export interface Refusal {
  title: string;
  attempt?: string;
  reason?: string;
}

interface Kept extends Place {
  text: string;
}

const PATIENCE_MS = 8000;

/** By POST: a scanned text may be somebody's identity card, which must not stand in an address or a log. */
export async function askForPlace(text: string): Promise<Place | Refusal> {
  const body = new URLSearchParams({ code: text.slice(0, 4096) });
  const answer = await fetch(VENUE, { method: "POST", body, signal: within(PATIENCE_MS) });
  if (answer.status >= 500) throw new TypeError(String(answer.status));
  return (await answer.json()) as Place | Refusal;
}

/** *text* is the code in its one spelling, short or signed; the place is found by either. */
export async function rememberPlace(text: string, place: Place): Promise<void> {
  await put<Kept>("places", { ...place, text });
  await put<Kept>("places", { ...place, text: place.code });
}

export function rememberedPlace(text: string): Promise<Place | undefined> {
  return get<Kept>("places", text);
}
