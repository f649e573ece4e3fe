import { enhance } from "./enhance.ts";

/** The console's drawer opens by its address (#side), script or not; this adds the Escape key, focus and what is heard. */
enhance("#side", (side) => {
  const openers = document.querySelectorAll<HTMLElement>('a[href="#side"]');
  const tell = () => {
    const isOpen = location.hash === "#side";
    for (const opener of openers) opener.setAttribute("aria-expanded", String(isOpen));
    // A link takes the focus only once the drawer is visible.
    if (isOpen) window.setTimeout(() => side.querySelector<HTMLElement>("a")?.focus(), 50);
  };
  window.addEventListener("hashchange", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || location.hash !== "#side") return;
    location.hash = "#main";
    openers[0]?.focus();
  });
  tell();
});

/** The account menu closes on Escape and on a press elsewhere. */
enhance("details.account", (element) => {
  const menu = element as HTMLDetailsElement;
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});
