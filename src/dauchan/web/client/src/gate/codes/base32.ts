/** Base32 (RFC 4648, no padding), each value in exactly one spelling. The same rules as `dauchan.qr.base32`. */
import { Refused } from "./refused.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;

/** The *length* bytes of *text*, in capitals or not. */
export function decodeBase32(text: string, length: number): Uint8Array<ArrayBuffer> {
  const values = [...text.toUpperCase()].map((letter) => ALPHABET.indexOf(letter));
  if (text.length !== Math.ceil((length * 8) / BITS) || values.includes(-1)) throw new Refused("malformed");
  const bytes = new Uint8Array(length);
  let [held, bits, at] = [0, 0, 0];
  for (const value of values) {
    held = ((held << BITS) | value) & 0xfff;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
  }
  if (held & ((1 << bits) - 1)) throw new Refused("malformed");
  return bytes;
}
