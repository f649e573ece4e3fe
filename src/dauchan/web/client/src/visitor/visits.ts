/** The visits made with this phone, with the names of who came along: these leave the phone only by its owner's hand. */
import { isTooOld } from "./rules.ts";
import { all, drop, get, put } from "./store.ts";

export interface PhoneVisit {
  id: string;
  mark: string;
  name: string;
  address: string;
  /** Signed or short, as it was read. */
  code: string;
  entered_at: string;
  left_at?: string;
  party: number;
  companions: string[];
  state: "waiting" | "recorded" | "refused";
  sentence?: string;
  /** As the door recorded it: the time that counts where this phone's clock was wrong, and what was remarkable. */
  counted_at?: string;
  labels?: string[];
}

/** This person's, the latest first. */
export async function visitsOf(mark: string): Promise<PhoneVisit[]> {
  const found = await all<PhoneVisit>("visits");
  const isKept = (visit: PhoneVisit) => !isTooOld(Date.parse(visit.entered_at), Date.now());
  for (const old of found.filter((visit) => !isKept(visit))) await drop("visits", old.id);
  const own = found.filter((visit) => isKept(visit) && visit.mark === mark);
  return own.sort((one, other) => other.entered_at.localeCompare(one.entered_at));
}

export async function noteVisit(visit: PhoneVisit): Promise<void> {
  await put("visits", visit);
}

export async function changeVisit(id: string, change: Partial<PhoneVisit>): Promise<void> {
  const visit = await get<PhoneVisit>("visits", id);
  if (visit) await put("visits", { ...visit, ...change });
}
