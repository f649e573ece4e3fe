/** The keys of a telephone: each adds its digit to the field of its form. Without script one types into the field. */
import { enhance } from "./enhance.ts";

enhance("[data-dial-pad]", (pad) => {
  const field = pad.closest("form")?.elements.namedItem("keys");
  if (!(field instanceof HTMLInputElement)) return;
  for (const key of pad.querySelectorAll<HTMLButtonElement>("[data-key]")) {
    key.addEventListener("click", () => {
      field.value += key.dataset["key"] ?? "";
    });
  }
  pad.hidden = false;
});
