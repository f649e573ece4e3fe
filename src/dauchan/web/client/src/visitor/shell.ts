/** The page without a network belongs to nobody until the phone says whose it is. */
import { enhance } from "../enhance.ts";
import { showExposures } from "./exposures/cards.ts";
import { me } from "./me.ts";
import { listVisits } from "./phone-diary.ts";
import { sendNow } from "./waiting.ts";

enhance("[data-visitor][data-shell]", (page) => void wake(page));

async function wake(page: HTMLElement): Promise<void> {
  const mark = (await me())?.mark;
  if (!mark) return;
  page.dataset["mark"] = mark;
  const form = document.querySelector<HTMLFormElement>("form[data-check-in]");
  form?.setAttribute("data-signed-in", "");
  if (form && document.querySelector("[data-when=signed-out]:not([hidden])")) form.hidden = false;
  for (const remark of document.querySelectorAll<HTMLElement>("[data-when=signed-out]")) remark.hidden = true;
  await listVisits();
  await showExposures();
  window.addEventListener("online", () => void sendNow());
  await sendNow();
}
