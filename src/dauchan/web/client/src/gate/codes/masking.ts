/** What may be shown of a person to somebody who only has to recognise them. As `dauchan.vietnamese.masking`. */

const HIDDEN = "•••••";
const SHORTEST_SHOWN = 9;
const MASKED_FIRST = 6;

export function maskPhone(e164: string): string {
  const digits = e164.replace(/\+84(\d+)/, "0$1");
  return digits.length < SHORTEST_SHOWN ? HIDDEN : `${digits.slice(0, 3)}${HIDDEN}${digits.slice(-2)}`;
}

export function maskName(fullName: string): string {
  const words = fullName.split(/\s+/).filter(Boolean);
  const masked = words.map((word) => `${[...word][0]}•••`);
  return words.length < 2 ? masked.join("") : [...masked.slice(0, -1), words.at(-1)].join(" ");
}

/** A document's number with its first characters hidden, as decision 1405/QĐ-BTTTT has it. */
export function maskNumber(number: string): string {
  return "•".repeat(Math.min(MASKED_FIRST, number.length)) + number.slice(MASKED_FIRST);
}
