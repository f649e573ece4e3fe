/** What the phone keeps of counts: the one that runs, and those that wait to be sent. No personal data is in either. */
import type { Tally } from "./tally.ts";

const RUNNING = "dauchan-count-running";
const WAITING = "dauchan-counts-waiting";

function read<Thing>(key: string, nothing: Thing): Thing {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? "null") as Thing | null) ?? nothing;
  } catch {
    return nothing;
  }
}

function write(key: string, thing: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(thing));
  } catch {
    // A private window without storage: the count lives as long as its page.
  }
}

/** The count that runs at this venue, also after the page was loaded anew. */
export function running(venue: string): Tally | undefined {
  const found = read<Tally | undefined>(`${RUNNING}-${venue}`, undefined);
  return found && Array.isArray(found.taps) ? found : undefined;
}

export function keepRunning(venue: string, tally: Tally | undefined): void {
  if (tally) write(`${RUNNING}-${venue}`, tally);
  else localStorage.removeItem(`${RUNNING}-${venue}`);
}

export interface Waiting {
  tally: Tally;
  /** Where it goes. */
  address: string;
}

export function waiting(): Waiting[] {
  return read<Waiting[]>(WAITING, []);
}

export function keepWaiting(one: Waiting): void {
  write(WAITING, [...waiting().filter(({ tally }) => tally.id !== one.tally.id), one]);
}

export function dropWaiting(id: string): void {
  write(
    WAITING,
    waiting().filter(({ tally }) => tally.id !== id),
  );
}
