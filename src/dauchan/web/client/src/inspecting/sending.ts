/** Fetching the day's places and handing records in. A record stays on the phone until the server has answered that it has it. */
import { within } from "../visitor/patience.ts";
import { bodyOf, mark, photoKept, settle, type Waiting, waiting } from "./kept.ts";
import type { Pack } from "./places.ts";

export type Fetched = Pack | "away" | "signed-out";
export type Sent = "nothing" | "sent" | "away" | "signed-out" | "kept";

const PATIENCE_MS = 15_000;
/** Photos on a slow network take their time. */
const SENDING_MS = 180_000;
const LOCK = "dauchan-inspections-sending";

interface Refusal {
  conflict?: Waiting["state"];
  message?: string;
  refused?: string;
}

export async function fetchPack(address: string): Promise<Fetched> {
  try {
    const answer = await fetch(address, { redirect: "manual", signal: within(PATIENCE_MS), cache: "no-store" });
    if (answer.ok) return (await answer.json()) as Pack;
    return answer.type === "opaqueredirect" || answer.status === 403 ? "signed-out" : "away";
  } catch {
    return "away";
  }
}

/** Sends what waits, the oldest first, one tab at a time, which the others wait for; what was refused stays and says why. */
export async function sendWaiting(address: string, pack: Pack, otherOfficer: string, notFound: string): Promise<Sent> {
  return navigator.locks.request(LOCK, async (): Promise<Sent> => {
    let last: Sent = "nothing";
    for (const one of await waiting()) {
      if (one.state !== "waiting") continue;
      if (one.officer !== pack.officer.id) {
        await mark(one, "officer", otherOfficer);
        last = "kept";
        continue;
      }
      last = await send(one, address, pack.token, notFound);
      if (last === "away" || last === "signed-out") break;
    }
    return last;
  });
}

async function send(one: Waiting, address: string, token: string, notFound: string): Promise<Sent> {
  const form = new FormData();
  form.set("record", await bodyOf(one));
  for (const id of one.photos) {
    const photo = await photoKept(id);
    if (photo) form.set(id, photo, `${id}.jpg`);
  }
  let answer: Response;
  try {
    const headers = { "X-CSRFToken": token };
    answer = await fetch(address, {
      method: "POST",
      body: form,
      headers,
      redirect: "manual",
      signal: within(SENDING_MS),
    });
  } catch {
    return "away";
  }
  return settled(one, answer, notFound);
}

async function settled(one: Waiting, answer: Response, notFound: string): Promise<Sent> {
  if (answer.ok) {
    await settle(one);
    return "sent";
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return "signed-out";
  if (answer.status === 404) {
    await mark(one, "unknown", notFound);
    return "kept";
  }
  if (answer.status !== 409 && answer.status !== 422) return "away";
  const told = (await answer.json()) as Refusal;
  await mark(one, told.conflict ?? "refused", told.message ?? told.refused ?? "");
  return "kept";
}
