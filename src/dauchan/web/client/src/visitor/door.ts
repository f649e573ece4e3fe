/** Sending to the door: the same scan with the same identifier again and again, until it is answered. */
import { drop, keep, type Waiting } from "./outbox.ts";
import { forgetToken, personToken, SignInNeeded } from "./token.ts";

export type Reply =
  | { outcome: "recorded"; item: Record<string, unknown> }
  | { outcome: "refused"; code: string; sentence: string };

interface Problem {
  title?: string;
  reason?: { code: string; vi: string; en: string };
}

const PATH = "/api/v1/";
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Answers that speak of the moment and not of the scan. */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Resolves when the door has answered. *onDelay* is called when that does not happen at once. */
export async function deliver(waiting: Waiting, onDelay: () => void): Promise<Reply> {
  keep(waiting);
  for (let turn = 0; ; turn += 1) {
    const reply = await attempt(waiting);
    if (typeof reply !== "number") {
      drop(waiting.id);
      return reply;
    }
    onDelay();
    await pause(Math.max(reply, Math.min(FIRST_PAUSE_MS * 2 ** turn, LONGEST_PAUSE_MS)));
  }
}

/** One request. A number is an answer too: try again, not before so many milliseconds. */
async function attempt(waiting: Waiting): Promise<Reply | number> {
  try {
    const { token } = await personToken();
    const answer = await post(waiting, token);
    if (answer.ok) return { outcome: "recorded", item: (await answer.json()) as Record<string, unknown> };
    if (answer.status === 401) {
      forgetToken();
      return 0;
    }
    if (LATER.has(answer.status)) return Number(answer.headers.get("Retry-After") ?? 0) * 1000;
    return refusal((await answer.json()) as Problem);
  } catch (error) {
    if (error instanceof SignInNeeded) throw error;
    return 0; // no network, or an answer cut short
  }
}

async function post(waiting: Waiting, token: string): Promise<Response> {
  const control = new AbortController();
  const timer = window.setTimeout(() => control.abort(), PATIENCE_MS);
  try {
    return await fetch(PATH + waiting.kind, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        "X-Device-Time": new Date().toISOString(),
      },
      body: JSON.stringify(waiting.body),
      keepalive: true,
      signal: control.signal,
    });
  } finally {
    window.clearTimeout(timer);
  }
}

function refusal(problem: Problem): Reply {
  const language = document.documentElement.lang.startsWith("en") ? "en" : "vi";
  const sentence = problem.reason?.[language] ?? problem.title ?? "";
  return { outcome: "refused", code: problem.reason?.code ?? "", sentence };
}

/** Waits, but no longer than until the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = window.setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}
