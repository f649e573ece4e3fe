/** Whether the server can be asked, and what follows: syncing, sending what waits, trying again with patience. */
import { GATE_TAG } from "../visitor/addresses.ts";
import { wakeLater } from "../visitor/wake-later.ts";
import { sendWaiting } from "./sending.ts";
import { sync, type Ticket, UnknownDevice } from "./sync.ts";

export type State = "starting" | "online" | "away" | "unknown";

const EVERY_MS = 60_000;
const FIRST_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 60_000;

export class Link {
  state: State = "starting";
  private ticket: Ticket | undefined;
  private timer = 0;
  private misses = 0;
  private round: Promise<void> | undefined;

  constructor(private readonly onChange: () => void) {
    window.addEventListener("online", () => void this.tryNow());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => document.hidden || void this.tryNow());
  }

  /** The server did not answer: from now on the device decides at once, until a sync succeeds again. */
  lost(): void {
    if (this.state === "unknown") return;
    const isNews = this.state !== "away";
    this.state = "away";
    if (isNews) this.onChange();
    void wakeLater(GATE_TAG);
    this.plan(FIRST_PAUSE_MS);
  }

  /** One round now; a second call while it runs waits for the same one. */
  tryNow(): Promise<void> {
    this.round ??= this.go().finally(() => {
      this.round = undefined;
      this.onChange();
    });
    return this.round;
  }

  private async go(): Promise<void> {
    window.clearTimeout(this.timer);
    try {
      this.ticket = await sync();
      this.state = "online";
      this.onChange();
      const sent = await sendWaiting(this.ticket, this.onChange);
      this.ticket = sent.ticket;
      this.pauseAtLeast = sent.afterMs;
      this.misses = sent.isDone ? 0 : this.misses + 1;
    } catch (error) {
      this.misses += 1;
      this.state = error instanceof UnknownDevice ? "unknown" : "away";
    }
    if (this.misses) void wakeLater(GATE_TAG);
    this.plan(this.misses ? Math.min(FIRST_PAUSE_MS * 2 ** (this.misses - 1), LONGEST_PAUSE_MS) : EVERY_MS);
  }

  private pauseAtLeast = 0;

  private plan(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.tryNow(), Math.max(pause, this.pauseAtLeast));
    this.pauseAtLeast = 0;
  }
}
