/** The feed of notices: two lines, a signature and what it is for. See `dauchan.tracing.notices.feed`. */
import { fromBase64Url } from "../../gate/base64url.ts";
import { isSigned } from "../../gate/codes/ed25519.ts";

/** In Vietnamese and in English. */
export type Words = [string, string];

export interface Notice {
  id: string;
  version: number;
  advice: string;
  /** Places in the feed's lists. */
  text: number;
  disease: number;
  commune: number;
  /** The hours that everybody reads, epoch seconds, half-open. */
  from: number;
  to: number;
  /** From then on it is no longer of use. */
  gone: number;
  keys: string[];
  /** Of a notice that names its place. */
  place?: string;
  address?: string;
}

export interface Feed {
  format: number;
  edition: number;
  issued_at: number;
  salt: string;
  notices: Notice[];
  withdrawn: string[];
  texts: Words[];
  diseases: Words[];
  communes: Words[];
}

/** Raw public keys by version, in base64url. */
export type FeedKeys = Record<string, string>;

const PURPOSE = "dauchan/notice-feed\0";
const DIGEST_BYTES = 32;
const SIGNATURE_BYTES = 64;
const FORMAT = 1;

/** The feed, or null if it is not signed by one of *keys*, or of a form that this build does not know. */
export async function readFeed(text: string, keys: FeedKeys): Promise<Feed | null> {
  const [first = "", second = ""] = text.split("\n");
  const line = new TextEncoder().encode(second);
  if (!(await isGenuine(first, line, keys))) return null;
  const feed = JSON.parse(second) as Feed;
  return feed.format === FORMAT ? feed : null;
}

async function isGenuine(first: string, line: Uint8Array<ArrayBuffer>, keys: FeedKeys): Promise<boolean> {
  const signed = signatureOf(first);
  const key = signed && keys[String(signed[0])];
  if (signed?.length !== 1 + DIGEST_BYTES + SIGNATURE_BYTES || !key) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", line));
  if (digest.some((byte, place) => byte !== signed[1 + place])) return false;
  const purpose = new TextEncoder().encode(PURPOSE);
  const message = new Uint8Array(purpose.length + 1 + DIGEST_BYTES);
  message.set(purpose);
  message.set(signed.slice(0, -SIGNATURE_BYTES), purpose.length);
  return isSigned(message, signed.slice(-SIGNATURE_BYTES), fromBase64Url(key));
}

function signatureOf(first: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64Url((JSON.parse(first) as { signed: string }).signed);
  } catch {
    return null;
  }
}
