/** The diary's part that is on this phone: visits that wait for a network, who came along; to take away, print or erase. */
import { enhance } from "../enhance.ts";
import { showToast } from "../toast.ts";
import { clock, fill, word } from "./answers.ts";
import { leaveBy } from "./check-out.ts";
import { sayIfClockWasOff } from "./clock-off.ts";
import { clear } from "./store.ts";
import { type PhoneVisit, visitsOf } from "./visits.ts";

const SHOWN = 20;
const MAY_CLOSE_MS = 24 * 3600 * 1000;

enhance("[data-phone-diary]", (section) => {
  if (word("mark")) void listVisits();
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  document.querySelector("[data-export]")?.addEventListener("click", (event) => void exportDiary(event));
  document.querySelector("[data-erase]")?.addEventListener("click", () => void erase(section));
});

/** On the shell: all of this phone's visits. In the diary: those that wait, and names beside those that are recorded. */
export async function listVisits(): Promise<void> {
  const section = document.querySelector<HTMLElement>("[data-phone-diary]");
  const list = section?.querySelector("ol");
  if (!section || !list) return;
  const visits = await visitsOf(word("mark"));
  for (const visit of visits) nameCompany(visit);
  const isInDiary = !section.hasAttribute("data-all");
  const shown = visits.filter(({ state }) => !isInDiary || state !== "recorded");
  const rows = shown.slice(0, SHOWN).flatMap((visit) => rowOf(section, visit) ?? []);
  list.replaceChildren(...rows);
  section.hidden = rows.length === 0;
}

/** Beside a visit that the diary shows: who came along, which only this phone knows. */
function nameCompany({ id, companions }: PhoneVisit): void {
  const slot = document.querySelector<HTMLElement>(`[data-visit="${CSS.escape(id)}"] [data-company]`);
  if (!slot || companions.length === 0) return;
  fill(slot, { names: companions.join(", ") });
  slot.hidden = false;
}

function rowOf(section: HTMLElement, visit: PhoneVisit): HTMLElement | undefined {
  const template = section.querySelector("template");
  const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!row) return undefined;
  const end = visit.left_at ? `–${clock(visit.left_at)}` : "";
  fill(row, {
    when: `${day(visit.entered_at)} ${clock(visit.entered_at)}${end}`,
    name: visit.name || `${word("unknownPlace")} (${visit.code.slice(-4)})`,
    address: visit.address,
    names: visit.companions.join(", "),
    sentence: visit.sentence ?? "",
  });
  for (const part of row.querySelectorAll<HTMLElement>("[data-state]"))
    part.hidden = part.dataset["state"] !== visit.state;
  sayIfClockWasOff(row, visit.entered_at, { entered_at: visit.counted_at, labels: visit.labels });
  row.querySelector("[data-company]")?.toggleAttribute("hidden", visit.companions.length === 0);
  const form = row.querySelector<HTMLFormElement>("form");
  if (form) offerToLeave(form, visit);
  return row;
}

function offerToLeave(form: HTMLFormElement, visit: PhoneVisit): void {
  const isOpen = !visit.left_at && visit.state !== "refused";
  form.hidden = !isOpen || Date.now() - Date.parse(visit.entered_at) > MAY_CLOSE_MS;
  form.action = (form.dataset["address"] ?? "").replace(/[0-9a-f-]{36}/, visit.id);
  leaveBy(form, visit.id, {
    onKept: () => {
      showToast(word("leavingLate"), "caution");
      void listVisits();
    },
    onRecorded: () => void listVisits(),
  });
}

function day(instant: string): string {
  const form = { day: "2-digit", month: "2-digit", timeZone: "Asia/Ho_Chi_Minh" } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(instant));
}

/** The server's diary with what only this phone knows. Without script the link gives the server's alone. */
async function exportDiary(event: Event): Promise<void> {
  const link = event.currentTarget as HTMLAnchorElement;
  if (link.href.startsWith("blob:")) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) {
    showToast(word("noExport"), "caution");
    return;
  }
  const on_this_phone = (await visitsOf(word("mark"))).map(({ mark, ...visit }) => visit);
  const diary = { ...((await answer.json()) as object), on_this_phone };
  const address = URL.createObjectURL(new Blob([JSON.stringify(diary, null, 2)], { type: "application/json" }));
  const file = Object.assign(document.createElement("a"), { href: address, download: link.download });
  file.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What was noted here goes; what the door has not got yet stays until it is sent. */
async function erase(section: HTMLElement): Promise<void> {
  await Promise.all([clear("visits"), clear("family"), clear("places"), clear("exposures")]);
  for (const slot of document.querySelectorAll<HTMLElement>("[data-company]")) slot.hidden = true;
  section.hidden = true;
  document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
  showToast(word("erased"), "good");
}
