/** Mending what a reader or a hand scanner garbled. The same rules as `dauchan.qr.garbled`. */
import { Refused } from "./refused.ts";

/** A keyboard scanner types a byte it has no key for as Alt+0ddd; where nobody holds Alt, the digits stay. */
const CONTINUED = "0(?:12[89]|1[3-8][0-9]|19[01])";
const TYPED_BYTES = new RegExp(
  `0(?:19[4-9]|2[01][0-9]|22[0-3])${CONTINUED}|0(?:22[4-9]|23[0-9])(?:${CONTINUED}){2}`,
  "g",
);
const TYPED_LENGTH = 4;
/** Control characters, the replacement character, private use; and what is left of UTF-8 read as Latin-1. */
const LOST = /(?![\t\n\v\f\r])\p{Cc}|[\ufffd\ue000-\uf8ff]|[\u00c2-\u00f4][\u00a1-\u00bf]/u;
const AROUND = new Set(["\ufeff", "\0", " ", "\t", "\r", "\n"]);
const MOST_TIMES_GARBLED = 2;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const windows = new TextDecoder("windows-1252");
const WINDOWS_BYTES = new Map<string, number>();
for (let byte = 0x80; byte < 0xa0; byte += 1) WINDOWS_BYTES.set(windows.decode(Uint8Array.of(byte)), byte);

/** The whole text of a code without what surrounds it, in NFC, with UTF-8 read as Latin-1 put right. */
export function mendText(text: string): string {
  let trimmed = withoutSurroundings(text);
  for (let turn = 0; turn < MOST_TIMES_GARBLED; turn += 1) trimmed = rereadAsUtf8(trimmed);
  return trimmed.normalize("NFC");
}

/** A name or an address with typed-out bytes made letters again. Not for fields of digits. */
export function mendWords(field: string): string {
  const words = field.replace(TYPED_BYTES, typedLetter).normalize("NFC");
  if (LOST.test(words)) throw new Refused("broken_letters");
  return words.trim().split(/\s+/).join(" ");
}

/** A person's name holds letters and neither digits nor question marks. */
export function mendName(field: string): string {
  const name = mendWords(field);
  if (/[\p{Nd}?]/u.test(name)) throw new Refused("broken_letters");
  if (!/\p{L}/u.test(name)) throw new Refused("broken_card");
  return name;
}

/** The text that bytes of UTF-8 say, or null. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

function withoutSurroundings(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && AROUND.has(text[start] as string)) start += 1;
  while (end > start && AROUND.has(text[end - 1] as string)) end -= 1;
  return text.slice(start, end);
}

function rereadAsUtf8(text: string): string {
  const bytes = [...text].map((letter) => WINDOWS_BYTES.get(letter) ?? (letter.codePointAt(0) as number));
  if (bytes.every((byte) => byte < 0x80) || bytes.some((byte) => byte > 0xff)) return text;
  return fromUtf8(Uint8Array.from(bytes)) ?? text;
}

/** Only letters are taken for letters: anything else was digits of an address. */
function typedLetter(typed: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < typed.length; at += TYPED_LENGTH) bytes.push(Number(typed.slice(at, at + TYPED_LENGTH)));
  const letter = lenient.decode(Uint8Array.from(bytes));
  return /^[\p{L}\p{M}]/u.test(letter) ? letter : typed;
}
