import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { word } from "./answers.ts";
import { deliver } from "./door.ts";
import { drop } from "./outbox.ts";
import { SignInNeeded } from "./token.ts";
import { uuid7 } from "./uuid7.ts";
import { changeVisit } from "./visits.ts";

/** What a page does when the check-out is kept on the phone for want of a network, and when the door has it. */
export interface Leaving {
  onKept(leftAt: string): void;
  onRecorded(leftAt: unknown): void;
}

/** In the diary and on a visit's page: the page is loaded again, and says how the visit ended. */
enhance("form[data-check-out]", (element) => {
  const form = element as HTMLFormElement;
  const checkInId = form.dataset["checkOut"];
  if (!checkInId) return;
  leaveBy(form, checkInId, {
    onKept: () => showToast(word("leavingLate"), "caution"),
    onRecorded: () => window.location.reload(),
  });
});

/** Sends the check-out to the door when *form* is sent; without a sign-in the form goes to the console. */
export function leaveBy(form: HTMLFormElement, checkInId: string, leaving: Leaving): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(form, checkInId, leaving);
  });
}

async function leave(form: HTMLFormElement, checkInId: string, leaving: Leaving): Promise<void> {
  const button = form.querySelector("button");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const left_at = new Date().toISOString();
  const body = { check_out_id: uuid7(), check_in_id: checkInId, left_at };
  const waiting = { id: body.check_out_id, kind: "check-outs" as const, mark: word("mark"), keptAt: Date.now(), body };
  await changeVisit(checkInId, { left_at });
  let isLate = false;
  const tell = () => {
    if (!isLate) leaving.onKept(left_at);
    isLate = true;
  };
  try {
    const reply = await deliver(waiting, tell);
    if (reply.outcome === "recorded") leaving.onRecorded(reply.item["left_at"]);
    else showToast(reply.sentence, "critical");
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error;
    if (document.querySelector("[data-visitor][data-shell]")) return; // it stays until its person signs in
    await drop(body.check_out_id);
    form.submit(); // not signed in any more: the form's own way leads there
  } finally {
    button.removeAttribute("aria-busy");
  }
}
