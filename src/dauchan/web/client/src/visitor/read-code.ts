/** What a text is, as far as a phone can tell without a network: it has no key, so only the door knows a forgery. */
import { readShortCode } from "./short-code.ts";

export type CodeRead =
  | { kind: "venue"; code: string }
  | { kind: "short"; code: string }
  | { kind: "mistyped" }
  | { kind: "foreign" };

const VENUE_CODE = /^[A-Z2-7]{31}$/;
/** As narrow as `dauchan.qr.venue_code`: user names, backslashes and strange letters are how a look-alike passes. */
const ADDRESS = /^https?:\/\/([a-z0-9.-]+)(:[0-9]{1,5})?\/q\/([a-z0-9-]+)\/?(?:[?#]\S*)?$/i;
const LONGEST_TYPED = 14;

/** *hosts*: our own, in small letters, with or without a port. */
export function readCode(text: string, hosts: readonly string[]): CodeRead {
  const stripped = text.trim();
  if (!stripped.includes("/") && !stripped.includes(":")) return readBare(stripped);
  const [, host = "", port = "", code = ""] = ADDRESS.exec(stripped) ?? [];
  const isOurs = hosts.includes(host.toLowerCase()) || hosts.includes(host.toLowerCase() + port);
  if (!isOurs) return { kind: "foreign" };
  const read = readBare(code);
  return read.kind === "mistyped" ? { kind: "foreign" } : read;
}

function readBare(text: string): CodeRead {
  const capitals = text.toUpperCase();
  if (VENUE_CODE.test(capitals)) return { kind: "venue", code: capitals };
  const short = readShortCode(text);
  if (short) return { kind: "short", code: short };
  return { kind: text.length <= LONGEST_TYPED ? "mistyped" : "foreign" };
}
