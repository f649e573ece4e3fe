/** A poster met on the way: photographed, read on the phone at once, in full by the server when there is a network. */
import { QrReader } from "../qr-reader.ts";
import { showToast } from "../toast.ts";
import { takePoster } from "./pictures.ts";
import { anywhere, type Pack } from "./places.ts";
import { cloned } from "./rows.ts";
import { dropShot, type FullReading, type Here, keepShot, type Shot, shotsKept } from "./shots.ts";
import { dayAndClock, type Words } from "./words.ts";

const POSITION = { enableHighAccuracy: true, timeout: 8000, maximumAge: 30_000 };

export class PosterView {
  private reader: QrReader | undefined;
  private pack: Pack | undefined;

  constructor(
    private readonly page: HTMLElement,
    private readonly words: Words,
    private readonly onTaken: () => void,
  ) {
    const input = this.part<HTMLInputElement>("[data-shot]");
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      input.value = "";
      if (file) void this.take(file);
    });
  }

  async draw(pack: Pack | undefined): Promise<void> {
    this.pack = pack;
    const rows = (await shotsKept()).map((shot) => this.row(shot));
    this.part("[data-shots]").replaceChildren(...rows);
  }

  private async take(file: File): Promise<void> {
    const said = this.part("[data-shot-state]");
    if (!this.pack) {
      said.textContent = this.words("noPack");
      return;
    }
    said.textContent = this.words("readingShot");
    this.reader ??= new QrReader();
    const [texts, here] = await Promise.all([this.reader.readPhoto(file).catch(() => [] as string[]), whereNow()]);
    try {
      const photo = await takePoster(file);
      await keepShot({ photo, at: Date.now(), officer: this.pack.officer.id, here, texts });
      said.textContent = "";
    } catch {
      said.textContent = this.words("badPhoto");
      return;
    }
    await this.draw(this.pack);
    this.onTaken();
  }

  private row(shot: Shot): HTMLElement {
    const row = cloned(this.page, "shot");
    const slot = (name: string) => row.querySelector(`[data-slot=${name}]`) as HTMLElement;
    slot("at").textContent = dayAndClock(shot.at);
    slot("codes").replaceChildren(...(shot.full ? fullRows(this.page, shot.full, this.words) : this.ownRows(shot)));
    slot("state").textContent = shot.full ? this.words("shotRead") : shot.refused || this.words("shotWaiting");
    row.dataset["state"] = shot.full ? "read" : shot.refused ? "refused" : "waiting";
    row.querySelector("[data-remove]")?.addEventListener("click", () => {
      void dropShot(shot).then(() => this.draw(this.pack));
      showToast(this.words("shotDropped"), "good");
    });
    return row;
  }

  /** What the phone knows by itself: whose code, by the places it took along. */
  private ownRows(shot: Shot): HTMLElement[] {
    const said = shot.texts.map((text) => anywhere(text, this.pack?.stops ?? []));
    said.sort((one, other) => Number(one.venue === undefined) - Number(other.venue === undefined)); // known places first
    const known = said.map(({ word, places }) => this.words(word, places));
    return (known.length ? known : [this.words("shotNothing")]).map((title) => {
      const row = cloned(this.page, "code");
      (row.querySelector("[data-slot=title]") as HTMLElement).textContent = title;
      return row;
    });
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.page.querySelector(selector) as Kind;
  }
}

/** The server's reading, code by code. */
export function fullRows(page: HTMLElement, full: FullReading, words: Words): HTMLElement[] {
  const rows = full.codes.map((code) => {
    const row = cloned(page, "code");
    row.classList.add(code.tone);
    row.dataset["tone"] = code.tone;
    const slot = (name: string) => row.querySelector(`[data-slot=${name}]`) as HTMLElement;
    slot("title").textContent = code.title;
    slot("place").textContent = code.name ? `${code.name}, ${code.address}` : "";
    const lines = code.lines.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
    slot("lines").replaceChildren(...lines);
    const print = row.querySelector<HTMLAnchorElement>("[data-print]");
    if (print && code.print) [print.href, print.hidden] = [code.print, false];
    return row;
  });
  if (rows.length) return rows;
  const row = cloned(page, "code");
  (row.querySelector("[data-slot=title]") as HTMLElement).textContent = full.nothing || words("shotNothing");
  return [row];
}

/** Where the phone is, if its owner lets it say so; a photo is worth reading without. */
export function whereNow(): Promise<Here | null> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy_m: Math.round(coords.accuracy) }),
      () => resolve(null),
      POSITION,
    );
  });
}
