/** Which kind of code somebody shows at a gate, and reading it. The same rules as `dauchan.qr.carried`. */
import type { CarriedCode } from "./claims.ts";
import { readDocument } from "./documents.ts";
import { mendText } from "./garbled.ts";
import { Refused } from "./refused.ts";
import { isCardCode, isPersonalCode, isToken } from "./tokens.ts";

const MOST_TEXT = 4096;
const VENUE_CODE = /^[A-Z2-7]{31}$/;
/** As narrow as `dauchan.qr.venue_code`. */
const VENUE_ADDRESS = /^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/q\/([a-z0-9-]+)\/?(?:[?#]\S*)?$/i;

export function readCarriedCode(text: string): CarriedCode {
  const mended = mendText([...text].slice(0, MOST_TEXT).join(""));
  const document = readDocument(mended.split("|").map((part) => part.trim()));
  if (document) return document;
  const ours = { number: mended.toUpperCase(), fullName: "" };
  if (isPersonalCode(mended)) return { kind: "personal_code", ...ours };
  if (isCardCode(mended)) return { kind: "control_card", ...ours };
  throw new Refused(reasonFor(mended));
}

function reasonFor(text: string): string {
  if (!text) return "empty";
  if (isToken(text) || isVenueAddress(text)) return "wrong_kind";
  if (text.startsWith("HC1:")) return "eu_certificate";
  return text.toLowerCase().includes("vneid") ? "vneid" : "unknown_card";
}

function isVenueAddress(text: string): boolean {
  return VENUE_CODE.test((VENUE_ADDRESS.exec(text)?.[1] ?? "").toUpperCase());
}
