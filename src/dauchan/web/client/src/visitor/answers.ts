/** What the page says while a scan is on its way and after it: the page's own templates, filled in. */

const TIME_ZONE = "Asia/Ho_Chi_Minh";

/** Texts by the name of the slot they go into. */
export type Slots = Record<string, string | undefined>;

/** What an answer tells. */
export interface Answer {
  place?: string;
  sentence?: string;
  time?: string;
}

/** "14:05", in the clock of the country whatever the phone is set to. */
export function clock(instant: unknown): string {
  const language = document.documentElement.lang;
  const moment = new Date(String(instant));
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: TIME_ZONE,
    hour12: false,
  }).format(moment);
}

export function fill(root: ParentNode, slots: Slots): void {
  for (const [name, text] of Object.entries(slots)) {
    for (const slot of root.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text ?? "";
  }
}

/** Puts an answer in the place of what *area* shows. */
export function showAnswer(area: HTMLElement, name: string, { place, sentence, time }: Answer): void {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-answer="${name}"]`);
  if (!template) return;
  const answer = template.content.cloneNode(true) as DocumentFragment;
  fill(answer, { place, sentence, time });
  area.replaceChildren(answer);
  const heading = area.querySelector<HTMLElement>("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** Words that no template holds. */
export function word(name: string): string {
  return document.querySelector<HTMLElement>("[data-visitor]")?.dataset[name] ?? "";
}
