/** The slider of a map over time: circles grow and shrink, a sentence says what is seen. */
export default function mount(figure: HTMLElement): void {
  const slider = figure.querySelector<HTMLInputElement>("input[type=range]");
  const told = figure.querySelector<HTMLElement>(".spread-step");
  if (!slider || !told) return;
  const names = (told.dataset["names"] ?? "").split("|");
  const areas = [...figure.querySelectorAll<SVGGElement>("g.area")].map((group) => ({
    circle: group.querySelector("circle"),
    text: group.querySelector("text"),
    radii: (group.dataset["radii"] ?? "").split(","),
    figures: (group.dataset["figures"] ?? "").split(","),
  }));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const show = () => {
    const step = slider.valueAsNumber;
    let sum = 0;
    for (const { circle, text, radii, figures } of areas) {
      circle?.setAttribute("r", radii[step] ?? "0");
      if (text) text.textContent = figures[step] ?? "";
      sum += Number(figures[step] ?? 0);
    }
    const said = `${numbers.format(sum)} ${told.dataset["unit"] ?? ""}`;
    told.textContent = `${names[step] ?? ""} · ${said}`;
    slider.setAttribute("aria-valuetext", told.textContent);
  };
  slider.addEventListener("input", show);
  slider.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
  show();
}
