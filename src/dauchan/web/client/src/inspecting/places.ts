/** The day's places as the server packed them, and what a scanned code says about them. Pure. */

export interface PlaceCode {
  version: number;
  code: string;
  is_current: boolean;
}

export interface Stop {
  stop: number;
  round_id: number;
  round: string;
  until: string;
  position: number;
  why: string;
  score: number;
  parts: string[];
  follows: number | null;
  venue: { id: number; name: string; address: string; category: string; lat: number | null; lon: number | null };
  codes: PlaceCode[];
  done: { id: number; by: string; client: string } | null;
  sign: string;
  last: { id: number; on: string; findings: string[] } | null;
  measures: { id: number; words: string; due: string }[];
}

export interface Pack {
  officer: { id: number; name: string };
  token: string;
  at: number;
  due: Record<string, string>;
  stops: Stop[];
}

export type Known = "posterCurrent" | "posterOutdated" | "posterElsewhere" | "posterOurs" | "posterForeign";

export interface Said {
  word: Known | "codeCurrent" | "codeOutdated";
  places: Record<string, string | number>;
  /** The place it names, where the phone knows it. */
  venue?: number;
}

const METRES_A_DEGREE = 111_195;
/** The path under which our codes stand on posters. */
const OURS = /\/[qQ]\/([^/?#]+)\/?$/;

/** The rows of `ORDER` stand from what belongs at a door to what does not. */
const ORDER: Known[] = ["posterCurrent", "posterOutdated", "posterElsewhere", "posterOurs", "posterForeign"];

/** All that hangs at *stop*: the place's own code first, then what else is there. */
export function sorted(texts: readonly string[], stop: Stop, stops: readonly Stop[]): string[] {
  const rank = (text: string) => ORDER.indexOf(poster(text, stop, stops).word as Known);
  return [...texts].sort((one, other) => rank(one) - rank(other));
}

/** What a code is to somebody who stands nowhere in particular. */
export function anywhere(text: string, stops: readonly Stop[]): Said {
  for (const stop of stops) {
    const said = poster(text, stop, []);
    const { name, id } = stop.venue;
    if (said.word === "posterCurrent") return { word: "codeCurrent", places: { ...said.places, name }, venue: id };
    if (said.word === "posterOutdated") return { word: "codeOutdated", places: { ...said.places, name }, venue: id };
  }
  return { word: OURS.test(text.trim()) ? "posterOurs" : "posterForeign", places: {} };
}

/** What the text of a code is to somebody at *stop*: by the codes the server gave out, for signatures it checks itself. */
export function poster(text: string, stop: Stop, stops: readonly Stop[]): Said {
  const code = (OURS.exec(text.trim())?.[1] ?? text.trim()).toUpperCase();
  const match = (one: PlaceCode) => one.code.toUpperCase() === code;
  const own = stop.codes.find(match);
  if (own) return { word: own.is_current ? "posterCurrent" : "posterOutdated", places: { version: own.version } };
  const other = stops.find((one) => one.codes.some(match));
  if (other) return { word: "posterElsewhere", places: { name: other.venue.name } };
  return { word: OURS.test(text.trim()) ? "posterOurs" : "posterForeign", places: {} };
}

export function metresBetween(one: { lat: number; lon: number }, other: { lat: number; lon: number }): number {
  const east = (other.lon - one.lon) * Math.cos((((one.lat + other.lat) / 2) * Math.PI) / 180);
  return Math.round(METRES_A_DEGREE * Math.hypot(other.lat - one.lat, east));
}
