/** A list that stands whole on the page is searched on the page: what somebody looks for does not leave the phone. */
import { enhance } from "../enhance.ts";
import { fold } from "../fold.ts";

enhance("form[data-searches-here]", (element) => {
  const form = element as HTMLFormElement;
  const list = document.querySelector<HTMLElement>("[data-searched]");
  if (!list) return;
  const show = () => showMatching(list, fieldsOf(form));
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
});

interface Wanted {
  words: string[];
  commune: string;
  /** A local day, YYYY-MM-DD. */
  on: string;
}

function fieldsOf(form: HTMLFormElement): Wanted {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? "");
  return { words: fold(text("q")).split(" ").filter(Boolean), commune: text("commune"), on: text("on") };
}

function showMatching(list: HTMLElement, { words, commune, on }: Wanted): void {
  let found = 0;
  for (const card of list.querySelectorAll<HTMLElement>("[data-found-by]")) {
    const said = card.dataset["foundBy"] ?? "";
    const { commune: where = "", first = "", last = "" } = card.dataset;
    const matches = words.every((word) => said.includes(word)) && (!commune || commune === where);
    card.hidden = !matches || (on !== "" && (on < first || on > last));
    if (!card.hidden) found += 1;
  }
  for (const day of list.querySelectorAll<HTMLElement>("section"))
    day.hidden = day.querySelector("[data-found-by]:not([hidden])") === null;
  const none = document.querySelector<HTMLElement>("[data-found-none]");
  if (none) none.hidden = found > 0;
}
