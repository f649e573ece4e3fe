/** What the phone sees of the door before it sends: the place is closed, or far away. It tells, and never refuses. */
import { enhance } from "../enhance.ts";
import { fill } from "./answers.ts";
import { type Hours, isOutOfHours, isRemote, metres, type Point } from "./rules.ts";

const PATIENCE_MS = 8000;
const FRESH_MS = 60_000;

/** Where this phone was when it was last asked, by form: it leaves the phone only if its owner ticks the box for that. */
const positions = new WeakMap<HTMLFormElement, Point>();

enhance("form[data-check-in]", (element) => {
  const form = element as HTMLFormElement;
  form.addEventListener("place-shown", () => void lookAround(form));
  form.querySelector("[data-look-where]")?.addEventListener("click", () => void compare(form));
  void lookAround(form);
});

/** The position to send along, if the visitor wants that. */
export function positionOf(form: HTMLFormElement): Point | undefined {
  const box = form.querySelector<HTMLInputElement>("[data-send-position]");
  return box?.checked ? positions.get(form) : undefined;
}

async function lookAround(form: HTMLFormElement): Promise<void> {
  positions.delete(form);
  for (const part of form.querySelectorAll<HTMLElement>("[data-far], [data-near]")) part.hidden = true;
  const box = form.querySelector<HTMLInputElement>("[data-send-position]");
  if (box) box.checked = false;
  show(form, "[data-closed-now]", isOutOfHours(hoursOf(form), Date.now()));
  const canCompare = venueOf(form) !== null && "geolocation" in navigator;
  const isAllowed = canCompare && (await mayLook());
  show(form, "[data-look-where]", canCompare && !isAllowed);
  if (isAllowed) await compare(form);
}

/** Without a question to the visitor: only where the browser was told before that this site may know. */
async function mayLook(): Promise<boolean> {
  const said = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return said?.state === "granted";
}

async function compare(form: HTMLFormElement): Promise<void> {
  const venue = venueOf(form);
  const here = venue && (await whereAmI());
  if (!venue || !here || form.dataset["lat"] !== String(venue.lat)) return;
  const isFar = isRemote(here, venue);
  positions.set(form, here);
  fill(form, { distance: distance(metres(here, venue)) });
  show(form, "[data-far]", isFar);
  show(form, "[data-near]", !isFar);
  show(form, "[data-look-where]", false);
}

function whereAmI(): Promise<Point | null> {
  return new Promise((resolve) => {
    const options = { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS };
    const found = ({ coords }: GeolocationPosition) =>
      resolve({ lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy });
    navigator.geolocation.getCurrentPosition(found, () => resolve(null), options);
  });
}

function hoursOf(form: HTMLFormElement): Hours {
  return JSON.parse(form.dataset["hours"] || "{}") as Hours;
}

function venueOf(form: HTMLFormElement): Point | null {
  const { lat, lon } = form.dataset;
  return lat && lon ? { lat: Number(lat), lon: Number(lon) } : null;
}

function distance(far: number): string {
  const language = document.documentElement.lang;
  const [amount, unit] = far < 1000 ? [Math.round(far / 10) * 10, "meter"] : [far / 1000, "kilometer"];
  const form = { style: "unit", unit: String(unit), maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, form).format(Number(amount));
}

function show(form: HTMLFormElement, selector: string, isShown: boolean): void {
  const part = form.querySelector<HTMLElement>(selector);
  if (part) part.hidden = !isShown;
}
