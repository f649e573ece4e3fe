import { enhance } from "./enhance.ts";
import { fold } from "./fold.ts";

const MOST_SHOWN = 50;

interface Choice {
  value: string;
  text: string;
  hint: string;
  key: string;
}

/** How well *typed* fits: 0 from the start, 1 from the start of a word, 2 within, -1 not at all. */
function fit(choice: Choice, typed: string): number {
  if (choice.key.startsWith(typed)) return 0;
  if (choice.key.includes(` ${typed}`)) return 1;
  return choice.key.includes(typed) ? 2 : -1;
}

/** The choices that fit, best first; where two keys are alike, the one with the typed diacritics wins. */
export function search(choices: Choice[], text: string): Choice[] {
  const typed = fold(text);
  const exact = text.trim().toLowerCase();
  const ranked = choices.flatMap((choice, place) => {
    const rank = fit(choice, typed);
    const isExact = choice.text.toLowerCase().includes(exact);
    return rank < 0 ? [] : [{ choice, rank: rank * 2 + (isExact ? 0 : 1), place }];
  });
  ranked.sort((one, other) => one.rank - other.rank || one.place - other.place);
  return ranked.slice(0, MOST_SHOWN).map(({ choice }) => choice);
}

function choicesOf(select: HTMLSelectElement): Choice[] {
  return [...select.options]
    .filter((option) => option.value !== "")
    .map((option) => {
      const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
      const hint = option.dataset["hint"] ?? group;
      return { value: option.value, text: option.text, hint, key: fold(`${option.text} ${hint}`) };
    });
}

/** A select with many options becomes a field to type into, after the ARIA pattern 'combobox with a list'. */
class Combobox {
  private readonly choices: Choice[];
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("ul");
  private shown: Choice[] = [];
  private active = -1;

  constructor(private readonly select: HTMLSelectElement) {
    this.choices = choicesOf(select);
    this.build();
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    // pointerdown would take the focus away before the click is known
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    this.select.form?.addEventListener("reset", () => window.setTimeout(() => this.showChosen()));
  }

  private build(): void {
    const { select, input, list } = this;
    const box = document.createElement("div");
    box.className = "combobox";
    input.id = `${select.id}-typed`;
    list.id = `${select.id}-list`;
    input.className = "input";
    input.type = "text";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.placeholder = select.dataset["placeholder"] ?? "";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    const names: Record<string, string | null> = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-describedby": select.getAttribute("aria-describedby"),
      "aria-invalid": select.getAttribute("aria-invalid"),
      "aria-required": String(select.required),
    };
    for (const [name, value] of Object.entries(names)) if (value !== null) input.setAttribute(name, value);
    const label = document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(select.id)}"]`);
    if (label) label.htmlFor = input.id;
    list.setAttribute("aria-label", label?.textContent?.trim() ?? "");
    select.before(box);
    box.append(input, list);
    select.hidden = true;
    // A hidden select cannot show the browser's own complaint; the server checks it as well.
    select.required = false;
    this.showChosen();
  }

  private showChosen(): void {
    const option = this.select.selectedOptions[0];
    this.input.value = option && option.value !== "" ? option.text : "";
  }

  private open(text: string): void {
    this.shown = search(this.choices, text);
    this.active = text === "" ? -1 : 0;
    this.list.replaceChildren(...this.shown.map((choice, index) => this.optionFor(choice, index)));
    if (this.shown.length === 0) this.list.append(this.nothingFound());
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private optionFor(choice: Choice, index: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(choice.value === this.select.value));
    item.append(choice.text);
    if (choice.hint) {
      const hint = document.createElement("small");
      hint.textContent = choice.hint;
      item.append(hint);
    }
    return item;
  }

  private nothingFound(): HTMLLIElement {
    const item = document.createElement("li");
    item.className = "none";
    item.textContent = this.select.dataset["none"] ?? "";
    return item;
  }

  private mark(): void {
    [...this.list.children].forEach((item, index) => {
      item.classList.toggle("active", index === this.active);
      if (index === this.active) item.scrollIntoView({ block: "nearest" });
    });
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      else this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  private move(step: number): void {
    const count = this.shown.length;
    if (count === 0) return;
    this.active = (this.active + step + count) % count;
    this.mark();
  }

  private choose(index: number): void {
    const choice = this.shown[index];
    if (!choice) return;
    this.select.value = choice.value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.input.value = choice.text;
    this.close();
  }

  /** Leaving: an emptied field is no choice; typed words that chose nothing give way to the choice in force. */
  private close(): void {
    if (this.input.value.trim() === "" && this.select.value !== "") {
      this.select.value = "";
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.showChosen();
  }
}

enhance("select[data-combobox]", (select) => new Combobox(select as HTMLSelectElement));
