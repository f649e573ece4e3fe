import { enhance } from "./enhance.ts";

/** A form is sent once: its button shows that it is on its way. Coming back through history wakes it again. */
enhance("form[method]", (form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset["sending"]) {
      event.preventDefault();
      return;
    }
    // The browser reads the pressed button's name and value after this turn: mark it busy, do not disable it.
    window.setTimeout(() => {
      if (event.defaultPrevented || form.hasAttribute("data-downloads")) return;
      form.dataset["sending"] = "1";
      (event as SubmitEvent).submitter?.setAttribute("aria-busy", "true");
    });
  });
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLElement>("form[data-sending]")) {
    delete form.dataset["sending"];
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

/** After a refused form the reader starts at the list of what is wrong. */
enhance(".error-summary", (summary) => {
  summary.tabIndex = -1;
  summary.focus();
  for (const link of summary.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      const field = fieldAt(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.scrollIntoView({ block: "center" });
      field.focus({ preventScroll: true });
    });
  }
});

/** The element one types into: a combobox stands in for its select, and a group has its first input. */
function fieldAt(id: string): HTMLElement | null {
  const target = document.getElementById(`${id}-typed`) ?? document.getElementById(id);
  if (!target || target.matches("input, select, textarea")) return target;
  return target.querySelector<HTMLElement>("input:not([type=hidden]), button") ?? target;
}

/** Filters act as soon as a choice is made. */
enhance("form[data-submits-on-change]", (form) => {
  form.addEventListener("change", () => (form as HTMLFormElement).requestSubmit());
});

/** `<button data-copies="text">` copies its text and says so with its own data-copied words. */
enhance("[data-copies]", (button) => {
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(button.dataset["copies"] ?? "").then(() => {
      const detail = { text: button.dataset["copied"], tone: "good" };
      document.dispatchEvent(new CustomEvent("toast", { detail }));
    });
  });
});

enhance("[data-prints]", (button) => button.addEventListener("click", () => window.print()));
