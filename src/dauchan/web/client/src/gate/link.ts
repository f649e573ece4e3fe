/** Whether the server can be asked, and what follows: syncing, sending what waits, trying again with patience. */
import { waiting } from "./queue.ts";
import { sync, type Ticket, UnknownDevice } from "./sync.ts";
import { upload } from "./upload.ts";

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
      const isSent = await this.sendWaiting();
      this.misses = isSent ? 0 : this.misses + 1;
    } catch (error) {
      this.misses += 1;
      this.state = error instanceof UnknownDevice ? "unknown" : "away";
    }
    this.plan(this.misses ? Math.min(FIRST_PAUSE_MS * 2 ** (this.misses - 1), LONGEST_PAUSE_MS) : EVERY_MS);
  }

  /** False where something has to be sent later. Afterwards the server's figures count what was sent. */
  private async sendWaiting(): Promise<boolean> {
    if ((await waiting()).count === 0) return true;
    for (let turn = 0; turn < 2; turn += 1) {
      if (!this.ticket || Date.now() > this.ticket.until) this.ticket = await sync();
      const stop = await upload(this.ticket.text, this.onChange);
      if (stop.why === "later") this.pauseAtLeast = stop.afterMs;
      if (stop.why === "ticket") this.ticket = undefined;
      else {
        if (stop.why === "empty") this.ticket = await sync();
        return stop.why !== "later";
      }
    }
    return false;
  }

  private pauseAtLeast = 0;

  private plan(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.tryNow(), Math.max(pause, this.pauseAtLeast));
    this.pauseAtLeast = 0;
  }
}
