/** The counting screen: big buttons for a thumb, time that runs, and a count that survives a lost network or page. */
import "../../styles/counting.css";
import { showToast } from "../toast.ts";
import { uuid7 } from "../visitor/uuid7.ts";
import { keepRunning, keepWaiting, running, waiting } from "./kept.ts";
import { sendWaiting } from "./sending.ts";
import {
  begun,
  clock,
  countedMs,
  entered,
  finished,
  pausedAt,
  resumed,
  scanned,
  type Tally,
  type Tap,
  tapped,
  undone,
} from "./tally.ts";

const SHORTEST_MS = 60_000;
const TRY_AGAIN_MS = 30_000;

export default function counting(section: HTMLElement): void {
  const venue = section.dataset["venue"] ?? "";
  const address = section.dataset["send"] ?? "";
  const token = section.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const part = (name: string) => section.querySelector<HTMLElement>(`[data-${name}]`);
  const word = (name: string) => section.dataset[name] ?? "";
  let tally = running(venue);

  function show(): void {
    const now = Date.now();
    const put = (name: string, text: string) => {
      const element = part(name);
      if (element && element.textContent !== text) element.textContent = text;
    };
    put("elapsed", clock(tally ? countedMs(tally, now) : 0));
    put("entered", String(tally ? entered(tally) : 0));
    put("scanned", String(tally ? scanned(tally) : 0));
    part("start")?.toggleAttribute("hidden", tally !== undefined);
    for (const element of section.querySelectorAll("[data-running]")) element.toggleAttribute("hidden", !tally);
    part("pause")?.setAttribute("aria-pressed", String(tally?.pausedSince !== undefined));
    part("undo")?.toggleAttribute("disabled", !tally?.taps.length);
    const left = waiting().length;
    part("waiting-box")?.toggleAttribute("hidden", left === 0);
    if (left) put("state", word("waiting").replace("{number}", String(left)));
  }

  function set(next: Tally | undefined): void {
    tally = next;
    keepRunning(venue, tally);
    show();
  }

  let isSending = false;
  /** One at a time: the network comes back in the very moment in which somebody presses the button. */
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    const answer = await sendWaiting(token).finally(() => {
      isSending = false;
    });
    const state = part("state");
    if (state) state.textContent = "";
    show();
    if (answer === "sent") showToast(word("sent"), "good");
    else if (answer === "later") showToast(word("kept"), "info");
    else if (answer === "signed-out") showToast(word("signedOut"), "caution");
    else if (answer) showToast(answer.refused, "caution");
  }

  const click = (name: string, act: (now: number) => void) =>
    part(name)?.addEventListener("click", () => act(Date.now()));
  click("start", (now) => set(begun(uuid7(now), venue, now)));
  click("undo", () => tally && set(undone(tally)));
  click("pause", (now) => tally && set(tally.pausedSince === undefined ? pausedAt(tally, now) : resumed(tally, now)));
  click("drop", () => set(undefined));
  click("send-now", () => void send());
  click("finish", (now) => {
    if (!tally) return;
    if (countedMs(tally, now) < SHORTEST_MS) {
      showToast(word("tooShort"), "caution");
      return;
    }
    keepWaiting({ tally: finished(tally, now), address });
    set(undefined);
    void send();
  });
  for (const button of section.querySelectorAll<HTMLElement>("[data-add]")) {
    button.addEventListener("click", () => {
      if (tally) set(tapped(tally, button.dataset["add"] as Tap, Date.now()));
      navigator.vibrate?.(20);
    });
  }
  window.addEventListener("online", () => void send());
  window.setInterval(show, 500);
  window.setInterval(() => waiting().length && navigator.onLine && void send(), TRY_AGAIN_MS);
  show();
  if (waiting().length) void send();
}
