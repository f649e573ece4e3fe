/**
 * The national personal code, identity cards with chip, health insurance cards: `dauchan.qr.identity_card` and
 * `dauchan.qr.insurance_card` once more, for a gate without a network. What is not needed there is checked and dropped.
 */
import { type CarriedCode, checkBirth, checkDay } from "./claims.ts";
import { fromUtf8, mendName, mendWords } from "./garbled.ts";
import { Refused } from "./refused.ts";

const NUMBER = /^[A-Z0-9]{6,20}$/;
const PERSONAL_NUMBER = /^[0-9]{12}$/;
const MASKABLE_DAY = /^[\d*]{4}-[\d*]{2}-[\d*]{2}$/;
const DIGITS_OF_DAY = /^[0-9]{8}$/;
const NATIONAL_PARTS = 6;
const CARD_2021_PARTS = 7;
const INSURANCE_NUMBER = /^(?:[A-Z]{2}\d{3})?(\d{10})$/;
const OLD_PARTS = 15;
const NEW_PARTS = 17;
const ADDRESS_OLD = 4;
const ADDRESS_NEW = 15;
const HEX = /^(?:[0-9a-f]{2})+$/i;

/** The document that *parts* are, or null where they are none. */
export function readDocument(parts: string[]): CarriedCode | null {
  if (parts.length > 1 && parts.at(-1) === "$") return readInsuranceCard(parts);
  if (parts.length === NATIONAL_PARTS && MASKABLE_DAY.test(parts[2] ?? "")) return readNationalCode(parts);
  if (parts.length > 1 && PERSONAL_NUMBER.test(parts[0] ?? "")) return readIdentityCard(parts);
  return null;
}

function readNationalCode([number = "", name = "", birth = "", declaredBy = ""]: string[]): CarriedCode {
  if ((number + birth).includes("*")) throw new Refused("masked");
  const capitals = number.toUpperCase();
  if (!NUMBER.test(capitals) || (declaredBy !== "0" && declaredBy !== "1")) throw new Refused("broken_card");
  checkBirth(birth);
  return { kind: "national_code", number: capitals, fullName: mendName(name) };
}

/** Some readers leave the old number out altogether, so the birth date tells where the fields begin. */
function readIdentityCard(parts: string[]): CarriedCode {
  const nameAt = [2, 1].find((place) => DIGITS_OF_DAY.test(parts[place + 1] ?? ""));
  if (!nameAt) throw new Refused("broken_card");
  const [name = "", birth = "", sex = "", address = "", issued = ""] = parts.slice(nameAt);
  checkBirth(birth);
  const fullName = mendName(name);
  mendWords(sex);
  mendWords(address);
  if (issued) checkDay(issued);
  const kind = parts.length > CARD_2021_PARTS ? "identity_card_2024" : "identity_card_2021";
  return { kind, number: parts[0] ?? "", fullName };
}

/** The old number is a benefit code and a province before the ten digits of the person, which the new card prints alone. */
function readInsuranceCard(parts: string[]): CarriedCode {
  const person = INSURANCE_NUMBER.exec((parts[0] ?? "").toUpperCase())?.[1];
  if (!person || parts.length < OLD_PARTS) throw new Refused("broken_card");
  const isNew = parts.length >= NEW_PARTS;
  checkBirth(parts[2] ?? "");
  const fullName = mendName(fromHex(parts[1] ?? ""));
  mendWords(fromHex(parts[isNew ? ADDRESS_NEW : ADDRESS_OLD] ?? ""));
  return { kind: isNew ? "insurance_card_new" : "insurance_card_old", number: person, fullName };
}

function fromHex(text: string): string {
  if (text === "" || text === "-") return "";
  if (!HEX.test(text)) throw new Refused("broken_letters");
  const bytes = Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
  const words = fromUtf8(bytes);
  if (words === null) throw new Refused("broken_letters");
  return words;
}
