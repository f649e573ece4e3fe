import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { clock, showAnswer, word } from "./answers.ts";
import { positionOf } from "./around.ts";
import { leaveBy } from "./check-out.ts";
import { sayIfClockWasOff } from "./clock-off.ts";
import { deliver } from "./door.ts";
import { companionsOf } from "./family.ts";
import { drop, type Waiting } from "./outbox.ts";
import { rememberPlace } from "./places.ts";
import { readCode } from "./read-code.ts";
import { partyOf } from "./rules.ts";
import { SignInNeeded } from "./token.ts";
import { uuid7 } from "./uuid7.ts";
import { noteVisit } from "./visits.ts";

/** A signed-in phone sends its check-in to the door itself. Everybody else's form goes to the console, as without script. */
enhance("form[data-check-in]", (element) => {
  const form = element as HTMLFormElement;
  void rememberPlaceOf(form);
  form.addEventListener("submit", (event) => {
    if (!form.hasAttribute("data-signed-in")) return;
    event.preventDefault();
    form.dispatchEvent(new CustomEvent("checking-in", { bubbles: true }));
    void checkIn(form);
  });
});

/** A page that came with its place, as the one behind a poster's address, names it at a later scan without a network. */
async function rememberPlaceOf(form: HTMLFormElement): Promise<void> {
  const code = String(new FormData(form).get("code") ?? "");
  const { place: name, address = "", hours, lat, lon, mode } = form.dataset;
  if (!code || !name) return;
  const read = readCode(window.location.href, [window.location.host]);
  await rememberPlace("code" in read ? read.code : code, {
    code,
    name,
    address,
    category: "",
    status: "active",
    is_outdated: false,
    ...(mode ? { mode } : {}),
    ...(hours ? { hours: JSON.parse(hours) as Record<string, unknown> } : {}),
    ...(lat && lon ? { lat: Number(lat), lon: Number(lon) } : {}),
  });
}

interface Shown {
  place: string;
  /** The visitor has left already, so the check-in's late answer is no news. */
  hasLeft: boolean;
}

async function checkIn(form: HTMLFormElement): Promise<void> {
  const area = form.closest<HTMLElement>("[data-check-in-area]");
  if (!area) return;
  const before = [...area.childNodes];
  const shown: Shown = { place: form.dataset["place"] ?? "", hasLeft: false };
  const waiting = scanOf(form);
  await note(form, waiting);
  let isLate = false;
  const tell = () => {
    if (!isLate) showWaiting(area, waiting, shown);
    isLate = true;
  };
  showAnswer(area, "sending", shown);
  try {
    const reply = await deliver(waiting, tell);
    if (shown.hasLeft) return;
    if (reply.outcome === "refused") showAnswer(area, "refused", { sentence: reply.sentence });
    else showRecorded(area, waiting, shown, reply.item);
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error;
    await signInFirst(form, area, before, waiting);
  }
}

/** The console's form leads through the sign-in. The shell has no such form: the scan stays, and its person signs in. */
async function signInFirst(form: HTMLFormElement, area: HTMLElement, before: ChildNode[], waiting: Waiting) {
  if (document.querySelector("[data-visitor][data-shell]")) {
    window.location.assign(word("signIn"));
    return;
  }
  await drop(waiting.id);
  area.replaceChildren(...before);
  form.submit();
}

function scanOf(form: HTMLFormElement): Waiting {
  const fields = new FormData(form);
  const id = uuid7();
  const position = positionOf(form);
  const body = {
    check_in_id: id,
    venue_code: String(fields.get("code")),
    entered_at: new Date().toISOString(),
    party: partyOf(fields.get("party")),
    source: String(fields.get("source")),
    ...(position ? { position } : {}),
  };
  const waiting: Waiting = { id, kind: "check-ins", mark: word("mark"), keptAt: Date.now(), body };
  return form.dataset["typed"] ? { ...waiting, typed: form.dataset["typed"] } : waiting;
}

/** For the diary on this phone. */
async function note(form: HTMLFormElement, { id, mark, body }: Waiting): Promise<void> {
  await noteVisit({
    id,
    mark,
    name: form.dataset["known"] ?? form.dataset["place"] ?? "",
    address: form.dataset["address"] ?? "",
    code: String(body["venue_code"]),
    entered_at: String(body["entered_at"]),
    party: Number(body["party"]),
    companions: companionsOf(form),
    state: "waiting",
  });
}

/** Kept on the phone: the visitor goes in, and may leave, before there is a network. */
function showWaiting(area: HTMLElement, waiting: Waiting, shown: Shown): void {
  showAnswer(area, "waiting", { place: shown.place, time: clock(waiting.body["entered_at"]) });
  offerToLeave(area, waiting.id, shown);
}

function showRecorded(area: HTMLElement, { id, body }: Waiting, shown: Shown, item: Record<string, unknown>): void {
  showAnswer(area, "recorded", { place: shown.place, time: clock(item["entered_at"]) });
  sayIfClockWasOff(area, String(body["entered_at"]), item);
  offerToLeave(area, id, shown);
}

function offerToLeave(area: HTMLElement, checkInId: string, shown: Shown): void {
  const form = area.querySelector<HTMLFormElement>("form[data-check-out]");
  if (!form) return;
  form.action = (form.dataset["address"] ?? "").replace(/[0-9a-f-]{36}/, checkInId);
  leaveBy(form, checkInId, {
    onKept: (leftAt) => {
      shown.hasLeft = true;
      showAnswer(area, "left", { place: shown.place, time: clock(leftAt) });
      showToast(word("leavingLate"), "caution");
    },
    onRecorded: (leftAt) => {
      if (!shown.hasLeft) showAnswer(area, "left", { place: shown.place, time: clock(leftAt) });
      shown.hasLeft = true;
    },
  });
}
