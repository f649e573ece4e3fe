/** "Add to the home screen": offered quietly in the diary, and not again for a long time to who said no. */
import { enhance } from "../enhance.ts";

interface InstallOffer extends Event {
  prompt(): Promise<void>;
}

const NAME = "dauchan-no-install";
const SILENT_MS = 90 * 86_400_000;
let offer: InstallOffer | undefined;
let onOffer: () => void = () => undefined;

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // no banner over the page
  offer = event as InstallOffer;
  onOffer();
});

enhance("[data-install]", (hint) => {
  onOffer = () => {
    hint.hidden = !offer || Date.now() - saidNoAt() < SILENT_MS;
  };
  onOffer();
  hint.querySelector("[data-install-now]")?.addEventListener("click", () => {
    hint.hidden = true;
    void offer?.prompt();
    offer = undefined;
  });
  hint.querySelector("[data-install-not]")?.addEventListener("click", () => {
    hint.hidden = true;
    try {
      localStorage.setItem(NAME, String(Date.now()));
    } catch {
      // A private window: it will ask again.
    }
  });
});

function saidNoAt(): number {
  try {
    return Number(localStorage.getItem(NAME) ?? 0);
  } catch {
    return 0;
  }
}
