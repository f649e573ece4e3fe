/** The inspector's phone: the day's places in the order of the route, the checklist of each, and what waits to be sent. */
import "../../styles/inspecting.css";
import { showToast } from "../toast.ts";
import { WORKER } from "../visitor/addresses.ts";
import { rememberLanguage } from "../visitor/me.ts";
import { doneHere, draftsBegun, keepPack, packKept, waiting } from "./kept.ts";
import { keepForOffline } from "./offline.ts";
import type { Pack, Stop } from "./places.ts";
import { PosterView } from "./poster-view.ts";
import { QueueView } from "./queue-view.ts";
import { RecordView } from "./record-view.ts";
import { cloned } from "./rows.ts";
import { fetchPack, sendWaiting } from "./sending.ts";
import { isWaiting, sendShots, shotsKept } from "./shots.ts";
import { forgetAll } from "./vault.ts";
import { dayAndClock, type Words, wordsOf } from "./words.ts";

const TRY_AGAIN_MS = 60_000;

class FieldPage {
  private readonly words: Words;
  private readonly record: RecordView;
  private readonly queue: QueueView;
  private readonly posters: PosterView;
  private pack: Pack | undefined;
  private isSending = false;

  constructor(private readonly page: HTMLElement) {
    this.words = wordsOf(page);
    this.record = new RecordView(page, this.words, () => {
      location.hash = "";
      void this.send();
    });
    this.queue = new QueueView(page, this.words, () => void this.send());
    this.posters = new PosterView(page, this.words, () => void this.send());
    this.hear();
  }

  async start(): Promise<void> {
    try {
      this.pack = await packKept();
    } catch {
      this.say(this.words("noStorage"));
      return;
    }
    if (this.pack) await this.draw(); // what is on the phone first: the network may take its time
    await this.refresh();
    await this.route();
    await this.send();
  }

  private hear(): void {
    window.addEventListener("hashchange", () => void this.route());
    window.addEventListener("online", () => void this.refresh().then(() => this.send()));
    window.setInterval(() => navigator.onLine && void this.send(), TRY_AGAIN_MS);
    this.part("[data-refresh]").addEventListener("click", () => void this.refresh());
    this.part("[data-send-now]").addEventListener("click", () => void this.send());
    this.part("[data-back]").addEventListener("click", () => {
      location.hash = "";
    });
    this.part("[data-forget]").addEventListener("click", () => {
      if (window.confirm(this.words("sureForget"))) void forgetAll().then(() => location.reload());
    });
  }

  /** The list as the server has it now; without a network the one on the phone stands. */
  private async refresh(): Promise<void> {
    const fetched = await fetchPack(this.page.dataset["pack"] ?? "");
    if (typeof fetched === "object") {
      this.pack = fetched;
      await keepPack(fetched);
      await keepForOffline(JSON.parse(this.page.dataset["offline"] ?? "[]") as string[]).catch(() => undefined);
    }
    const at = this.pack ? dayAndClock(this.pack.at) : "";
    const away = this.pack ? this.words("offline", { at }) : this.words("noPack");
    const said = fetched === "signed-out" ? this.words("signedOut") : away;
    this.say(typeof fetched === "object" ? this.words("online", { at }) : said);
    this.page.dataset["network"] = typeof fetched === "object" ? "online" : fetched;
    await this.draw();
  }

  private async send(): Promise<void> {
    const records = (await waiting()).some((one) => one.state === "waiting");
    if (this.isSending || !(records || (await shotsKept()).some(isWaiting))) {
      await this.draw();
      return;
    }
    this.isSending = true;
    try {
      const fresh = await fetchPack(this.page.dataset["pack"] ?? ""); // who is signed in now, and a token of this session
      if (typeof fresh === "object") {
        await sendShots(this.page.dataset["read"] ?? "", fresh.token, fresh.officer.id);
        await this.posters.draw(this.pack);
      }
      if (!records) return;
      const answer =
        typeof fresh === "object"
          ? await sendWaiting(
              this.page.dataset["send"] ?? "",
              fresh,
              this.words("otherOfficer"),
              this.words("notFound"),
            )
          : fresh;
      if (answer === "sent") showToast(this.words("sent"), "good");
      else if (answer === "away") showToast(this.words("kept"), "good");
      else if (answer === "signed-out") showToast(this.words("signedOut"), "caution");
      if (answer === "sent" || answer === "kept") await this.refresh();
    } finally {
      this.isSending = false;
      await this.draw();
    }
  }

  /** `#12` is the checklist of the stop 12, `#poster` that of posters met on the way. */
  private async route(): Promise<void> {
    if (location.hash === "#poster") {
      this.turnTo("poster");
      await this.posters.draw(this.pack);
      return;
    }
    const wanted = Number(location.hash.slice(1));
    const stop = this.pack?.stops.find((one) => one.stop === wanted);
    const isQueued = (await waiting()).some((one) => one.stop === wanted);
    const isOpen = stop !== undefined && this.pack !== undefined && !stop.done && !isQueued;
    if (isOpen) await this.record.open(stop, this.pack as Pack);
    this.turnTo(isOpen ? "record" : "list");
    if (isOpen) window.dispatchEvent(new Event("resize"));
    else await this.draw();
  }

  private turnTo(name: string): void {
    for (const view of this.page.querySelectorAll<HTMLElement>("[data-view]"))
      view.hidden = view.dataset["view"] !== name;
    window.scrollTo(0, 0);
  }

  private async draw(): Promise<void> {
    const [queued, begun, done] = await Promise.all([waiting(), draftsBegun(), doneHere()]);
    await this.queue.draw(queued);
    const stops = this.pack?.stops ?? [];
    const stateOf = (stop: Stop): [string, string, string] => {
      if (queued.some((one) => one.stop === stop.stop)) return ["waiting", "info", this.words("waiting")];
      if (stop.done) return ["done", "good", this.words("doneBy", { by: stop.done.by })];
      if (done.has(stop.stop)) return ["done", "good", this.words("done")];
      if (begun.has(stop.stop)) return ["begun", "caution", this.words("begun")];
      return ["todo", "neutral", this.words("todo")];
    };
    const cards = stops.flatMap((stop, at) => {
      const card = this.card(stop, stateOf(stop));
      return stops[at - 1]?.round_id === stop.round_id ? [card] : [heading(stop), card];
    });
    this.part("[data-stops]").replaceChildren(...cards);
    this.part("[data-none]").hidden = stops.length > 0 || this.pack === undefined;
  }

  private card(stop: Stop, [state, tone, text]: [string, string, string]): HTMLElement {
    const card = cloned(this.page, "stop");
    card.dataset["stop"] = String(stop.stop);
    card.dataset["state"] = state;
    const put = (slot: string, words: string) => {
      const element = card.querySelector(`[data-slot=${slot}]`);
      if (element) element.textContent = words;
    };
    put("position", String(stop.position));
    put("name", stop.venue.name);
    put("address", stop.venue.address);
    put("badge", text);
    put("why", [stop.why, stop.sign || stop.parts.join(", ")].filter(Boolean).join(": "));
    card.querySelector("[data-slot=badge]")?.classList.add(tone);
    const link = card.querySelector<HTMLAnchorElement>("[data-slot=name]");
    if (link) link.href = state === "done" || state === "waiting" ? "#" : `#${stop.stop}`;
    return card;
  }

  private say(text: string): void {
    this.part("[data-state]").textContent = text;
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.page.querySelector(selector) as Kind;
  }
}

/** The round that the places below it belong to. */
function heading(stop: Stop): HTMLElement {
  const item = document.createElement("li");
  item.className = "strong";
  item.textContent = `${stop.round} (${stop.until})`;
  return item;
}

export default function mount(page: HTMLElement): void {
  void rememberLanguage(document.documentElement.lang);
  void navigator.serviceWorker?.register(WORKER, { updateViaCache: "none" }).catch(() => undefined);
  void navigator.storage?.persist?.().catch(() => false);
  void new FieldPage(page).start();
}
