/** The code below a poster's QR: eight characters, the last one a check. The same rule as `dauchan.qr.short_code`. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;
const BETWEEN = /[ \-\u00a0\u2010-\u2014.]/g;

/** "XXXX-XXXX" from what somebody typed, or null: one wrong character and two swapped ones are always found. */
export function readShortCode(text: string): string | null {
  const typed = text.toUpperCase().replace(BETWEEN, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const values = [...typed].map((letter) => ALPHABET.indexOf(letter));
  if (values.length !== LENGTH || values.includes(-1)) return null;
  if (checkValue(values.slice(0, -1)) !== values.at(-1)) return null;
  return `${typed.slice(0, LENGTH / 2)}-${typed.slice(LENGTH / 2)}`;
}

/** Sum of v·2^i over GF(32). */
function checkValue(values: number[]): number {
  return values.reduce((total, value) => doubled(total ^ value), 0);
}

/** 2·v in GF(32) with the primitive polynomial x^5 + x^2 + 1. */
function doubled(value: number): number {
  const shifted = value << 1;
  return shifted & 0b100000 ? shifted ^ 0b100101 : shifted;
}
