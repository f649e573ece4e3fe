import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { word } from "./answers.ts";
import { deliver } from "./door.ts";
import { drop } from "./outbox.ts";
import { SignInNeeded } from "./token.ts";
import { uuid7 } from "./uuid7.ts";

/** In the diary and on a visit's page: the page is loaded again, and says how the visit ended. */
enhance("form[data-check-out]", (element) => {
  const form = element as HTMLFormElement;
  const checkInId = form.dataset["checkOut"];
  if (checkInId) leaveBy(form, checkInId, () => window.location.reload());
});

/** Sends the check-out to the door when *form* is sent; without a sign-in the form goes to the console. */
export function leaveBy(form: HTMLFormElement, checkInId: string, onRecorded: (leftAt: unknown) => void): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(form, checkInId, onRecorded);
  });
}

async function leave(form: HTMLFormElement, checkInId: string, onRecorded: (leftAt: unknown) => void): Promise<void> {
  const button = form.querySelector("button");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const body = { check_out_id: uuid7(), check_in_id: checkInId, left_at: new Date().toISOString() };
  const waiting = { id: body.check_out_id, kind: "check-outs" as const, mark: word("mark"), keptAt: Date.now(), body };
  let isLate = false;
  const tell = () => {
    if (!isLate) showToast(word("leavingLate"), "caution");
    isLate = true;
  };
  try {
    const reply = await deliver(waiting, tell);
    if (reply.outcome === "recorded") onRecorded(reply.item["left_at"]);
    else showToast(reply.sentence, "critical");
  } catch (error) {
    drop(body.check_out_id);
    if (!(error instanceof SignInNeeded)) throw error;
    form.submit(); // not signed in any more: the form's own way leads there
  } finally {
    button.removeAttribute("aria-busy");
  }
}
