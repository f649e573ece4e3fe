/** The camera page: a code is read or typed, the console says which place it stands for, the visitor confirms. */
import { enhance } from "../enhance.ts";
import { type Source, tellFailedScan } from "./attempts.ts";

interface Place {
  code: string;
  name: string;
  address: string;
  category: string;
  status: string;
  is_outdated: boolean;
}

interface Refusal {
  title: string;
  attempt?: string;
}

type View = "scan" | "looking" | "found" | "refused" | "offline";

const VIEWS: View[] = ["scan", "looking", "found", "refused", "offline"];
/** A camera that has looked for so long and read nothing: whoever types the code then stands before a bad poster. */
const UNREADABLE_AFTER_MS = 8000;
const RETRY_MS = 3000;

class ScanPage {
  private readonly scanner: HTMLElement | null;
  private lookingSince = 0;
  private hasToldOfCamera = false;
  private turn = 0;

  constructor(private readonly page: HTMLElement) {
    this.scanner = page.querySelector("[data-scanner]");
    this.scanner?.addEventListener("scanned", (event) => {
      void this.find((event as CustomEvent<{ text: string }>).detail.text, "poster");
    });
    page
      .querySelector<HTMLFormElement>("[data-typed-code]")
      ?.addEventListener("submit", (event) => this.onTyped(event));
    for (const button of page.querySelectorAll("[data-scan-again]")) {
      button.addEventListener("click", () => this.scanAgain());
    }
    if (this.scanner)
      new MutationObserver(() => this.onCamera()).observe(this.scanner, { attributeFilter: ["data-state"] });
  }

  private onCamera(): void {
    const state = this.scanner?.dataset["state"];
    if (state === "looking") this.lookingSince = Date.now();
    if (state !== "refused" || this.lookingSince || this.hasToldOfCamera) return;
    this.hasToldOfCamera = true;
    tellFailedScan("no_camera", "poster");
  }

  private onTyped(event: Event): void {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>("input[name=text]");
    if (input?.value.trim()) void this.find(input.value, "typed");
    else input?.focus();
  }

  private scanAgain(): void {
    this.turn += 1;
    this.show("scan");
    this.scanner?.dispatchEvent(new CustomEvent("scanner:resume"));
  }

  /** Asks until there is an answer; a newer scan ends the waiting for an older one. */
  private async find(text: string, source: Source): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    this.show("looking");
    while (turn === this.turn) {
      const answer = await this.ask(text).catch(() => null);
      if (turn !== this.turn) return;
      if (answer) {
        this.take(answer, text, source);
        return;
      }
      this.show("offline");
      await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
    }
  }

  /** By POST: a scanned text may be somebody's identity card, which must not stand in an address or a log. */
  private async ask(text: string): Promise<Place | Refusal> {
    const body = new URLSearchParams({ code: text.slice(0, 4096) });
    const answer = await fetch(this.page.dataset["lookup"] ?? "", { method: "POST", body });
    if (answer.status >= 500) throw new TypeError(String(answer.status));
    return (await answer.json()) as Place | Refusal;
  }

  private take(answer: Place | Refusal, text: string, source: Source): void {
    if (!("code" in answer)) {
      this.slot("sentence", answer.title);
      this.show("refused");
      if (answer.attempt) tellFailedScan(answer.attempt, source, text);
      return;
    }
    const lookedFor = this.lookingSince ? Date.now() - this.lookingSince : 0;
    if (source === "typed" && lookedFor > UNREADABLE_AFTER_MS) tellFailedScan("unreadable", "poster", answer.code);
    this.confirm(answer, source);
  }

  private confirm(place: Place, source: Source): void {
    this.slot("name", place.name);
    this.slot("address", place.address);
    this.slot("category", place.category);
    for (const remark of this.page.querySelectorAll<HTMLElement>("[data-when]")) {
      const when = remark.dataset["when"];
      remark.hidden = when === "outdated" ? !place.is_outdated : when !== place.status;
    }
    const form = this.page.querySelector<HTMLFormElement>("form[data-check-in]");
    if (form) {
      form.dataset["place"] = place.name;
      (form.elements.namedItem("code") as HTMLInputElement).value = place.code;
      (form.elements.namedItem("source") as HTMLInputElement).value = source;
    }
    this.show("found");
  }

  private slot(name: string, text: string): void {
    for (const slot of this.page.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text;
  }

  private show(shown: View): void {
    for (const view of VIEWS) {
      const element = this.page.querySelector<HTMLElement>(`[data-${view}-view]`);
      if (!element) continue;
      element.hidden = view !== shown;
      if (view === shown && view !== "scan" && view !== "looking") element.focus();
    }
  }
}

enhance("[data-scan-page]", (page) => {
  new ScanPage(page);
});
