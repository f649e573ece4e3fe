/** Asking the server at once, for as long as somebody waits at a gate. */
import { within } from "../visitor/patience.ts";
import type { Answer } from "./desk.ts";

export class Asking {
  private token: string;

  constructor(
    private readonly page: HTMLElement,
    private readonly patienceMs: number,
  ) {
    this.token = page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  /** Null where no answer came in time, or one that says nothing of the scan. */
  async ask(address: string, fields: Record<string, string>): Promise<Answer | null> {
    if (!this.token) return null;
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: this.token });
    try {
      const reply = await fetch(address, { method: "POST", body, signal: within(this.patienceMs) });
      if (reply.status === 403) this.token = "";
      if (reply.status >= 500) return null;
      const answer = (await reply.json()) as Answer;
      return answer.tone ? answer : null;
    } catch {
      return null;
    }
  }

  /** The page was opened without a network, so it lacks the token that its forms carry: the server's page has one. */
  async prepare(): Promise<void> {
    if (this.token) return;
    const reply = await fetch("/gate/", { signal: within(this.patienceMs * 5) }).catch(() => null);
    if (!reply?.ok) return;
    const found = new DOMParser().parseFromString(await reply.text(), "text/html");
    this.token = found.querySelector<HTMLInputElement>("[data-gate] [name=csrfmiddlewaretoken]")?.value ?? "";
    for (const form of this.page.querySelectorAll("form")) this.give(form);
  }

  private give(form: HTMLFormElement): void {
    if (form.elements.namedItem("csrfmiddlewaretoken")) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: this.token });
    form.append(field);
  }
}
