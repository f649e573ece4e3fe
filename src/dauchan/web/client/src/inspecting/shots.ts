/** Photos of posters taken outside a checklist: kept sealed on the phone, read in full by the server when there is a network. */
import { within } from "../visitor/patience.ts";
import { dropPhoto, photoKept } from "./kept.ts";
import { all, change, openText, put, type Sealed, sealText } from "./vault.ts";

export interface Here {
  lat: number;
  lon: number;
  accuracy_m: number;
}

/** One code as the server reads it, in sentences. */
export interface FullCode {
  text: string;
  tone: string;
  title: string;
  name: string;
  address: string;
  lines: string[];
  print: string;
}

export interface FullReading {
  nothing: string;
  codes: FullCode[];
}

export interface Shot {
  photo: string;
  at: number;
  officer: number;
  here: Here | null;
  /** What the phone itself read. */
  texts: string[];
  /** What the server read; missing while it waits. */
  full?: FullReading;
  /** Why the server would not read it. */
  refused?: string;
}

interface Row {
  key: string;
  shot: Sealed;
}

const SENDING_MS = 60_000;
const PREFIX = "shot-";

export const keepShot = async (shot: Shot): Promise<void> =>
  put("notes", { key: `${PREFIX}${shot.photo}`, shot: await sealText(JSON.stringify(shot)) });

/** The newest first. */
export async function shotsKept(): Promise<Shot[]> {
  const rows = (await all<Row>("notes")).filter((row) => row.key.startsWith(PREFIX));
  const shots = await Promise.all(rows.map(async (row) => JSON.parse(await openText(row.shot)) as Shot));
  return shots.sort((one, other) => other.at - one.at);
}

export async function dropShot(shot: Shot): Promise<void> {
  await change(["notes"], (at) => at("notes").delete(`${PREFIX}${shot.photo}`));
  await dropPhoto(shot.photo);
}

export const isWaiting = (shot: Shot): boolean => !shot.full && !shot.refused;

/** What the server reads on a photo; "away" while it cannot be asked, a sentence where it refuses. */
export async function askServer(
  address: string,
  token: string,
  photo: Blob,
  at: number,
  here: Here | null,
): Promise<FullReading | "away" | { refused: string }> {
  const form = new FormData();
  form.set("photo", photo, "bang-ma.jpg");
  form.set("taken", String(at));
  for (const [name, value] of Object.entries(here ?? {})) form.set(name, String(value));
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: form,
      headers: { "X-CSRFToken": token },
      redirect: "manual",
      signal: within(SENDING_MS),
    });
    if (answer.ok) return (await answer.json()) as FullReading;
    if (answer.status === 422) return { refused: ((await answer.json()) as { message: string }).message };
  } catch {
    // no network: it waits
  }
  return "away";
}

/** Sends what waits of this officer; how many were answered. The photo goes from the phone with the answer. */
export async function sendShots(address: string, token: string, officer: number): Promise<number> {
  let answered = 0;
  for (const shot of await shotsKept()) {
    if (!isWaiting(shot) || shot.officer !== officer) continue;
    const photo = await photoKept(shot.photo);
    if (!photo) {
      await dropShot(shot);
      continue;
    }
    const answer = await askServer(address, token, photo, shot.at, shot.here);
    if (answer === "away") break;
    await keepShot("refused" in answer ? { ...shot, refused: answer.refused } : { ...shot, full: answer });
    await dropPhoto(shot.photo);
    answered += 1;
  }
  return answered;
}
