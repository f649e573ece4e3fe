import "./common.ts";
import { enhance, start } from "./enhance.ts";
import { showToast } from "./toast.ts";

enhance("[data-toast-specimen]", (button) => {
  button.addEventListener("click", () => showToast(button.dataset["toastSpecimen"] ?? "", "good"));
});

start();
