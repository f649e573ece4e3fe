import { enhance } from "./enhance.ts";

const PATIENCE_MS = 15_000;
const FRESH_MS = 60_000;
const DECIMALS = 6;

/** `<form data-here>`: a button that puts the device's position into the form's hidden lat, lon and accuracy_m. */
enhance("form[data-here]", (element) => {
  const form = element as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("[data-locate]");
  const said = form.querySelector<HTMLElement>("[data-said]");
  if (!button || !said || !("geolocation" in navigator)) return;
  button.hidden = false;
  const put = (name: string, value: number, decimals: number) => {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value.toFixed(decimals);
  };
  const found = ({ coords }: GeolocationPosition) => {
    put("lat", coords.latitude, DECIMALS);
    put("lon", coords.longitude, DECIMALS);
    put("accuracy_m", coords.accuracy, 0);
    said.textContent = (said.dataset["found"] ?? "").replace("{metres}", coords.accuracy.toFixed(0));
    button.removeAttribute("aria-busy");
  };
  const missing = () => {
    said.textContent = said.dataset["missing"] ?? "";
    button.removeAttribute("aria-busy");
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    const options = { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS };
    navigator.geolocation.getCurrentPosition(found, missing, options);
  });
});
