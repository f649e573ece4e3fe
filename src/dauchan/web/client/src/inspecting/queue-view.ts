/** Signed records that wait on the phone, each with why it still does and what can be done about it. */
import { dropWaiting, nameOf, reopen, setBeside, type Waiting } from "./kept.ts";
import { cloned } from "./rows.ts";
import { dayAndClock, type Words } from "./words.ts";

export class QueueView {
  constructor(
    private readonly page: HTMLElement,
    private readonly words: Words,
    private readonly onChange: () => void,
  ) {}

  async draw(queued: readonly Waiting[]): Promise<void> {
    const rows = await Promise.all(queued.map((one) => this.row(one)));
    this.page.querySelector("[data-queue-list]")?.replaceChildren(...rows);
    this.page.querySelector("[data-queue]")?.toggleAttribute("hidden", queued.length === 0);
  }

  private async row(one: Waiting): Promise<HTMLElement> {
    const row = cloned(this.page, "waiting");
    row.dataset["state"] = one.state;
    const put = (slot: string, text: string) => {
      const element = row.querySelector(`[data-slot=${slot}]`);
      if (element) element.textContent = text;
    };
    put("name", await nameOf(one));
    put("at", dayAndClock(one.at));
    put("message", one.message);
    row.querySelector("[data-slot=actions]")?.replaceChildren(...this.actions(one));
    return row;
  }

  private actions(one: Waiting): HTMLElement[] {
    const drop = this.button("dropWaiting", async () => {
      if (window.confirm(this.words("sureDrop"))) await dropWaiting(one);
    });
    if (one.state === "already") return [this.button("beside", () => setBeside(one)), drop];
    if (one.state === "refused") return [this.button("reopen", () => reopen(one)), drop];
    return one.state === "waiting" || one.state === "officer" ? [] : [drop];
  }

  private button(word: string, act: () => Promise<void>): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = this.words(word);
    button.addEventListener("click", () => void act().then(this.onChange));
    return button;
  }
}
