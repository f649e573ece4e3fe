import { enhance } from "../enhance.ts";
import { clock, showAnswer, word } from "./answers.ts";
import { leaveBy } from "./check-out.ts";
import { deliver } from "./door.ts";
import { drop, type Waiting } from "./outbox.ts";
import { personToken, SignInNeeded } from "./token.ts";
import { uuid7 } from "./uuid7.ts";

/** A signed-in phone sends its check-in to the door itself. Everybody else's form goes to the console, as without script. */
enhance("form[data-check-in]", (element) => {
  const form = element as HTMLFormElement;
  if (!form.hasAttribute("data-signed-in")) return;
  // Asked for while the visitor reads the name of the place: the press of the button then needs one request only.
  void personToken().catch(() => undefined);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void checkIn(form);
  });
});

async function checkIn(form: HTMLFormElement): Promise<void> {
  const area = form.closest<HTMLElement>("[data-check-in-area]");
  if (!area) return;
  const before = [...area.childNodes];
  const place = form.dataset["place"] ?? "";
  const body = bodyOf(form);
  const waiting: Waiting = { id: body.check_in_id, kind: "check-ins", mark: word("mark"), keptAt: Date.now(), body };
  let isLate = false;
  const tell = () => {
    if (!isLate) showAnswer(area, "waiting", { place });
    isLate = true;
  };
  showAnswer(area, "sending", { place });
  try {
    const reply = await deliver(waiting, tell);
    if (reply.outcome === "refused") showAnswer(area, "refused", { sentence: reply.sentence });
    else showRecorded(area, body.check_in_id, place, reply.item["entered_at"]);
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error;
    drop(body.check_in_id);
    area.replaceChildren(...before);
    form.submit();
  }
}

function bodyOf(form: HTMLFormElement) {
  const fields = new FormData(form);
  return {
    check_in_id: uuid7(),
    venue_code: String(fields.get("code")),
    entered_at: new Date().toISOString(),
    party: Math.min(20, Math.max(1, Math.trunc(Number(fields.get("party") ?? 1)) || 1)),
    source: String(fields.get("source")),
  };
}

function showRecorded(area: HTMLElement, checkInId: string, place: string, enteredAt: unknown): void {
  showAnswer(area, "recorded", { place, time: clock(enteredAt) });
  const form = area.querySelector<HTMLFormElement>("form[data-check-out]");
  if (!form) return;
  form.action = (form.dataset["address"] ?? "").replace(/[0-9a-f-]{36}/, checkInId);
  leaveBy(form, checkInId, (leftAt) => showAnswer(area, "left", { place, time: clock(leftAt) }));
}
