/** The visitor's own code: renewed while it is looked at, taken away when it is too old, and the screen stays on. */
import { enhance } from "../enhance.ts";

/** Several tries fit into a code's life. */
const RENEW_MS = 20_000;

class PersonalCode {
  private readonly picture: HTMLElement;
  private madeAt = Date.now();

  constructor(private readonly page: HTMLElement) {
    this.picture = page.querySelector("[data-picture]") as HTMLElement;
    window.setInterval(() => void this.renew(), RENEW_MS);
    window.setInterval(() => this.hideIfOld(), 1000);
    document.addEventListener("visibilitychange", () => this.onShown());
    window.addEventListener("pageshow", (event) => event.persisted && this.onShown());
    window.addEventListener("online", () => void this.renew());
    void this.stayAwake();
  }

  private onShown(): void {
    if (document.hidden) return;
    this.hideIfOld();
    void this.renew();
    void this.stayAwake();
  }

  private async renew(): Promise<void> {
    if (document.hidden) return;
    const askedAt = Date.now();
    const answer = await fetch(this.page.dataset["renew"] ?? "", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    if (answer.redirected) return location.reload();
    const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    this.picture.replaceChildren(document.importNode(drawn, true));
    this.madeAt = askedAt;
    this.hideIfOld();
  }

  private hideIfOld(): void {
    const isOld = Date.now() - this.madeAt > Number(this.page.dataset["seconds"]) * 1000;
    this.picture.hidden = isOld;
    this.page.querySelector("[data-old]")?.toggleAttribute("hidden", !isOld);
  }

  private async stayAwake(): Promise<void> {
    if (!document.hidden) await navigator.wakeLock?.request("screen").catch(() => null);
  }
}

enhance("[data-personal-code]", (page) => {
  new PersonalCode(page);
});
