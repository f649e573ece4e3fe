import { fold } from "./fold.ts";

const MOST_SHOWN = 50;

/** One option of a combobox: what is sent, what is read, its second line, and the key that typing is compared with. */
export interface Choice {
  value: string;
  text: string;
  hint: string;
  key: string;
}

function choice(value: string, text: string, hint: string): Choice {
  return { value, text, hint, key: fold(`${text} ${hint}`) };
}

/** The options of a select; an option's second line is its data-hint or the name of its group. */
export function choicesOf(select: HTMLSelectElement): Choice[] {
  return [...select.options]
    .filter((option) => option.value !== "")
    .map((option) => {
      const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
      return choice(option.value, option.text, option.dataset["hint"] ?? group);
    });
}

/** The choices that the server has for *text*: `GET address?q=text` answers a list of value, text and hint. */
export async function choicesAt(address: string, text: string, signal: AbortSignal): Promise<Choice[]> {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) return [];
  const found = (await response.json()) as { value: string | number; text: string; hint?: string }[];
  return found.map(({ value, text: read, hint }) => choice(String(value), read, hint ?? ""));
}

/** How well *typed* fits: 0 from the start, 1 from the start of a word, 2 within, -1 not at all. */
function fit(candidate: Choice, typed: string): number {
  if (candidate.key.startsWith(typed)) return 0;
  if (candidate.key.includes(` ${typed}`)) return 1;
  return candidate.key.includes(typed) ? 2 : -1;
}

/** The choices that fit, best first; where two keys are alike, the one with the typed diacritics wins. */
export function search(choices: Choice[], text: string): Choice[] {
  const typed = fold(text);
  const exact = text.trim().toLowerCase();
  const ranked = choices.flatMap((candidate, place) => {
    const rank = fit(candidate, typed);
    const isExact = candidate.text.toLowerCase().includes(exact);
    return rank < 0 ? [] : [{ candidate, rank: rank * 2 + (isExact ? 0 : 1), place }];
  });
  ranked.sort((one, other) => one.rank - other.rank || one.place - other.place);
  return ranked.slice(0, MOST_SHOWN).map(({ candidate }) => candidate);
}
