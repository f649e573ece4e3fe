/**
 * A typed phone number, as `dauchan.vietnamese.read_phone` reads it. Vietnamese numbers exactly; of foreign ones, which
 * begin with + or 00, the country's code and the length: the server looks closer when it gets them.
 */
import numbers from "./phone-numbers.json" with { type: "json" };
import { Refused } from "./refused.ts";

const TYPED = /^[0-9 \t\n\v\f\r.()+-]{3,24}$/;
const WRITTEN = /^\+?[0-9 \t\n\v\f\r().-]*$/;
const TRUNK = /^(?:(?:\+|00)840?|0)?([0-9]*)$/;
const HOTLINE = /^(?:1800|1900)[0-9]{4,6}$/;
const SUBSCRIBER_DIGITS = 7;
const MOBILE_DIGITS = 9;
const CALLING = "84";
const LONGEST_CALLING = 3;
const { mobile, landline, general, shortest, longest, prefixes_of_2018: PREFIXES, lengths_abroad: ABROAD } = numbers;

function isWhole(pattern: string, digits: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(digits);
}

/** Digits and what people write between them: nothing that a code we know looks like. */
export function isTypedNumber(text: string): boolean {
  return TYPED.test(text.trim());
}

/** The number in E.164. */
export function readPhone(text: string): string {
  const written = text.trim();
  if (!written) throw new Refused("empty");
  if (!WRITTEN.test(written)) throw new Refused("letters");
  const digits = renumbered(written);
  if (digits.startsWith("+")) return withCalling(digits.slice(1));
  if (/^00[1-9]/.test(digits)) return withCalling(digits.slice(2));
  return vietnamese(withoutTrunk(withoutCalling(digits)));
}

/** The digits as they are dialled today; hotlines have no E.164 form. */
function renumbered(written: string): string {
  const digits = (written.startsWith("+") ? "+" : "") + written.replace(/[^0-9]/g, "");
  const national = TRUNK.exec(digits)?.[1] ?? "";
  if (HOTLINE.test(national)) throw new Refused("hotline");
  const prefix = (PREFIXES as Record<string, string>)[national.slice(0, 3)];
  const subscriber = national.slice(3);
  return prefix && subscriber.length === SUBSCRIBER_DIGITS ? `+84${prefix}${subscriber}` : digits;
}

function withCalling(digits: string): string {
  if (digits.startsWith(CALLING)) return vietnamese(withoutTrunk(digits.slice(CALLING.length)));
  for (let length = 1; length <= LONGEST_CALLING; length += 1) {
    const lengths = (ABROAD as Record<string, number[]>)[digits.slice(0, length)];
    if (lengths) return abroad(digits, digits.length - length, lengths);
  }
  throw new Refused(digits.length > 2 ? "unknown" : "too_short");
}

function abroad(digits: string, national: number, [shortestThere = 0, longestThere = 0]: number[]): string {
  if (national < shortestThere) throw new Refused("too_short");
  if (national > longestThere) throw new Refused("too_long");
  return `+${digits}`;
}

/** 84905… without its plus. */
function withoutCalling(digits: string): string {
  if (!digits.startsWith(CALLING)) return digits;
  const national = withoutTrunk(digits.slice(CALLING.length));
  const isMeant = (!isWhole(general, digits) && isWhole(general, national)) || digits.length > longest;
  return isMeant ? digits.slice(CALLING.length) : digits;
}

function withoutTrunk(digits: string): string {
  const stripped = digits.replace(/^0/, "");
  return stripped.length < shortest || (isWhole(general, digits) && !isWhole(general, stripped)) ? digits : stripped;
}

function vietnamese(national: string): string {
  if (national.length > longest) throw new Refused("too_long");
  if (national.length < shortest) throw new Refused("too_short");
  if (isWhole(mobile, national)) return `+${CALLING}${national}`;
  if (isWhole(landline, national)) throw new Refused("not_mobile");
  throw new Refused(misfit(national.replace(/^0+/, "")));
}

/** The commonest slip is a digit too few or too many, so look for that first. */
function misfit(national: string): string {
  if (!/^[35789]/.test(national) || national.length === MOBILE_DIGITS) return "unknown";
  return national.length < MOBILE_DIGITS ? "too_short" : "too_long";
}
