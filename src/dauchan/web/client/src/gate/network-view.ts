/** The calm banner about the network: what waits and since when, the last sync, a clock that is wrong; the venue's state. */
import { clock } from "../visitor/answers.ts";
import type { State } from "./link.ts";
import type { Known } from "./notes.ts";
import type { Waiting } from "./queue.ts";
import { fillIn, type PageFacts } from "./words.ts";

const MINUTE_MS = 60_000;

export class NetworkView {
  constructor(
    private readonly page: HTMLElement,
    private readonly facts: PageFacts,
  ) {}

  show(state: State, waiting: Waiting, known: Known | undefined): void {
    const isAway = state === "away";
    const isUnknown = state === "unknown" || known?.device.revoked === true;
    this.page.dataset["network"] = state;
    this.toggle("away", isAway && !isUnknown);
    this.toggle("sending", state === "online" && waiting.count > 0);
    this.toggle("unknown", isUnknown);
    this.toggle("clock", this.clockSentence(known) !== "");
    this.toggle("suspended", known?.venue?.status === "suspended");
    this.toggle("closed", known?.venue?.status === "closed");
    this.write("waiting", this.waitingSentence(waiting));
    this.write("synced", this.syncedSentence(known));
    this.write("clock", this.clockSentence(known));
    this.write("venue", known?.venue?.name);
    this.write("device", known?.device.name);
  }

  waitingSentence({ count, since }: Waiting): string {
    if (count === 0) return this.facts.words["nothing_waits"] ?? "";
    return fillIn(this.facts.words["waits"] ?? "", { count, since: this.when(Date.parse(since ?? "")) });
  }

  /** "14:05", or with its day where that is not today. */
  when(instant: number): string {
    const day = new Intl.DateTimeFormat(document.documentElement.lang, {
      day: "2-digit",
      month: "2-digit",
      timeZone: "Asia/Ho_Chi_Minh",
    });
    const time = clock(new Date(instant).toISOString());
    return day.format(instant) === day.format(Date.now()) ? time : `${time} ${day.format(instant)}`;
  }

  private syncedSentence(known: Known | undefined): string {
    if (!known) return this.facts.words["never_synced"] ?? "";
    return fillIn(this.facts.words["synced"] ?? "", { at: this.when(known.synced_at + known.offset) });
  }

  private clockSentence(known: Known | undefined): string {
    const offset = known?.offset ?? 0;
    if (Math.abs(offset) <= this.facts.limits.clock_shown_seconds * 1000) return "";
    const sentence = this.facts.words[offset > 0 ? "clock_slow" : "clock_fast"] ?? "";
    return fillIn(sentence, { minutes: Math.max(1, Math.round(Math.abs(offset) / MINUTE_MS)) });
  }

  private toggle(name: string, isShown: boolean): void {
    for (const part of this.page.querySelectorAll<HTMLElement>(`[data-gate-when="${name}"]`)) part.hidden = !isShown;
  }

  private write(name: string, text: string | undefined): void {
    if (text === undefined) return;
    for (const place of this.page.querySelectorAll(`[data-gate-text="${name}"]`)) place.textContent = text;
  }
}
