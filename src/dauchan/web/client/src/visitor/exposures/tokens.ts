/** What ties a notice to a phone that was there: the twin of `dauchan.tracing.notices.tokens`, which says how and why. */

import { fromBase64Url } from "../../gate/base64url.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Hours {
  /** Epoch seconds, half-open. */
  from: number;
  to: number;
}

/** What one code finds and opens on one local day. */
export interface DayKeys {
  token: string;
  open(notice: { id: string; version: number }, sealed: Bytes): Promise<Hours | null>;
}

const TOKEN_BYTES = 16;
const NONCE_BYTES = 12;
const TOKEN = "dauchan/notice-token\0";
const KEY = "dauchan/notice-key\0";
const encoder = new TextEncoder();

/** *day*: days of the local calendar since 1 January 1970. */
export async function keysOf(code: string, salt: Bytes, day: number): Promise<DayKeys> {
  const secret = encoder.encode(code);
  const hmac = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const derived = (purpose: string) =>
    crypto.subtle.sign("HMAC", hmac, joined(encoder.encode(purpose), salt, number(day, 4)));
  const token = hex(new Uint8Array(await derived(TOKEN)).slice(0, TOKEN_BYTES));
  return {
    token,
    async open({ id, version }, sealed) {
      const key = await crypto.subtle.importKey("raw", await derived(KEY), "AES-GCM", false, ["decrypt"]);
      const named = fromBase64Url(id);
      const additionalData = joined(named, number(version, 2));
      const how = { name: "AES-GCM", iv: named.slice(0, NONCE_BYTES), additionalData };
      const opened = await crypto.subtle.decrypt(how, key, sealed).catch(() => null);
      if (opened?.byteLength !== 8) return null;
      const view = new DataView(opened);
      return { from: view.getUint32(0), to: view.getUint32(4) };
    },
  };
}

/** A key of the feed taken apart: what it is found by, and the sealed hours. */
export function splitKey(key: string): { token: string; sealed: Bytes } {
  const bytes = fromBase64Url(key);
  return { token: hex(bytes.slice(0, TOKEN_BYTES)), sealed: bytes.slice(TOKEN_BYTES) };
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Big-endian. */
function number(value: number, length: 2 | 4): Bytes {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  if (length === 2) view.setUint16(0, value);
  else view.setUint32(0, value);
  return bytes;
}

function joined(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
