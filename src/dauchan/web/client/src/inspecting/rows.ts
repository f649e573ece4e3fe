/** Lists of a form whose rows are added and removed: findings, measures, witnesses. */

export function cloned(page: HTMLElement, name: string): HTMLElement {
  const template = page.querySelector<HTMLTemplateElement>(`template[data-template=${name}]`);
  const made = (template?.content.cloneNode(true) as DocumentFragment | undefined)?.firstElementChild;
  if (!(made instanceof HTMLElement)) throw new TypeError(name);
  return made;
}

type Part = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Draws *rows* into *list*; *onPart* is told of what was typed into a row, *onRemove* of one that shall go. */
export function drawRows(
  list: Element,
  rows: readonly object[],
  make: (row: object, at: number) => HTMLElement,
  onPart: (at: number, part: string, value: string) => void,
  onRemove: (at: number) => void,
): void {
  const made = rows.map((row, at) => {
    const element = make(row, at);
    for (const input of element.querySelectorAll<Part>("[data-part]")) {
      const name = input.dataset["part"] ?? "";
      input.value = String((row as Record<string, unknown>)[name] ?? "");
      input.addEventListener("input", () => onPart(at, name, input.value));
    }
    element.querySelector("[data-remove]")?.addEventListener("click", () => onRemove(at));
    return element;
  });
  list.replaceChildren(...made);
}

export function choice(value: string, text: string): HTMLOptionElement {
  const option = document.createElement("option");
  option.value = value;
  option.textContent = text;
  return option;
}
