import { enhance } from "./enhance.ts";

function themeInForce(): string {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Changes the theme at once; the form's own request lets the server remember it. */
enhance("form.theme-switch", (form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = themeInForce() === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = theme;
    document.dispatchEvent(new CustomEvent("themechange"));
    const body = new FormData(form as HTMLFormElement);
    body.set("theme", theme);
    void fetch((form as HTMLFormElement).action, { method: "POST", body, redirect: "manual" });
  });
});
