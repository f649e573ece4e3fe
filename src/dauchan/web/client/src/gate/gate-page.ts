/** The gate: whatever camera, hand scanner or keyboard gives is sent; the answer is a colour, a word and a sound. */
import { uuid7 } from "../visitor/uuid7.ts";
import { allowSounds, play, type Tone } from "./sounds.ts";

interface Answer {
  tone: Tone;
  word: string;
  sentence: string;
  who: string;
  can_undo: boolean;
  inside?: number;
  entries?: number;
  exits?: number;
  fullness?: string;
}

const FIGURES = ["inside", "entries", "exits"] as const;

class GatePage {
  private readonly form: HTMLFormElement;
  private readonly field: HTMLInputElement;
  private readonly answer: HTMLElement;
  private readonly undoButton: HTMLElement;
  private readonly typesByHand = window.matchMedia("(pointer: fine)").matches;
  private undoable: { id: string; direction: string } | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly page: HTMLElement) {
    this.form = page.querySelector("[data-gate-form]") as HTMLFormElement;
    this.field = this.form.elements.namedItem("text") as HTMLInputElement;
    this.answer = page.querySelector("[data-gate-answer]") as HTMLElement;
    this.undoButton = page.querySelector("[data-gate-undo]") as HTMLElement;
    this.form.addEventListener("submit", (event) => this.onTyped(event));
    page.addEventListener("scanned", (event) => this.take((event as CustomEvent<{ text: string }>).detail.text));
    page.addEventListener("pointerdown", allowSounds);
    for (const input of page.querySelectorAll("[name=direction]")) {
      input.addEventListener("change", () => this.onDirection());
    }
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.undoButton.addEventListener("click", () => this.undo());
    this.listen();
  }

  /** A hand scanner types wherever the focus is: it must be in the field. A phone would open its keyboard. */
  private listen(): void {
    if (this.typesByHand) this.field.focus({ preventScroll: true });
  }

  /** A code that is still before the camera counts once more, the other way. */
  private onDirection(): void {
    this.page.querySelector("[data-scanner]")?.dispatchEvent(new CustomEvent("scanner:forget"));
    this.listen();
  }

  private onKey(event: KeyboardEvent): void {
    allowSounds();
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isElsewhere = document.activeElement === document.body;
    if (isText && isElsewhere) this.field.focus({ preventScroll: true });
  }

  private onTyped(event: Event): void {
    event.preventDefault();
    const text = this.field.value;
    this.field.value = "";
    if (text.trim()) this.take(text);
  }

  private direction(): string {
    return String(new FormData(this.form).get("direction"));
  }

  private take(text: string): void {
    const id = uuid7();
    const direction = this.direction();
    this.send(this.form.action, { scan_id: id, direction, text }, (answer) => {
      this.undoable = answer.can_undo ? { id, direction } : undefined;
    });
  }

  private undo(): void {
    const done = this.undoable;
    if (!done) return;
    this.undoable = undefined;
    const body = { scan_id: done.id, undo_id: uuid7(), direction: done.direction };
    this.send(this.page.dataset["undo"] ?? "", body, () => undefined);
  }

  /** One after another: answers come in the order of the people. */
  private send(address: string, fields: Record<string, string>, then: (answer: Answer) => void): void {
    const token = String(new FormData(this.form).get("csrfmiddlewaretoken"));
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token });
    this.queue = this.queue.then(async () => {
      const answer = await this.ask(address, body);
      then(answer);
      this.show(answer);
    });
  }

  /** Tried twice: the identifier makes that harmless. */
  private async ask(address: string, body: URLSearchParams): Promise<Answer> {
    for (let turn = 0; turn < 2; turn += 1) {
      const reply = await fetch(address, { method: "POST", body }).catch(() => null);
      const answer = reply && reply.status < 500 ? ((await reply.json().catch(() => null)) as Answer | null) : null;
      if (answer?.tone) return answer;
    }
    const { noNetwork = "", notRecorded = "" } = this.page.dataset;
    return { tone: "critical", word: noNetwork, sentence: notRecorded, who: "", can_undo: false };
  }

  private show(answer: Answer): void {
    this.answer.dataset["tone"] = answer.tone;
    for (const name of ["word", "who", "sentence"] as const) {
      const slot = this.answer.querySelector(`[data-slot="${name}"]`);
      if (slot) slot.textContent = answer[name];
    }
    this.undoButton.hidden = !this.undoable;
    for (const name of FIGURES) {
      const figure = this.page.querySelector(`[data-figure="${name}"]`);
      if (figure && answer[name] !== undefined) figure.textContent = String(answer[name]);
    }
    for (const warning of this.page.querySelectorAll<HTMLElement>("[data-gate-full]")) {
      if (answer.fullness) warning.hidden = warning.dataset["gateFull"] !== answer.fullness;
    }
    play(answer.tone);
    navigator.vibrate?.(answer.tone === "good" ? 60 : [120, 60, 120]);
    this.listen();
  }
}

export default function mount(page: HTMLElement): void {
  new GatePage(page);
}
