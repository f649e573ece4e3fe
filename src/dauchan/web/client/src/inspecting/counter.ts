/** Counting visitors within the checklist: the counting screen's own tally, kept with the draft. */
import "../../styles/counting.css";
import {
  begun,
  clock,
  countedMs,
  entered,
  finished,
  scanned,
  type Tally,
  type Tap,
  tapped,
  undone,
} from "../counting/tally.ts";
import { showToast } from "../toast.ts";
import { uuid7 } from "../visitor/uuid7.ts";
import type { Words } from "./words.ts";

const SHORTEST_MS = 60_000;

export class Counter {
  private tally: Tally | null = null;

  constructor(
    private readonly box: HTMLElement,
    private readonly venue: () => number,
    private readonly words: Words,
    private readonly onChange: (tally: Tally | null) => void,
  ) {
    const click = (name: string, act: (now: number) => void) =>
      box.querySelector(`[data-count-${name}]`)?.addEventListener("click", () => act(Date.now()));
    click("start", (now) => this.set(begun(uuid7(now), String(this.venue()), now)));
    click("undo", () => this.tally && this.set(undone(this.tally)));
    click("drop", () => this.set(null));
    click("finish", (now) => this.finish(now));
    for (const button of box.querySelectorAll<HTMLElement>("[data-count-add]")) {
      button.addEventListener("click", () => {
        if (this.tally) this.set(tapped(this.tally, button.dataset["countAdd"] as Tap, Date.now()));
        navigator.vibrate?.(20);
      });
    }
    window.setInterval(() => this.tally && this.tally.ended === undefined && this.draw(), 500);
  }

  show(tally: Tally | null): void {
    this.tally = tally;
    this.draw();
  }

  private set(tally: Tally | null): void {
    this.show(tally);
    this.onChange(tally);
  }

  private finish(now: number): void {
    if (!this.tally) return;
    if (countedMs(this.tally, now) < SHORTEST_MS) showToast(this.words("tooShort"), "caution");
    else this.set(finished(this.tally, now));
  }

  private draw(): void {
    const { tally, box } = this;
    const time = clock(tally ? countedMs(tally, Date.now()) : 0);
    const isRunning = tally !== null && tally.ended === undefined;
    const put = (name: string, text: string) => {
      const element = box.querySelector(`[data-${name}]`);
      if (element) element.textContent = text;
    };
    put("elapsed", time);
    const told = tally && { entered: entered(tally), scanned: scanned(tally), clock: time };
    put("counted", told ? this.words("counted", told) : "");
    box.querySelector("[data-count-start]")?.toggleAttribute("hidden", tally !== null);
    box.querySelector("[data-count-drop]")?.toggleAttribute("hidden", tally === null);
    for (const element of box.querySelectorAll("[data-count-running]")) element.toggleAttribute("hidden", !isRunning);
  }
}
