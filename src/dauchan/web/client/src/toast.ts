import { enhance } from "./enhance.ts";

const SECONDS_A_GOOD_TOAST_STAYS = 8;

/** Good news goes away by itself unless it is being read; everything else waits to be closed. */
function leaveInTime(toast: HTMLElement): void {
  let timer = 0;
  const wait = () => {
    timer = window.setTimeout(() => toast.remove(), SECONDS_A_GOOD_TOAST_STAYS * 1000);
  };
  const stay = () => window.clearTimeout(timer);
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", wait);
  toast.addEventListener("focusout", wait);
  wait();
}

enhance(".toast", (toast) => {
  toast.querySelector("button")?.addEventListener("click", () => toast.remove());
  if (toast.classList.contains("good")) leaveInTime(toast);
});

/** Shows one more toast from the page's template; the text comes from the server or from a data attribute. */
export function showToast(text: string, tone = "info"): void {
  const list = document.querySelector<HTMLElement>(".toasts");
  const template = document.querySelector<HTMLTemplateElement>(`template[data-toast="${CSS.escape(tone)}"]`);
  const toast = template?.content.firstElementChild?.cloneNode(true);
  if (!list || !(toast instanceof HTMLElement)) return;
  const paragraph = toast.querySelector("p");
  if (paragraph) paragraph.textContent = text;
  list.append(toast);
  toast.querySelector("button")?.addEventListener("click", () => toast.remove());
  if (tone === "good") leaveInTime(toast);
}

/** A view asks for a toast with the response header `HX-Trigger: {"toast": {"text": …, "tone": …}}`. */
document.addEventListener("toast", (event) => {
  const { text, tone } = (event as CustomEvent<{ text?: string; tone?: string }>).detail;
  if (text) showToast(text, tone);
});
