/** Whom a code stands for that somebody shows at a gate, found out without a server. */
import { readCarriedCode } from "./carried.ts";
import type { CarriedCode } from "./claims.ts";
import { maskName, maskNumber, maskPhone } from "./masking.ts";
import { isTypedNumber, readPhone } from "./phone.ts";
import { Refused } from "./refused.ts";
import { type CardKeys, type CodeLimits, dayOf, readCardCode, readPersonalCode } from "./tokens.ts";

/** What a gate must know to read our own codes. */
export interface Known {
  cardKeys: CardKeys;
  /** Numbers of cards in decimal digits. */
  revokedCards: ReadonlySet<string>;
}

export interface Shown {
  /** `kind:number`, as it is sealed for the server. */
  carried: string;
  /** The same for all codes of one person that carry one number; goes through a keyed hash before it is remembered. */
  subject: string;
  kind: string;
  /** Masked; empty where only the server knows. */
  who: string;
}

/** *now*: epoch seconds by the server's clock. Throws Refused. */
export async function readShown(text: string, known: Known, now: number, limits: CodeLimits): Promise<Shown> {
  if (isTypedNumber(text)) {
    const phone = readPhone(text);
    return { carried: `phone:${phone}`, subject: `phone:${phone}`, kind: "phone", who: maskPhone(phone) };
  }
  const code = readCarriedCode(text);
  const carried = `${code.kind}:${code.number}`;
  const subject = await subjectOf(code, known, now, limits);
  const isOurs = code.kind === "personal_code" || code.kind === "control_card";
  const who = isOurs ? "" : `${maskName(code.fullName)} ${maskNumber(code.number)}`.trim();
  return { carried, subject, kind: code.kind, who };
}

async function subjectOf(code: CarriedCode, known: Known, now: number, limits: CodeLimits): Promise<string> {
  if (code.kind === "personal_code")
    return `person:${await readPersonalCode(code.number, known.cardKeys, now, limits)}`;
  if (code.kind !== "control_card")
    return `${code.kind.startsWith("insurance") ? "insured" : "citizen"}:${code.number}`;
  const card = await readCardCode(code.number, known.cardKeys);
  if (known.revokedCards.has(card.number)) throw new Refused("card_revoked");
  if (card.endsOn !== null && dayOf(now, limits) >= card.endsOn) throw new Refused("card_expired");
  return `card:${card.number}`;
}
