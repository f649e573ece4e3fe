/** The value of a colour token in the theme in force, for canvases that know no custom properties. */
export function colour(name: string, element: Element = document.documentElement): string {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim();
}

/** Calls *redraw* when the reader or their system changes between light and dark. */
export function onThemeChange(redraw: () => void): void {
  document.addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
