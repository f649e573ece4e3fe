/** The page's sentences and limits: they come with the page, so that each exists once, on the server's side. */
import type { CodeLimits } from "./codes/tokens.ts";

export interface Limits extends CodeLimits {
  same_entry_seconds: number;
  undo_seconds: number;
  nearly_full: number;
  clock_shown_seconds: number;
  patience_ms: number;
}

export interface PageFacts {
  limits: Limits;
  words: Record<string, string>;
  /** The sentence of each reason for a refusal. */
  reasons: Record<string, string>;
  /** How the ledger calls a refusal that is kept as a failed scan. */
  attempts: Record<string, string>;
}

export function pageFacts(): PageFacts {
  const text = document.getElementById("gate-facts")?.textContent ?? "{}";
  return JSON.parse(text) as PageFacts;
}

/** "1.000" in Vietnamese, as the server writes it. */
export function figure(amount: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(amount);
}

/** A sentence with its places filled: "{count} lượt". */
export function fillIn(sentence: string, places: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const place = places[name] ?? "";
    return typeof place === "number" ? figure(place) : place;
  });
}
