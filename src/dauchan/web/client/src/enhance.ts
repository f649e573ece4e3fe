/** Ties modules to elements: once for the page, again for every piece that htmx brings. */

type Enhancer = (element: HTMLElement) => void;

const enhancers: { selector: string; enhancer: Enhancer; done: WeakSet<Element> }[] = [];

/** Calls *enhancer* once for every element that matches, now or later. */
export function enhance(selector: string, enhancer: Enhancer): void {
  enhancers.push({ selector, enhancer, done: new WeakSet() });
}

/** The same for a heavy module: it is loaded when the first such element comes near the window. */
export function enhanceLazily(selector: string, load: () => Promise<{ default: Enhancer }>): void {
  enhance(selector, (element) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        void load().then((module) => module.default(element));
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
  });
}

function enhanceWithin(root: ParentNode): void {
  for (const { selector, enhancer, done } of enhancers) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      enhancer(element);
    }
  }
}

export function start(): void {
  enhanceWithin(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof HTMLElement) enhanceWithin(event.target);
  });
}
