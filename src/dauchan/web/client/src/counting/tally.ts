/** One count at a door as plain values: what was tapped and when it was paused. Nothing here knows a page or a clock. */

export type Tap = "entered" | "scanned";

export interface Tally {
  /** Made once: sending the count twice keeps it once. */
  id: string;
  venue: string;
  started: number;
  /** Everybody who was tapped, in order; `scanned` came in too. */
  taps: Tap[];
  /** Milliseconds of the pauses that are over. */
  paused: number;
  /** When the pause that goes on began. */
  pausedSince?: number;
  ended?: number;
}

export function begun(id: string, venue: string, now: number): Tally {
  return { id, venue, started: now, taps: [], paused: 0 };
}

/** A tap in a pause ends it: somebody has come in, and was seen. */
export function tapped(tally: Tally, tap: Tap, now: number): Tally {
  const running = resumed(tally, now);
  return { ...running, taps: [...running.taps, tap] };
}

export function undone(tally: Tally): Tally {
  return { ...tally, taps: tally.taps.slice(0, -1) };
}

export function pausedAt(tally: Tally, now: number): Tally {
  return tally.pausedSince === undefined ? { ...tally, pausedSince: now } : tally;
}

export function resumed(tally: Tally, now: number): Tally {
  const { pausedSince, ...rest } = tally;
  return pausedSince === undefined ? tally : { ...rest, paused: tally.paused + Math.max(0, now - pausedSince) };
}

/** A count that is ended in a pause ended when that began. */
export function finished(tally: Tally, now: number): Tally {
  const { pausedSince, ...rest } = tally;
  return { ...rest, ended: Math.max(tally.started + 1, pausedSince ?? now) };
}

/** Without pauses; never below nothing, whatever the phone's clock did. */
export function countedMs(tally: Tally, now: number): number {
  return Math.max(0, (tally.ended ?? tally.pausedSince ?? now) - tally.started - tally.paused);
}

export function entered(tally: Tally): number {
  return tally.taps.length;
}

export function scanned(tally: Tally): number {
  return tally.taps.filter((tap) => tap === "scanned").length;
}

/** 1:05, 61:05. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
