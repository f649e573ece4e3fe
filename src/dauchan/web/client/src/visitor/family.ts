/** Who comes along without a phone: named once, ticked at each door. The names stay on this phone; the door gets a number. */
import { enhance } from "../enhance.ts";
import { all, drop, put } from "./store.ts";

interface Companion {
  name: string;
}

const LONGEST_NAME = 80;
const MOST = 19;

/** The names that are ticked in *form*. */
export function companionsOf(form: HTMLFormElement): string[] {
  const ticked = form.querySelectorAll<HTMLInputElement>("[data-companion] input:checked");
  return [...ticked].map((box) => box.value);
}

enhance("[data-family]", (family) => {
  family.hidden = false;
  const input = family.querySelector<HTMLInputElement>("[data-new-name]");
  family.querySelector("[data-add-name]")?.addEventListener("click", () => void add(family, input));
  input?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // not the check-in
    void add(family, input);
  });
  void all<Companion>("family").then((known) => {
    for (const { name } of known) show(family, name, false);
  });
});

async function add(family: HTMLElement, input: HTMLInputElement | null): Promise<void> {
  const name = input?.value.normalize("NFC").trim().replace(/\s+/g, " ").slice(0, LONGEST_NAME) ?? "";
  if (!input || !name || family.querySelectorAll("[data-companion]").length >= MOST) return;
  input.value = "";
  await put<Companion>("family", { name });
  show(family, name, true);
  count(family);
}

function show(family: HTMLElement, name: string, isTicked: boolean): void {
  const boxes = [...family.querySelectorAll<HTMLInputElement>("[data-companion] input")];
  const same = boxes.find((box) => box.value === name);
  if (same) {
    same.checked = isTicked || same.checked;
    return;
  }
  const template = family.querySelector<HTMLTemplateElement>("template");
  const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  const box = row?.querySelector("input");
  if (!row || !box) return;
  box.value = name;
  box.checked = isTicked;
  box.addEventListener("change", () => count(family));
  const label = row.querySelector("[data-name]");
  if (label) label.textContent = name;
  row.querySelector("[data-forget-name]")?.addEventListener("click", () => {
    row.remove();
    void drop("family", name);
    count(family);
  });
  family.querySelector("[data-names]")?.append(row);
}

/** The number follows the ticks; who has more company than names may still raise it. */
function count(family: HTMLElement): void {
  const party = family.closest("form")?.querySelector<HTMLInputElement>("input[name=party]");
  if (party) party.value = String(1 + family.querySelectorAll("[data-companion] input:checked").length);
}
