import { enhance } from "./enhance.ts";

interface Pair {
  tab: HTMLAnchorElement;
  panel: HTMLElement;
}

function pairsOf(list: HTMLElement): Pair[] {
  const pairs: Pair[] = [];
  for (const tab of list.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    const panel = document.getElementById(tab.hash.slice(1));
    if (panel) pairs.push({ tab, panel });
  }
  return pairs;
}

function select(pairs: Pair[], chosen: Pair): void {
  for (const pair of pairs) {
    const isChosen = pair === chosen;
    pair.tab.setAttribute("aria-selected", String(isChosen));
    pair.tab.tabIndex = isChosen ? 0 : -1;
    pair.panel.hidden = !isChosen;
  }
}

const STEP: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** Links to parts of the page become tabs; without script they stay links and all parts are shown. */
enhance("[data-tabs]", (list) => {
  const pairs = pairsOf(list);
  const first = pairs.find((pair) => pair.tab.hash === location.hash) ?? pairs[0];
  if (!first) return;
  list.setAttribute("role", "tablist");
  pairs.forEach((pair, index) => {
    pair.tab.setAttribute("role", "tab");
    pair.tab.setAttribute("aria-controls", pair.panel.id);
    pair.tab.id ||= `${pair.panel.id}-tab`;
    pair.panel.setAttribute("role", "tabpanel");
    pair.panel.setAttribute("aria-labelledby", pair.tab.id);
    pair.tab.addEventListener("click", (event) => {
      event.preventDefault();
      select(pairs, pair);
      history.replaceState(null, "", pair.tab.hash);
    });
    pair.tab.addEventListener("keydown", (event) => {
      const step = STEP[event.key];
      const next = step && pairs[(index + step + pairs.length) % pairs.length];
      if (!next) return;
      event.preventDefault();
      select(pairs, next);
      next.tab.focus();
    });
  });
  select(pairs, first);
});
