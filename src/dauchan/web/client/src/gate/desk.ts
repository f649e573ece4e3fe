/** The gate's own judgement, where no server answers: read, sealed, queued, and said in the server's words. */
import { fromBase64Url } from "./base64url.ts";
import { Refused } from "./codes/refused.ts";
import { type Known as KnownCards, readShown, type Shown } from "./codes/shown.ts";
import { Inside, type Seen } from "./inside.ts";
import { type Figures, figuresOf, type Known, known, shiftOf } from "./notes.ts";
import { keep } from "./queue.ts";
import { makeSeal, newPair, type Seal } from "./seal.ts";
import type { Tone } from "./sounds.ts";
import { change, type Effect, type Item } from "./store.ts";
import type { PageFacts } from "./words.ts";

export type InOrOut = "in" | "out";

export interface Scan {
  id: string;
  direction: InOrOut;
  text: string;
}

/** What the page shows in large letters; the same as the server's verdict. */
export interface Answer {
  tone: Tone;
  word: string;
  sentence: string;
  who: string;
  reason: string;
  can_undo: boolean;
  inside?: number;
  entries?: number;
  exits?: number;
}

export class Desk {
  private readonly inside = new Inside();
  private readonly pair = newPair();
  private seal: { of: string; seal: Seal } | undefined;
  /** The last scan that was taken, and how its person was known before it. */
  private last: { id: string; hash: string; before: Seen | undefined } | undefined;

  constructor(private readonly facts: PageFacts) {}

  /** Whether this device was told at least once what it needs to judge by itself. */
  async canDecide(): Promise<boolean> {
    return Boolean((await known().catch(() => undefined))?.queue_key);
  }

  /** Judges by what the device knows. Rejects nothing: where the scan cannot be kept, the answer is red and says so. */
  async decide(scan: Scan, at: number): Promise<Answer> {
    const gate = await known().catch(() => undefined);
    if (!gate?.queue_key) return this.notKept("not_recorded", "no_key");
    if (gate.device.revoked) return this.refusal("unknown_device");
    return this.judge(scan, gate, at).catch((error: unknown) => {
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      return isFull ? this.notKept("storage_full", "storage_full") : this.notKept("not_recorded", "not_kept");
    });
  }

  /** Takes back a scan that was decided here, or that no server could be asked about. */
  async undo(scan: Pick<Scan, "id" | "direction">, scannedAt: number, undoId: string, at: number): Promise<Answer> {
    if (at - scannedAt > this.facts.limits.undo_seconds * 1000) return this.refusal("nothing_to_undo");
    const effect: Effect = scan.direction === "in" ? "undo-in" : "undo-out";
    const item: Item = { scan_id: undoId, direction: "undo", at: iso(at), undoes: scan.id, effect };
    try {
      return { ...this.word("caution", "undone"), sentence: this.say("undone_sentence"), ...(await keep([item], at)) };
    } catch {
      return this.notKept("storage_full", "storage_full");
    }
  }

  /** What the server decided counts here too: for the shift, and for judging the next scan of the same person. */
  async learn(scan: Scan, answer: Answer, at: number): Promise<void> {
    if (answer.tone === "good") await this.remember(scan, at).catch(() => undefined);
    if (answer.tone === "good" && !answer.can_undo) return;
    await this.count(scan.direction, answer, at);
  }

  async count(effect: Effect, answer: Answer, at: number): Promise<void> {
    await change(async (within) => {
      const shift = await shiftOf(within, at);
      if (answer.tone === "critical") shift.refused[answer.reason] = (shift.refused[answer.reason] ?? 0) + 1;
      else if (answer.reason === "already_inside") shift.already_inside += 1;
      else if (effect === "in") shift.entries += 1;
      else if (effect === "out") shift.exits += 1;
      else shift.undone += 1;
      within.notes.put(shift);
      const { inside, entries, exits } = answer;
      const figures = await figuresOf(within, at);
      if (inside !== undefined) within.notes.put({ ...figures, inside, entries, exits });
    }).catch(() => undefined);
  }

  /** The person of a scan that was taken back is where they were before. */
  takenBack(id: string): void {
    if (this.last?.id === id) this.inside.note(this.last.hash, this.last.before);
  }

  private async judge(scan: Scan, gate: Known, at: number): Promise<Answer> {
    try {
      const shown = await this.read(scan.text, gate, at);
      const hash = await this.inside.hash(shown.subject);
      const seen = this.inside.of(hash);
      if (scan.direction === "in" && seen?.isInside) return this.again(shown, at - seen.at);
      if (scan.direction === "out" && seen && !seen.isInside) throw new Refused("not_inside");
      const sealed = await (await this.sealFor(gate))(shown.carried, scan.id);
      const item: Item = { scan_id: scan.id, direction: scan.direction, at: iso(at), sealed, effect: scan.direction };
      const figures = await keep([item], at);
      this.noteScan(scan, hash, at);
      const sentence = this.facts.words[`taken_${shown.kind}`] ?? "";
      return { ...this.word("good", scan.direction), who: shown.who, sentence, can_undo: true, ...numbers(figures) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.refuse(scan, error.reason, at);
    }
  }

  private again(shown: Shown, ago: number): Answer {
    if (ago < this.facts.limits.same_entry_seconds * 1000) return { ...this.word("good", "in"), who: shown.who };
    const words = { ...this.word("caution", "already_inside"), sentence: this.say("already_inside_sentence") };
    return { ...words, who: shown.who, reason: "already_inside" };
  }

  /** Forged, foreign, revoked and old codes stay as scan attempts, without what was shown. */
  private async refuse(scan: Scan, reason: string, at: number): Promise<Answer> {
    const failed = this.facts.attempts[reason];
    const answer = this.refusal(reason);
    if (!failed) {
      await this.count("failed", answer, at);
      return answer;
    }
    const item: Item = { scan_id: scan.id, direction: scan.direction, at: iso(at), failed, effect: "failed" };
    await keep([item], at, reason);
    return answer;
  }

  private async remember(scan: Scan, at: number): Promise<void> {
    const gate = await known();
    if (!gate) return;
    const shown = await this.read(scan.text, gate, at);
    this.noteScan(scan, await this.inside.hash(shown.subject), at);
  }

  private noteScan({ id, direction }: Scan, hash: string, at: number): void {
    this.last = { id, hash, before: this.inside.of(hash) };
    this.inside.note(hash, { isInside: direction === "in", at });
  }

  private read(text: string, gate: Known, at: number): Promise<Shown> {
    const keys = Object.entries(gate.card_keys).map(([version, key]) => [version, fromBase64Url(key)] as const);
    const cards: KnownCards = { cardKeys: Object.fromEntries(keys), revokedCards: new Set(gate.revoked_cards) };
    const now = Math.floor((at + gate.offset) / 1000);
    return readShown(text, cards, now, this.facts.limits);
  }

  private async sealFor(gate: Known): Promise<Seal> {
    if (!gate.queue_key) throw new TypeError("no key to seal with");
    const of = `${gate.queue_key.version} ${gate.queue_key.public}`;
    if (this.seal?.of !== of) this.seal = { of, seal: await makeSeal(gate.queue_key, await this.pair) };
    return this.seal.seal;
  }

  private refusal(reason: string): Answer {
    return { ...this.word("critical", "refused"), sentence: this.facts.reasons[reason] ?? "", reason };
  }

  private notKept(word: string, reason: string): Answer {
    return { ...this.word("critical", word), sentence: this.say("not_recorded_sentence"), reason };
  }

  private word(tone: Tone, name: string): Answer {
    return { tone, word: this.say(name), sentence: "", who: "", reason: "", can_undo: false };
  }

  private say(name: string): string {
    return this.facts.words[name] ?? "";
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function numbers({ inside, entries, exits }: Figures): Pick<Answer, "inside" | "entries" | "exits"> {
  return { inside, entries, exits };
}
