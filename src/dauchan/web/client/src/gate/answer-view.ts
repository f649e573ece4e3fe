/** The verdict in large letters, with its colour, its sound, and the figures beside it. */
import type { Answer } from "./desk.ts";
import type { Figures } from "./notes.ts";
import { play } from "./sounds.ts";
import { figure } from "./words.ts";

const SLOTS = ["word", "who", "sentence"] as const;
const FIGURES = ["inside", "entries", "exits"] as const;

export class AnswerView {
  private readonly area: HTMLElement;

  constructor(
    private readonly page: HTMLElement,
    private readonly nearlyFull: number,
  ) {
    this.area = page.querySelector("[data-gate-answer]") as HTMLElement;
  }

  show(answer: Answer): void {
    this.area.dataset["tone"] = answer.tone;
    this.area.dataset["reason"] = answer.reason;
    for (const name of SLOTS) {
      const slot = this.area.querySelector(`[data-slot="${name}"]`);
      if (slot) slot.textContent = answer[name];
    }
    play(answer.tone);
    navigator.vibrate?.(answer.tone === "good" ? 60 : [120, 60, 120]);
  }

  showFigures(figures: Partial<Figures>, capacity: number | null): void {
    for (const name of FIGURES) {
      const place = this.page.querySelector(`[data-figure="${name}"]`);
      const count = figures[name];
      if (place && count !== undefined) place.textContent = figure(count);
    }
    const limit = this.page.querySelector<HTMLElement>("[data-capacity]");
    if (limit) limit.textContent = capacity ? `/ ${figure(capacity)}` : "";
    this.warn(figures.inside ?? 0, capacity);
  }

  private warn(inside: number, capacity: number | null): void {
    const fullness = this.fullness(inside, capacity);
    for (const warning of this.page.querySelectorAll<HTMLElement>("[data-gate-full]")) {
      warning.hidden = warning.dataset["gateFull"] !== fullness;
    }
  }

  /** The twin of dauchan.web.gate.rules.fullness. */
  private fullness(inside: number, capacity: number | null): string {
    if (!capacity) return "none";
    if (inside >= capacity) return "full";
    return inside && inside >= Math.min(capacity * this.nearlyFull, capacity - 1) ? "nearly" : "none";
  }
}
