/** What the camera page shows of a place, with a network and without. */
import type { Source } from "./attempts.ts";
import { pointHelp } from "./help.ts";
import type { Place } from "./places.ts";

type View = "scan" | "looking" | "found" | "refused";

const VIEWS: View[] = ["scan", "looking", "found", "refused"];
const CHECK_LENGTH = 4;

export class PlaceView {
  constructor(private readonly page: HTMLElement) {}

  show(shown: View): void {
    for (const view of VIEWS) {
      const element = this.page.querySelector<HTMLElement>(`[data-${view}-view]`);
      if (!element) continue;
      element.hidden = view !== shown;
      if (view === shown && view !== "scan" && view !== "looking") element.focus();
    }
  }

  refuse(sentence: string): void {
    this.fill("sentence", sentence);
    this.show("refused");
  }

  /** The console knows the place. */
  confirm(place: Place, source: Source): void {
    this.describe(place);
    pointHelp(document, "[data-help-place]", "wrong_place", place.code);
    this.fill("why", place.why ?? "");
    const gate = place.mode === "gate" ? "gate" : "no-gate";
    this.remark((when) => (when === "outdated" ? place.is_outdated : when === place.status || when === gate));
    this.prepare(place.code, source, { place: place.name, known: place.name, ...factsOf(place) });
    this.show("found");
  }

  /** No network: the code's short check, and the name of a place where this phone has been. */
  confirmUnseen(read: { kind: "venue" | "short"; code: string }, place: Place | undefined, source: Source): void {
    const name = place?.name ?? this.word("unknownPlace");
    const check = read.kind === "short" ? read.code : read.code.slice(-CHECK_LENGTH);
    this.describe({ name, address: place?.address ?? "", category: place?.category ?? "" });
    this.fill("check", check);
    // A personal code needs a network too, so here the visitor records the visit whoever scans at this door.
    const holds = ["offline", "no-gate", place ? "remembered" : "unknown"];
    this.remark((when) => holds.includes(when) || this.isStranger(when));
    const known = { place: name, known: place?.name ?? "", ...factsOf(place) };
    this.prepare(place?.code ?? read.code, source, known, place || read.kind === "venue" ? "" : read.code);
    const form = this.form();
    if (form) form.hidden = !form.hasAttribute("data-signed-in");
    this.show("found");
  }

  word(name: string): string {
    return this.page.dataset[name] ?? "";
  }

  private isStranger(when: string): boolean {
    return when === "signed-out" && !this.form()?.hasAttribute("data-signed-in");
  }

  private describe({ name, address, category }: Pick<Place, "name" | "address" | "category">): void {
    this.fill("name", name);
    this.fill("address", address);
    this.fill("category", category);
    for (const element of this.page.querySelectorAll<HTMLElement>("[data-with-address]")) element.hidden = !address;
  }

  private remark(holds: (when: string) => boolean): void {
    for (const remark of this.page.querySelectorAll<HTMLElement>("[data-when]")) {
      remark.hidden = !holds(remark.dataset["when"] ?? "");
    }
  }

  private form(): HTMLFormElement | null {
    return this.page.querySelector("form[data-check-in]");
  }

  /** *typed*: a short code whose signed one is not known yet. */
  private prepare(code: string, source: Source, words: Record<string, string>, typed = ""): void {
    const form = this.form();
    if (!form) return;
    Object.assign(form.dataset, words, { typed });
    form.hidden = false;
    form.querySelector("[data-question]")?.toggleAttribute("hidden", !words["known"]);
    (form.elements.namedItem("code") as HTMLInputElement).value = code;
    (form.elements.namedItem("source") as HTMLInputElement).value = source;
    form.dispatchEvent(new CustomEvent("place-shown"));
  }

  private fill(name: string, text: string): void {
    for (const slot of this.page.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text;
  }
}

/** What the check-in form must know of a place, as attributes; empty where it is not known. */
function factsOf(place: Place | undefined): Record<string, string> {
  const hours = place?.hours ? JSON.stringify(place.hours) : "";
  return { address: place?.address ?? "", hours, lat: String(place?.lat ?? ""), lon: String(place?.lon ?? "") };
}
