/** Sending to the door: the same scan with the same identifier again and again, until it is answered. */
import { DOOR } from "./addresses.ts";
import { language } from "./me.ts";
import { drop, keep, kept, sendLater, type Waiting } from "./outbox.ts";
import { within } from "./patience.ts";
import { askForPlace, rememberPlace } from "./places.ts";
import { forgetToken, personToken, SignInNeeded } from "./token.ts";
import { changeVisit, type PhoneVisit } from "./visits.ts";

export type Reply =
  | { outcome: "recorded"; item: Record<string, unknown> }
  | { outcome: "refused"; code: string; sentence: string };

interface Problem {
  title?: string;
  reason?: { code: string; vi: string; en: string };
}

const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Answers that speak of the moment and not of the scan. */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Resolves when the door has answered. *onDelay* is called when that does not happen at once. */
export async function deliver(waiting: Waiting, onDelay: () => void): Promise<Reply> {
  await keep(waiting);
  for (let turn = 0; ; turn += 1) {
    const reply = await attempt(waiting);
    if (typeof reply !== "number") return reply;
    if (reply === 0) void sendLater(); // else the door has said when to come back
    onDelay();
    await pause(Math.max(reply, Math.min(FIRST_PAUSE_MS * 2 ** turn, LONGEST_PAUSE_MS)));
  }
}

/** One try. A number is an answer too: try again, not before so many milliseconds. */
export async function attempt(waiting: Waiting): Promise<Reply | number> {
  try {
    const reply = (await answerToTyped(waiting)) ?? (await answerToCheckInBefore(waiting)) ?? (await ask(waiting));
    if (typeof reply !== "number") await settle(waiting, reply);
    return reply;
  } catch (error) {
    if (error instanceof SignInNeeded) throw error;
    return 0; // no network, or an answer cut short
  }
}

/** A code typed without a network becomes the signed code it stands for, or is refused by the console's word. */
async function answerToTyped(waiting: Waiting): Promise<Reply | null> {
  if (!waiting.typed) return null;
  const place = await askForPlace(waiting.typed);
  if (!("code" in place)) return { outcome: "refused", code: place.attempt ?? "", sentence: place.title };
  await rememberPlace(waiting.typed, place);
  await changeVisit(waiting.id, { name: place.name, address: place.address, code: place.code });
  waiting.body["venue_code"] = place.code;
  delete waiting.typed;
  await keep(waiting);
  return null;
}

/** Who leaves must have come: a check-in that still waits goes first. */
async function answerToCheckInBefore(waiting: Waiting): Promise<number | null> {
  if (waiting.kind !== "check-outs") return null;
  const before = (await kept()).find(({ id }) => id === waiting.body["check_in_id"]);
  const reply = before ? await attempt(before) : null;
  return typeof reply === "number" ? reply : null;
}

async function ask(waiting: Waiting): Promise<Reply | number> {
  const token = waiting.kind === "scan-attempts" ? "" : await personToken(waiting.mark);
  const answer = await post(waiting, token);
  if (answer.ok) return { outcome: "recorded", item: (await answer.json()) as Record<string, unknown> };
  if (answer.status === 401) {
    await forgetToken(waiting.mark);
    return 0;
  }
  if (LATER.has(answer.status)) return Number(answer.headers.get("Retry-After") ?? 0) * 1000;
  return refusal((await answer.json()) as Problem);
}

async function settle(waiting: Waiting, reply: Reply): Promise<void> {
  await drop(waiting.id);
  const refused = reply.outcome === "refused";
  if (waiting.kind !== "check-ins") return;
  await changeVisit(waiting.id, refused ? { state: "refused", sentence: reply.sentence } : recorded(reply.item));
}

/** The time that counts and the door's labels, for the diary on this phone. */
function recorded(item: Record<string, unknown>): Partial<PhoneVisit> {
  const labels = (item["labels"] as string[] | undefined) ?? [];
  return { state: "recorded", labels, counted_at: String(item["entered_at"] ?? "") };
}

function post(waiting: Waiting, token: string): Promise<Response> {
  return fetch(DOOR + waiting.kind, {
    method: "POST",
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      "Content-Type": "application/json",
      "X-Device-Time": new Date().toISOString(),
    },
    body: JSON.stringify(waiting.body),
    keepalive: true,
    signal: within(PATIENCE_MS),
  });
}

async function refusal(problem: Problem): Promise<Reply> {
  const sentence = problem.reason?.[await language()] ?? problem.title ?? "";
  return { outcome: "refused", code: problem.reason?.code ?? "", sentence };
}

/** Waits, but no longer than until the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
  });
}
