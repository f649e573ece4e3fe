const MARKS = /\p{M}/gu;

/** Text as people type it in a hurry: small letters, đ as d, no marks. The twin of dauchan.vietnamese.fold. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(MARKS, "").replace(/\s+/g, " ").trim();
}
