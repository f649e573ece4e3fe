/** Drafts, photos and signed records on this phone. Nothing of them is in clear, and nothing is lost when the page closes. */
import type { Draft } from "./draft.ts";
import { picturesOf } from "./draft.ts";
import type { Pack } from "./places.ts";
import { all, change, drop, get, open, openText, put, type Sealed, seal, sealText } from "./vault.ts";

/** A signed record that waits. The note says nothing of anybody. */
export interface Waiting {
  id: string;
  stop: number;
  officer: number;
  at: number;
  photos: string[];
  body: Sealed;
  /** The draft it was made of, to be opened again where the server cannot read it. */
  draft: Sealed;
  /** The name of the place. */
  name: Sealed;
  state: "waiting" | "already" | "content" | "officer" | "refused" | "unknown";
  message: string;
}

export async function keepPack(pack: Pack): Promise<void> {
  await put("notes", { key: "pack", sealed: await sealText(JSON.stringify(pack)) });
}

export async function packKept(): Promise<Pack | undefined> {
  const kept = await get<{ sealed: Sealed }>("notes", "pack");
  return kept ? (JSON.parse(await openText(kept.sealed)) as Pack) : undefined;
}

export async function keepDraft(draft: Draft): Promise<void> {
  await put("drafts", { key: String(draft.stop), sealed: await sealText(JSON.stringify(draft)) });
}

export async function draftKept(stop: number): Promise<Draft | undefined> {
  const kept = await get<{ sealed: Sealed }>("drafts", String(stop));
  return kept ? (JSON.parse(await openText(kept.sealed)) as Draft) : undefined;
}

export async function draftsBegun(): Promise<Set<number>> {
  return new Set((await all<{ key: string }>("drafts")).map((one) => Number(one.key)));
}

export async function keepPhoto(id: string, photo: Blob): Promise<void> {
  await put("photos", { id, ...(await seal(new Uint8Array(await photo.arrayBuffer()))) });
}

export async function photoKept(id: string): Promise<Blob | undefined> {
  const kept = await get<Sealed>("photos", id);
  return kept ? new Blob([await open(kept)], { type: "image/jpeg" }) : undefined;
}

export const dropPhoto = (id: string): Promise<void> => drop("photos", id);

/** In one piece: the record goes into the queue and its draft goes. */
export async function sign(draft: Draft, record: Record<string, unknown>, name: string, now: number): Promise<void> {
  const [body, kept, sealedName] = await Promise.all([
    sealText(JSON.stringify(record)),
    sealText(JSON.stringify(draft)),
    sealText(name),
  ]);
  const waiting: Waiting = {
    id: draft.id,
    stop: draft.stop,
    officer: draft.officer,
    at: now,
    photos: picturesOf(draft),
    body,
    draft: kept,
    name: sealedName,
    state: "waiting",
    message: "",
  };
  await change(["drafts", "queue"], (at) => {
    at("queue").put(waiting);
    at("drafts").delete(String(draft.stop));
  });
}

/** Signed records, the oldest first. */
export async function waiting(): Promise<Waiting[]> {
  return (await all<Waiting>("queue")).sort((one, other) => one.at - other.at);
}

export const bodyOf = (one: Waiting): Promise<string> => openText(one.body);
export const nameOf = (one: Waiting): Promise<string> => openText(one.name);

export async function mark(one: Waiting, state: Waiting["state"], message: string): Promise<void> {
  await put("queue", { ...one, state, message });
}

/** The server has it: of the record only its number and place in the route stay, until the next list. */
export async function settle(one: Waiting): Promise<void> {
  await change(["queue", "photos", "notes"], (at) => {
    at("queue").delete(one.id);
    for (const photo of one.photos) at("photos").delete(photo);
    at("notes").put({ key: `done-${one.stop}`, stop: one.stop });
  });
}

export async function dropWaiting(one: Waiting): Promise<void> {
  await change(["queue", "photos"], (at) => {
    at("queue").delete(one.id);
    for (const photo of one.photos) at("photos").delete(photo);
  });
}

/** Back to the checklist, with everything that was written. */
export async function reopen(one: Waiting): Promise<void> {
  const sealed = one.draft;
  await change(["queue", "drafts"], (at) => {
    at("drafts").put({ key: String(one.stop), sealed });
    at("queue").delete(one.id);
  });
}

/** As a record beside the one that the round has of this place. */
export async function setBeside(one: Waiting): Promise<void> {
  const record = JSON.parse(await bodyOf(one)) as Record<string, unknown>;
  const body = await sealText(JSON.stringify({ ...record, beside: true }));
  await put("queue", { ...one, body, state: "waiting", message: "" });
}

export async function doneHere(): Promise<Set<number>> {
  const notes = await all<{ key: string; stop?: number }>("notes");
  return new Set(notes.flatMap((note) => (note.stop === undefined ? [] : [note.stop])));
}
