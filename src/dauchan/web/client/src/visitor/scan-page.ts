/** The camera page: a code is read or typed, the console says which place it stands for, the visitor confirms. */
import { enhance } from "../enhance.ts";
import { type Source, tellFailedScan } from "./attempts.ts";
import { pointHelp } from "./help.ts";
import { PlaceView } from "./place-view.ts";
import { askForPlace, type Place, type Refusal, rememberedPlace, rememberPlace } from "./places.ts";
import { readCode } from "./read-code.ts";

/** A camera that has looked for so long and read nothing: whoever types the code then stands before a bad poster. */
const UNREADABLE_AFTER_MS = 8000;
const RETRY_MS = 3000;

class ScanPage {
  private readonly scanner: HTMLElement | null;
  private readonly view: PlaceView;
  private readonly hosts: string[];
  private lookingSince = 0;
  private hasToldOfCamera = false;
  private turn = 0;

  constructor(page: HTMLElement) {
    this.view = new PlaceView(page);
    this.hosts = [window.location.host, ...(page.dataset["hosts"] ?? "").split(" ").filter(Boolean)];
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
    page.addEventListener("checking-in", () => {
      this.turn += 1; // the visitor has decided: nothing changes under their finger any more
    });
    // The phone's own camera opened a poster's address, and there is no network: the shell stands in its place.
    if (/^\/q\//i.test(window.location.pathname)) void this.find(window.location.href, "link");
    if (this.scanner)
      new MutationObserver(() => this.onCamera()).observe(this.scanner, { attributeFilter: ["data-state"] });
  }

  private onCamera(): void {
    const state = this.scanner?.dataset["state"];
    if (state === "looking") this.lookingSince = Date.now();
    if (state !== "refused" || this.lookingSince || this.hasToldOfCamera) return;
    this.hasToldOfCamera = true;
    tellFailedScan("no_camera", "poster");
    pointHelp(document, "[data-help]", "no_camera");
  }

  private onTyped(event: Event): void {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>("input[name=text]");
    if (input?.value.trim()) void this.find(input.value, "typed");
    else input?.focus();
  }

  private scanAgain(): void {
    this.turn += 1;
    this.view.show("scan");
    this.scanner?.dispatchEvent(new CustomEvent("scanner:resume"));
  }

  /** Asks until there is an answer; meanwhile the phone says what it knows. A newer scan ends the waiting for an older. */
  private async find(text: string, source: Source): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    let isSaid = false;
    this.view.show("looking");
    while (turn === this.turn) {
      const answer = await askForPlace(text).catch(() => null);
      if (turn !== this.turn) return;
      if (answer) return this.take(answer, text, source);
      if (!isSaid) await this.sayWhatThePhoneKnows(text, source);
      if (turn !== this.turn) return;
      isSaid = true;
      await new Promise((resolve) => window.setTimeout(resolve, RETRY_MS));
    }
  }

  private async take(answer: Place | Refusal, text: string, source: Source): Promise<void> {
    if (!("code" in answer)) {
      this.view.refuse(answer.title);
      pointHelp(document, "[data-help]", answer.attempt || answer.reason || "");
      if (answer.attempt) tellFailedScan(answer.attempt, source, text);
      return;
    }
    if (source === "typed") this.tellOfPoster(answer.code);
    const read = readCode(text, this.hosts);
    this.view.confirm(answer, source);
    await rememberPlace("code" in read ? read.code : answer.code, answer);
  }

  /** No network: the code's own check, and the name if this phone has been there. What is no code of ours is refused now. */
  private async sayWhatThePhoneKnows(text: string, source: Source): Promise<void> {
    const read = readCode(text, this.hosts);
    if (!("code" in read)) {
      this.turn += 1;
      this.view.refuse(this.view.word(read.kind));
      if (read.kind === "foreign") tellFailedScan("foreign", source, text);
      return;
    }
    if (source === "typed") this.tellOfPoster(read.kind === "venue" ? read.code : undefined);
    this.view.confirmUnseen(read, await rememberedPlace(read.code), source);
  }

  private tellOfPoster(code: string | undefined): void {
    const lookedFor = this.lookingSince ? Date.now() - this.lookingSince : 0;
    this.lookingSince = 0; // once for one look
    if (lookedFor <= UNREADABLE_AFTER_MS) return;
    tellFailedScan("unreadable", "poster", code);
    pointHelp(document, "[data-help]", "unreadable", code);
  }
}

enhance("[data-scan-page]", (page) => {
  new ScanPage(page);
});
