/** What a code says that somebody carries, and the dates in it. The same rules as `dauchan.qr.claims`. */
import { Refused } from "./refused.ts";

export type CarriedKind =
  | "national_code"
  | "identity_card_2021"
  | "identity_card_2024"
  | "insurance_card_old"
  | "insurance_card_new"
  | "personal_code"
  | "control_card";

export interface CarriedCode {
  kind: CarriedKind;
  /** Number of the document; for one of our own codes its text, still to be verified. */
  number: string;
  fullName: string;
}

const FIRST_YEAR = 1880;
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;
const LOCAL = /^(\d\d)(\/?)(\d\d)\2(\d{4})$/;
const YEAR = /^(?:0000)?(\d{4})$/;

/** Refuses what is no day of the calendar: `YYYY-MM-DD`, `ddmmyyyy` or `dd/mm/yyyy`. */
export function checkDay(text: string): void {
  const iso = ISO.exec(text);
  const local = LOCAL.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[4], local[3], local[1]] : [];
  if (!year) throw new Refused("broken_card");
  const instant = new Date(0);
  instant.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = instant.getUTCMonth() === Number(month) - 1 && instant.getUTCDate() === Number(day);
  if (!isReal || Number(year) < FIRST_YEAR) throw new Refused("impossible_date");
}

/** A day, or a year alone, written `1950` or `00001950`. */
export function checkBirth(text: string): void {
  const year = YEAR.exec(text)?.[1];
  if (!year) checkDay(text);
  else if (Number(year) < FIRST_YEAR) throw new Refused("impossible_date");
}
