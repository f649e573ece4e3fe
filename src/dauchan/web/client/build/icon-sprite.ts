import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const ICONS = join(import.meta.dirname, "../node_modules/lucide-static/icons");

/** The shapes inside one icon's <svg>, without its comment and its presentation attributes, which base.css gives. */
function shapes(name: string): string {
  const svg = readFileSync(join(ICONS, `${name}.svg`), "utf8");
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1];
  if (inner === undefined) throw new Error(`icon ${name} is no svg`);
  return inner.replace(/\s+/g, " ").replace(/> </g, "><").trim();
}

/** Writes the icons named in icons.json as one sprite, and icons.json with the sprite's hashed name for the templates. */
export function iconSprite(): Plugin {
  return {
    name: "icon-sprite",
    generateBundle() {
      const list = readFileSync(join(import.meta.dirname, "../icons.json"), "utf8");
      const names = (JSON.parse(list) as string[]).sort();
      const symbols = names.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${shapes(name)}</symbol>`);
      const sprite = `<!-- Lucide, ISC licence --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
      const reference = this.emitFile({ type: "asset", name: "icons.svg", source: sprite });
      const index = { sprite: this.getFileName(reference), names };
      this.emitFile({ type: "asset", fileName: "icons.json", source: `${JSON.stringify(index, null, 1)}\n` });
    },
  };
}
