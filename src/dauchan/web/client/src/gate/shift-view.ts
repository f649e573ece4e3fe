/** The shift's summary: what this device did since when, what the server said of it, all gates together. */

import type { NetworkView } from "./network-view.ts";
import { figuresOf, newShift, noOutcomes, note, outcomesOf, type Shift, shiftOf, type Told } from "./notes.ts";
import { waiting } from "./queue.ts";
import { asked, change, look } from "./store.ts";
import { figure, fillIn, type PageFacts } from "./words.ts";

export class ShiftView {
  private readonly area: HTMLElement;

  constructor(
    page: HTMLElement,
    private readonly facts: PageFacts,
    private readonly network: NetworkView,
  ) {
    this.area = page.querySelector("[data-gate-shift]") as HTMLElement;
    page.querySelector("[data-gate-new-shift]")?.addEventListener("click", () => void this.begin());
  }

  async show(): Promise<void> {
    const now = Date.now();
    const { shift, outcomes, known, figures } = await look(async (within) => ({
      shift: await shiftOf(within, now),
      outcomes: await outcomesOf(within),
      known: await note(within, "known"),
      figures: await figuresOf(within, now),
    }));
    const offset = known?.offset ?? 0;
    const span = { since: this.network.when(shift.since + offset), now: this.network.when(now + offset) };
    this.write("span", fillIn(this.facts.words["shift_span"] ?? "", span));
    this.write("device", known?.device.name ?? "");
    this.write("inside", figure(figures.inside));
    for (const name of ["entries", "exits", "undone", "already_inside"] as const) this.write(name, figure(shift[name]));
    this.write("waiting", this.network.waitingSentence(await waiting()));
    this.write("recorded", figure(outcomes.recorded));
    this.list("refused", this.refusals(shift));
    this.list("doubtful", [...this.told(outcomes.quarantined), ...this.told(outcomes.refused)]);
    const { entries = 0, exits = 0 } = known?.today ?? {};
    this.write("all-entries", figure(entries));
    this.write("all-exits", figure(exits));
    this.write("all-at", known ? this.network.when(known.synced_at + offset) : "");
    this.area.querySelector("[data-shift-all]")?.toggleAttribute("hidden", !known?.today);
  }

  /** The next shift begins with empty counts; what waits goes on waiting. */
  private async begin(): Promise<void> {
    await change(async ({ notes }) => {
      notes.put(noOutcomes());
      await asked(notes.put(newShift(Date.now())));
    });
    await this.show();
  }

  private refusals(shift: Shift): [string, string][] {
    return Object.entries(shift.refused).map(([reason, count]) => [
      this.facts.reasons[reason] ?? reason,
      figure(count),
    ]);
  }

  private told(reasons: Record<string, Told>): [string, string][] {
    const language = document.documentElement.lang.startsWith("en") ? "en" : "vi";
    return Object.entries(reasons).map(([code, told]) => [told[language] || code, figure(told.count)]);
  }

  private list(name: string, rows: [string, string][]): void {
    const part = this.area.querySelector<HTMLElement>(`[data-shift-list="${name}"]`);
    part?.toggleAttribute("hidden", rows.length === 0);
    part?.querySelector("dl")?.replaceChildren(...rows.flatMap(row));
  }

  private write(name: string, text: string): void {
    const place = this.area.querySelector(`[data-shift="${name}"]`);
    if (place) place.textContent = text;
  }
}

function row([term, value]: [string, string]): HTMLElement[] {
  const [name, number] = [document.createElement("dt"), document.createElement("dd")];
  [name.textContent, number.textContent] = [term, value];
  return [name, number];
}
