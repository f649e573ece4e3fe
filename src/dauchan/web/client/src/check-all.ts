import { enhance } from "./enhance.ts";

/** `<input type="checkbox" data-checks="name">` ticks all boxes of that name that belong to its form, within it or by `form=`. */
enhance("input[data-checks]", (element) => {
  const all = element as HTMLInputElement;
  const boxes = () =>
    [...(all.form?.elements ?? [])].filter(
      (element): element is HTMLInputElement =>
        element instanceof HTMLInputElement && element.name === all.dataset["checks"],
    );
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
  });
  for (const box of boxes()) box.addEventListener("change", tell);
  tell();
});
