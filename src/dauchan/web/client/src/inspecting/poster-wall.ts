/** What hangs at a door beside the place's own code, and what the server says of the photo while there is a network. */
import { showToast } from "../toast.ts";
import { type Draft, withFinding } from "./draft.ts";
import { photoKept } from "./kept.ts";
import { type Pack, poster, type Stop } from "./places.ts";
import { fullRows } from "./poster-view.ts";
import { cloned } from "./rows.ts";
import { askServer } from "./shots.ts";
import type { Words } from "./words.ts";

type Change = (step: (draft: Draft) => Draft) => void;

/** Another place's code stuck up here says a wrong place; what is none of ours, another system. */
const FINDINGS = { posterElsewhere: "wrong_location", posterForeign: "wrong_system" } as const;
const LONGEST_TEXT = 120;

export class PosterWall {
  constructor(
    private readonly page: HTMLElement,
    private readonly words: Words,
    private readonly change: Change,
  ) {}

  draw(draft: Draft, stop: Stop, pack: Pack): void {
    const rows = (draft.poster_others ?? []).map((text) => this.row(text, stop, pack));
    this.page.querySelector("[data-poster-others]")?.replaceChildren(...rows);
    const print = this.page.querySelector<HTMLAnchorElement>("[data-print-own]");
    const address = this.page.dataset["posterFile"] ?? "";
    if (print) print.href = address.replace("/0/", `/${stop.venue.id}/`);
  }

  /** The server's full reading of the photo; without a network it comes with the record. */
  async ask(draft: Draft, pack: Pack): Promise<void> {
    const photo = draft.poster_picture && (await photoKept(draft.poster_picture));
    if (!photo || !navigator.onLine) return;
    const answer = await askServer(this.page.dataset["read"] ?? "", pack.token, photo, Date.now(), draft.here);
    if (answer === "away" || "refused" in answer) return;
    this.page.querySelector("[data-poster-reading]")?.replaceChildren(...fullRows(this.page, answer, this.words));
  }

  forget(): void {
    this.page.querySelector("[data-poster-reading]")?.replaceChildren();
  }

  private row(text: string, stop: Stop, pack: Pack): HTMLElement {
    const row = cloned(this.page, "other");
    const { word, places } = poster(text, stop, pack.stops);
    const what = this.words(word, places);
    const slot = (name: string) => row.querySelector(`[data-slot=${name}]`) as HTMLElement;
    slot("title").textContent = this.words("otherCode", { what });
    slot("text").textContent = text.slice(0, LONGEST_TEXT);
    const finding = FINDINGS[word as keyof typeof FINDINGS] ?? FINDINGS.posterElsewhere;
    const told = `${this.words("otherCode", { what })} ${text.slice(0, LONGEST_TEXT)}`;
    row.querySelector("[data-add-other]")?.addEventListener("click", () => {
      this.change((draft) => withFinding(draft, finding, told));
      showToast(this.words("otherAdded"), "good");
    });
    return row;
  }
}
