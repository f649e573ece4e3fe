/**
 * Sealing what a gate queues so that only the server can open it. The device makes a pair of keys for every page load and
 * stores neither, so after a reload even the device cannot read its own queue.
 */
import { fromBase64Url, toBase64Url } from "./base64url.ts";

export interface QueueKey {
  version: number;
  /** 65 bytes, an uncompressed point of P-256. */
  public: string;
}

export type Seal = (text: string, scanId: string) => Promise<string>;

const AGREEMENT = { name: "ECDH", namedCurve: "P-256" } as const;
const INFO = new TextEncoder().encode("dauchan/gate-queue\0");
const NONCE_BYTES = 12;

export function newPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(AGREEMENT, false, ["deriveBits"]) as Promise<CryptoKeyPair>;
}

export async function makeSeal(server: QueueKey, pair: CryptoKeyPair, nonceOf = freshNonce): Promise<Seal> {
  const key = await sharedKey(server, pair.privateKey);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return async (text, scanId) => {
    const nonce = nonceOf();
    const how = { name: "AES-GCM", iv: nonce, additionalData: bytesOf(scanId) };
    const closed = new Uint8Array(await crypto.subtle.encrypt(how, key, new TextEncoder().encode(text)));
    return toBase64Url(Uint8Array.from([server.version, ...own, ...nonce, ...closed]));
  };
}

async function sharedKey(server: QueueKey, own: CryptoKey): Promise<CryptoKey> {
  const other = await crypto.subtle.importKey("raw", fromBase64Url(server.public), AGREEMENT, false, []);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: INFO };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

function freshNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

/** The sixteen bytes of a UUID. */
function bytesOf(uuid: string): Uint8Array<ArrayBuffer> {
  const hex = uuid.replace(/-/g, "");
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}
