/** Our own codes, signed with Ed25519: the personal code of the moment, the printed control card. As `dauchan.qr.tokens`. */
import { decodeBase32 } from "./base32.ts";
import { isSigned } from "./ed25519.ts";
import { Refused } from "./refused.ts";

/** Public keys by version, 32 bytes each. */
export type CardKeys = Record<string, Uint8Array<ArrayBuffer>>;

export interface CodeLimits {
  personal_code_seconds: number;
  clock_skew_seconds: number;
  utc_offset_minutes: number;
}

export interface Card {
  /** Its number in decimal digits. */
  number: string;
  /** The first local day on which it is no longer good, counted from 1970; null on cards printed before their code said so. */
  endsOn: number | null;
}

interface Kind {
  prefix: string;
  purpose: string;
  payloadBytes: number;
}

const PREFIX_LENGTH = 4;
const SIGNATURE_BYTES = 64;
const PERSONAL: Kind = { prefix: "DCP.", purpose: "dauchan/personal-code\0", payloadBytes: 12 };
const CARD: Kind = { prefix: "DCC.", purpose: "dauchan/control-card\0", payloadBytes: 10 };
/** The cards of before, told by their shorter text. */
const UNDATED_CARD: Kind = { ...CARD, payloadBytes: 8 };
const UNDATED_CARD_LETTERS = PREFIX_LENGTH + Math.ceil(((1 + UNDATED_CARD.payloadBytes + SIGNATURE_BYTES) * 8) / 5);
const PREFIXES = ["DCT.", PERSONAL.prefix, CARD.prefix];

export function isToken(text: string): boolean {
  return PREFIXES.includes(text.slice(0, PREFIX_LENGTH).toUpperCase());
}

export function isPersonalCode(text: string): boolean {
  return text.slice(0, PREFIX_LENGTH).toUpperCase() === PERSONAL.prefix;
}

export function isCardCode(text: string): boolean {
  return text.slice(0, PREFIX_LENGTH).toUpperCase() === CARD.prefix;
}

/** The person's number in decimal digits, from a code shown at *now* (epoch seconds by the server's clock). */
export async function readPersonalCode(text: string, keys: CardKeys, now: number, limits: CodeLimits): Promise<string> {
  const payload = await payloadOf(PERSONAL, text, keys);
  const view = new DataView(payload.buffer, payload.byteOffset);
  const expiresAt = view.getUint32(8);
  if (now >= expiresAt) throw new Refused("expired");
  if (now < expiresAt - limits.personal_code_seconds - limits.clock_skew_seconds) throw new Refused("not_yet");
  return view.getBigUint64(0).toString();
}

export async function readCardCode(text: string, keys: CardKeys): Promise<Card> {
  const isDated = text.length !== UNDATED_CARD_LETTERS;
  const payload = await payloadOf(isDated ? CARD : UNDATED_CARD, text, keys);
  const view = new DataView(payload.buffer, payload.byteOffset);
  return { number: view.getBigUint64(0).toString(), endsOn: isDated ? view.getUint16(8) : null };
}

/** The local day of an instant in epoch seconds, counted from 1970. */
export function dayOf(now: number, limits: CodeLimits): number {
  return Math.floor((now + limits.utc_offset_minutes * 60) / 86_400);
}

/** What is signed in a code: key version, payload, signature. */
async function payloadOf(kind: Kind, text: string, keys: CardKeys): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = decodeBase32(text.slice(PREFIX_LENGTH), 1 + kind.payloadBytes + SIGNATURE_BYTES);
  const key = keys[String(sealed[0])];
  if (!key) throw new Refused("unknown_key");
  const body = sealed.slice(0, -SIGNATURE_BYTES);
  const purpose = new TextEncoder().encode(kind.purpose);
  const message = new Uint8Array(purpose.length + body.length);
  message.set(purpose);
  message.set(body, purpose.length);
  if (!(await isSigned(message, sealed.slice(-SIGNATURE_BYTES), key))) throw new Refused("bad_signature");
  return body.slice(1);
}
