import { enhance } from "./enhance.ts";

/** `<button data-opens="id">` opens the dialog with that id; a `<a href>` with it stays a link without script. */
enhance("[data-opens]", (opener) => {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset["opens"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
});

enhance("dialog.dialog", (element) => {
  const dialog = element as HTMLDialogElement;
  for (const button of dialog.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", () => dialog.close());
  }
  // A press on the veil lands on the dialog itself, beside its content.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !dialog.hasAttribute("data-stays")) dialog.close();
  });
  // Sent back with errors: the reader goes on where they were.
  if (dialog.hasAttribute("data-open-now")) dialog.showModal();
});
