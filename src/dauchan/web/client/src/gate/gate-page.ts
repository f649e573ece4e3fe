/** The gate: whatever camera, hand scanner or keyboard gives is judged, by the server or by the device; one answer. */
import { WORKER } from "../visitor/addresses.ts";
import { rememberLanguage } from "../visitor/me.ts";
import { uuid7 } from "../visitor/uuid7.ts";
import { AnswerView } from "./answer-view.ts";
import { Asking } from "./asking.ts";
import { type Answer, Desk, type InOrOut, type Scan } from "./desk.ts";
import { Link } from "./link.ts";
import { NetworkView } from "./network-view.ts";
import { figuresOf, known } from "./notes.ts";
import { waiting } from "./queue.ts";
import { ShiftView } from "./shift-view.ts";
import { allowSounds } from "./sounds.ts";
import { forgetAll, look } from "./store.ts";
import { pageFacts } from "./words.ts";

interface Undoable {
  id: string;
  direction: InOrOut;
  at: number;
  /** Decided here: the server learns of it from the queue, and of its undoing in the same order. */
  isLocal: boolean;
}

class GatePage {
  private readonly facts = pageFacts();
  private readonly form: HTMLFormElement;
  private readonly field: HTMLInputElement;
  private readonly undoButton: HTMLElement;
  private readonly typesByHand = window.matchMedia("(pointer: fine)").matches;
  private readonly view: AnswerView;
  private readonly network: NetworkView;
  private readonly shift: ShiftView;
  private readonly asking: Asking;
  private readonly desk = new Desk(this.facts);
  private readonly link = new Link(() => void this.refresh());
  private undoable: Undoable | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly page: HTMLElement) {
    this.form = page.querySelector("[data-gate-form]") as HTMLFormElement;
    this.field = this.form.elements.namedItem("text") as HTMLInputElement;
    this.undoButton = page.querySelector("[data-gate-undo]") as HTMLElement;
    this.view = new AnswerView(page, this.facts.limits.nearly_full);
    this.network = new NetworkView(page, this.facts);
    this.shift = new ShiftView(page, this.facts, this.network);
    this.asking = new Asking(page, this.facts.limits.patience_ms);
    this.hear();
    this.listen();
    void this.refresh();
    void this.link.tryNow();
  }

  private hear(): void {
    this.form.addEventListener("submit", (event) => this.onTyped(event));
    this.page.addEventListener("scanned", (event) => this.take((event as CustomEvent<{ text: string }>).detail.text));
    this.page.addEventListener("pointerdown", allowSounds);
    for (const input of this.page.querySelectorAll("[name=direction]")) {
      input.addEventListener("change", () => this.onDirection());
    }
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.undoButton.addEventListener("click", () => this.undo());
    this.page.querySelector("[data-gate-retry]")?.addEventListener("click", () => void this.link.tryNow());
    const leave = this.page.querySelector<HTMLFormElement>("[data-gate-leave]");
    leave?.addEventListener("submit", (event) => void this.leave(event, leave));
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

  private take(text: string): void {
    const direction = String(new FormData(this.form).get("direction")) as InOrOut;
    this.inTurn(() => this.judge({ id: uuid7(), direction, text }, Date.now()));
  }

  /** The server first, while it answers. Asked twice for one scan it gives one answer: the identifier is the same. */
  private async judge(scan: Scan, at: number): Promise<Answer> {
    const fields = { scan_id: scan.id, direction: scan.direction, text: scan.text };
    const told = await this.told(this.form.action, fields);
    const answer = told ?? (await this.desk.decide(scan, at));
    if (told) await this.desk.learn(scan, told, at);
    this.undoable = answer.can_undo ? { id: scan.id, direction: scan.direction, at, isLocal: !told } : undefined;
    return answer;
  }

  private undo(): void {
    const done = this.undoable;
    if (!done) return;
    this.undoable = undefined;
    this.inTurn(async () => {
      const undoId = uuid7();
      const fields = { scan_id: done.id, undo_id: undoId, direction: done.direction };
      const told = done.isLocal ? null : await this.told(this.page.dataset["undo"] ?? "", fields);
      const answer = told ?? (await this.desk.undo(done, done.at, undoId, Date.now()));
      if (told) await this.desk.count(done.direction === "in" ? "undo-in" : "undo-out", told, Date.now());
      if (answer.tone === "caution") this.desk.takenBack(done.id);
      return answer;
    });
  }

  private async told(address: string, fields: Record<string, string>): Promise<Answer | null> {
    if (this.link.state === "away" && (await this.desk.canDecide())) return null;
    const answer = await this.asking.ask(address, fields);
    if (!answer) this.link.lost();
    return answer;
  }

  /** One after another: answers come in the order of the people. */
  private inTurn(work: () => Promise<Answer>): void {
    this.turn = this.turn.then(async () => {
      this.view.show(await work());
      this.undoButton.hidden = !this.undoable;
      this.listen();
      await this.refresh();
    });
  }

  private async refresh(): Promise<void> {
    try {
      const gate = await known();
      this.network.show(this.link.state, await waiting(), gate);
      if (this.link.state === "online") await this.asking.prepare();
      if (gate)
        this.view.showFigures(await look((within) => figuresOf(within, Date.now())), gate.venue?.capacity ?? null);
      await this.shift.show();
    } catch {
      this.page.dataset["network"] = "no-storage"; // a private window: what the server says still counts
    }
  }

  /** A device that still has scans to hand in stays a gate. */
  private async leave(event: Event, form: HTMLFormElement): Promise<void> {
    event.preventDefault();
    const left = await waiting().catch(() => ({ count: 0 }));
    const isHeld = left.count > 0 || this.link.state !== "online";
    this.page.querySelector("[data-gate-held]")?.toggleAttribute("hidden", !isHeld);
    if (isHeld) return;
    await forgetAll().catch(() => undefined);
    form.submit();
  }
}

export default function mount(page: HTMLElement): void {
  void rememberLanguage(document.documentElement.lang);
  void navigator.serviceWorker?.register(WORKER, { updateViaCache: "none" }).catch(() => undefined);
  void navigator.storage?.persist?.().catch(() => false);
  new GatePage(page);
}
