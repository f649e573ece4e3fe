/** Corners of a zone as text, one line each, as the server reads them too (dauchan.tracing.zones.corners). */
export type Corner = [lon: number, lat: number];

const NUMBER = "[-+]?\\d{1,3}(?:[.,]\\d+)?";
const LINE = new RegExp(`^(${NUMBER})(?:\\s*;\\s*|\\s+|\\s*,\\s*)(${NUMBER})$`);
const DECIMALS = 6;

const numberOf = (text: string | undefined) => Number((text ?? "").replace(",", "."));

/** The parts that a text says; a line that is no corner is passed over: the server names it. */
export function readCorners(text: string): Corner[][] {
  const parts: Corner[][] = [[]];
  for (const line of text.split(/\r?\n/)) {
    const found = LINE.exec(line.trim());
    if (found) parts[parts.length - 1]?.push([numberOf(found[2]), numberOf(found[1])]);
    else if (!line.trim()) parts.push([]);
  }
  return parts.filter((part) => part.length);
}

export function writeCorners(parts: Corner[][]): string {
  return parts
    .map((part) => part.map(([lon, lat]) => `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`).join("\n"))
    .join("\n\n");
}
