import { type Choice, choicesAt, choicesOf, search } from "./choices.ts";
import { enhance } from "./enhance.ts";

/** A server is asked when the fingers rest. */
const REST_MS = 200;

/** A select with many options becomes a field to type into, after the ARIA pattern 'combobox with a list'. */
class Combobox {
  private readonly choices: Choice[];
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("ul");
  private shown: Choice[] = [];
  private active = -1;
  private asked: AbortController | undefined;

  constructor(private readonly select: HTMLSelectElement) {
    this.choices = choicesOf(select);
    this.build();
    this.input.addEventListener("input", () => this.look(this.input.value));
    this.input.addEventListener("click", () => this.look(""));
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

  private look(text: string): void {
    const { address } = this.select.dataset;
    this.asked?.abort();
    if (!address) {
      this.open(search(this.choices, text), text);
      return;
    }
    this.asked = new AbortController();
    const { signal } = this.asked;
    window.setTimeout(() => {
      if (signal.aborted) return;
      choicesAt(address, text, signal).then(
        (found) => this.open(found, text),
        () => undefined, // given up for a newer question, or no network: what is shown stays
      );
    }, REST_MS);
  }

  private open(found: Choice[], text: string): void {
    this.shown = found;
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
      if (this.list.hidden) this.look("");
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
    if (![...this.select.options].some((option) => option.value === choice.value)) {
      this.select.add(new Option(choice.text, choice.value));
    }
    this.select.value = choice.value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.input.value = choice.text;
    this.close();
  }

  /** Leaving: an emptied field is no choice; typed words that chose nothing give way to the choice in force. */
  private close(): void {
    this.asked?.abort();
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
