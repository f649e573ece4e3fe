/** The checklist of one place: every change is kept on the phone before anything else happens. */
import { showToast } from "../toast.ts";
import { uuid7 } from "../visitor/uuid7.ts";
import { Counter } from "./counter.ts";
import { answered, begun, type Draft, picturesOf, problemsOf, recordOf, type Strokes } from "./draft.ts";
import { draftKept, keepDraft, sign } from "./kept.ts";
import { Lists } from "./lists.ts";
import { show, take, takePoster } from "./pictures.ts";
import { metresBetween, type Pack, poster, type Stop, sorted } from "./places.ts";
import { PosterWall } from "./poster-wall.ts";
import { SigningField } from "./signing.ts";
import { clockAt, type Words } from "./words.ts";

type TextField = "words" | "representative" | "representative_position" | "statement" | "refusal";
type Scanned = CustomEvent<{ text: string; texts?: string[]; photo?: () => Promise<Blob | null> }>;

const POSITION = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 };

export class RecordView {
  private readonly form: HTMLFormElement;
  private readonly counter: Counter;
  private readonly lists: Lists;
  private readonly wall: PosterWall;
  private readonly signatures: Record<"inspector" | "representative", SigningField>;
  private draft: Draft | undefined;
  private stop: Stop | undefined;
  private pack: Pack | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly page: HTMLElement,
    private readonly words: Words,
    private readonly onSigned: () => void,
  ) {
    this.form = page.querySelector("[data-record]") as HTMLFormElement;
    this.counter = new Counter(
      this.part("[data-count]"),
      () => this.stop?.venue.id ?? 0,
      words,
      (tally) => this.change((draft) => ({ ...draft, tally })),
    );
    this.lists = new Lists(
      page,
      words,
      (change) => this.change(change),
      (file) => this.takePhoto(file),
    );
    this.wall = new PosterWall(page, words, (change) => {
      this.change(change);
      this.drawLists();
    });
    this.signatures = { inspector: this.signing("inspector"), representative: this.signing("representative") };
    this.hear();
  }

  /** Opens the checklist of a place, with what was written before. */
  async open(stop: Stop, pack: Pack): Promise<void> {
    [this.stop, this.pack] = [stop, pack];
    const now = Date.now();
    const fresh = () => begun(uuid7(now), pack.officer.id, stop.venue.id, stop.stop, stop.follows, now);
    this.draft = (await draftKept(stop.stop)) ?? fresh();
    this.put("venue", stop.venue.name);
    this.put("address", stop.venue.address);
    this.put("sign", stop.sign);
    this.put("inspector", pack.officer.name);
    const { last } = stop;
    const told = last?.findings.length ? "lastTime" : "lastTimeClean";
    this.put("last", last ? this.words(told, { on: last.on, findings: last.findings.join("; ") }) : "");
    this.part("[data-problems]").hidden = true;
    this.part("[data-saved]").textContent = "";
    this.part("[data-scanner]").dispatchEvent(new CustomEvent("scanner:forget"));
    this.wall.forget();
    this.draw();
  }

  private hear(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.finish();
    });
    for (const input of this.form.querySelectorAll<HTMLInputElement>("[data-check] input")) {
      input.addEventListener("change", () => {
        this.change((draft) => answered(draft, input.name, input.value));
        this.drawLists();
      });
    }
    for (const input of this.form.querySelectorAll<HTMLInputElement>("[data-field]")) {
      const name = input.dataset["field"] as TextField;
      input.addEventListener("input", () => this.change((draft) => ({ ...draft, [name]: input.value })));
    }
    const refuses = this.part<HTMLInputElement>("[data-refuses]");
    refuses.addEventListener("change", () => {
      this.change((draft) => ({ ...draft, refuses: refuses.checked }));
      this.part("[data-refusal]").hidden = !refuses.checked;
    });
    this.part("[data-locate]").addEventListener("click", () => this.locate());
    this.part("[data-scanner]").addEventListener("scanned", (event) => void this.takePoster(event as Scanned));
    const general = this.part<HTMLInputElement>("[data-general-photo]");
    general.addEventListener("change", () => void this.takeGeneral(general));
  }

  private change(step: (draft: Draft) => Draft): void {
    if (!this.draft) return;
    this.draft = step(this.draft);
    const kept = this.draft;
    if (!this.part("[data-problems]").hidden) this.showProblems(kept); // what was mended goes from the list
    const said = this.part("[data-saved]");
    this.saving = this.saving
      .then(() => keepDraft(kept))
      .then(
        () => {
          said.textContent = this.words("saved", { at: clockAt(Date.now()) });
        },
        () => {
          said.textContent = this.words("notSaved");
        },
      );
  }

  private signing(of: "inspector" | "representative"): SigningField {
    const name = `${of}_signature` as const;
    const keep = (strokes: Strokes | null) => this.change((draft) => ({ ...draft, [name]: strokes }));
    return new SigningField(this.part(`[data-sign=${of}]`), keep);
  }

  private draw(): void {
    const { draft } = this;
    if (!draft) return;
    for (const input of this.form.querySelectorAll<HTMLInputElement>("[data-check] input")) {
      input.checked = draft.checks[input.name] === input.value;
    }
    for (const input of this.form.querySelectorAll<HTMLInputElement>("[data-field]")) {
      input.value = draft[input.dataset["field"] as TextField];
    }
    this.part<HTMLInputElement>("[data-refuses]").checked = draft.refuses;
    this.part("[data-refusal]").hidden = !draft.refuses;
    this.counter.show(draft.tally);
    this.signatures.inspector.show(draft.inspector_signature);
    this.signatures.representative.show(draft.representative_signature);
    this.drawPosition();
    this.drawPoster();
    this.drawLists();
  }

  private drawLists(): void {
    if (this.draft && this.stop && this.pack) this.lists.draw(this.draft, this.stop, this.pack);
    void this.drawGeneral();
  }

  private locate(): void {
    const said = this.part("[data-position]");
    said.textContent = this.words("lookingPosition");
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        const here = { lat: coords.latitude, lon: coords.longitude, accuracy_m: Math.round(coords.accuracy) };
        this.change((draft) => ({ ...draft, here }));
        this.drawPosition();
      },
      () => {
        said.textContent = this.words("noPosition");
      },
      POSITION,
    );
  }

  private drawPosition(): void {
    const here = this.draft?.here;
    const { lat, lon } = this.stop?.venue ?? { lat: null, lon: null };
    if (!here) return;
    const places = {
      accuracy: here.accuracy_m,
      metres: lat === null || lon === null ? 0 : metresBetween(here, { lat, lon }),
    };
    this.part("[data-position]").textContent = this.words(lat === null ? "positionAlone" : "position", places);
  }

  private async takePoster(event: Scanned): Promise<void> {
    const { text, texts, photo } = event.detail;
    const before = this.draft?.poster_picture;
    const [own = text, ...others] = this.stop && texts ? sorted(texts, this.stop, this.pack?.stops ?? []) : [text];
    this.change((draft) => ({ ...draft, poster_text: own, poster_others: others }));
    this.wall.forget();
    this.drawPoster();
    const taken = await photo?.().catch(() => null);
    if (!taken) return;
    const name = await takePoster(taken).catch(() => "");
    if (!name) return;
    this.change((draft) => {
      const pictures = draft.pictures.filter((one) => one !== before);
      return { ...draft, pictures: [...pictures, name], poster_picture: name };
    });
    this.drawPoster();
    if (this.draft && this.pack) await this.wall.ask(this.draft, this.pack);
  }

  private drawPoster(): void {
    const { draft, stop, pack } = this;
    const said = this.part("[data-poster]");
    said.textContent = "";
    if (draft?.poster_text && stop && pack) {
      const { word, places } = poster(draft.poster_text, stop, pack.stops);
      said.textContent = this.words(word, places);
      said.dataset["said"] = word;
    }
    if (draft && stop && pack) this.wall.draw(draft, stop, pack);
    const names = draft?.poster_picture ? [draft.poster_picture] : [];
    void show(this.part("[data-poster-picture]"), names, this.pictureTemplate(), (id) => {
      const without = (one: string[]) => one.filter((name) => name !== id);
      this.change((now) => ({ ...now, pictures: without(now.pictures), poster_picture: "" }));
      this.drawPoster();
    });
  }

  private async takeGeneral(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    input.value = "";
    const name = file && (await this.takePhoto(file));
    if (!name) return;
    this.change((draft) => ({ ...draft, pictures: [...draft.pictures, name] }));
    await this.drawGeneral();
  }

  private async drawGeneral(): Promise<void> {
    const own = this.draft?.pictures.filter((name) => name !== this.draft?.poster_picture) ?? [];
    await show(this.part("[data-general]"), own, this.pictureTemplate(), (id) => {
      this.change((draft) => ({ ...draft, pictures: draft.pictures.filter((name) => name !== id) }));
      void this.drawGeneral();
    });
  }

  private async takePhoto(file: File): Promise<string | undefined> {
    const most = Number(this.page.dataset["mostPictures"]);
    if (this.draft && picturesOf(this.draft).length >= most) {
      showToast(this.words("tooMany", { most }), "caution");
      return undefined;
    }
    return take(file).catch(() => {
      showToast(this.words("badPhoto"), "caution");
      return undefined;
    });
  }

  private async finish(): Promise<void> {
    const { draft, stop } = this;
    if (!draft || !stop) return;
    if (this.showProblems(draft)) return;
    await this.saving;
    const now = Date.now();
    try {
      await sign(draft, recordOf(draft, now), stop.venue.name, now);
    } catch {
      showToast(this.words("notSaved"), "critical");
      return;
    }
    this.draft = undefined;
    this.onSigned();
  }

  /** What is still missing, in words; how many things. */
  private showProblems(draft: Draft): number {
    const boxes = [...this.form.querySelectorAll<HTMLElement>("[data-check]")];
    const problems = problemsOf(
      draft,
      boxes.map((one) => one.dataset["check"] ?? ""),
    );
    const line = (text: string) => Object.assign(document.createElement("li"), { textContent: text });
    const box = this.part("[data-problems]");
    box.querySelector("ul")?.replaceChildren(...problems.map((problem) => line(this.words(problem))));
    box.hidden = problems.length === 0;
    return problems.length;
  }

  private pictureTemplate(): HTMLTemplateElement {
    return this.part<HTMLTemplateElement>("template[data-template=picture]");
  }

  private put(slot: string, text: string): void {
    const element = this.page.querySelector(`[data-view=record] [data-slot=${slot}]`);
    if (element) element.textContent = text;
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.page.querySelector(selector) as Kind;
  }
}
