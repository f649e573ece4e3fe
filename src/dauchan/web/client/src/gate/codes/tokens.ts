/** Our own codes, signed with Ed25519: the personal code of the moment, the printed control card. As `dauchan.qr.tokens`. */
import { decodeBase32 } from "./base32.ts";
import { isSigned } from "./ed25519.ts";
import { Refused } from "./refused.ts";

/** Public keys by version, 32 bytes each. */
export type CardKeys = Record<string, Uint8Array<ArrayBuffer>>;

export interface CodeLimits {
  personal_code_seconds: number;
  clock_skew_seconds: number;
}

interface Kind {
  prefix: string;
  purpose: string;
  payloadBytes: number;
}

const PERSONAL: Kind = { prefix: "DCP.", purpose: "dauchan/personal-code\0", payloadBytes: 12 };
const CARD: Kind = { prefix: "DCC.", purpose: "dauchan/control-card\0", payloadBytes: 8 };
const PREFIXES = ["DCT.", PERSONAL.prefix, CARD.prefix];
const PREFIX_LENGTH = 4;
const SIGNATURE_BYTES = 64;

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

/** The card's number in decimal digits. */
export async function readCardCode(text: string, keys: CardKeys): Promise<string> {
  const payload = await payloadOf(CARD, text, keys);
  return new DataView(payload.buffer, payload.byteOffset).getBigUint64(0).toString();
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
