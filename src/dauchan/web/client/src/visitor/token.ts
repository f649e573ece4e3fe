/** The token with which this phone writes at the door: kept for days without a network, made anew on most days with one. */
import { TOKEN } from "./addresses.ts";
import { forgetMe, keepToken, me } from "./me.ts";

interface Token {
  token: string;
  expires_at: number;
  mark: string;
}

/** Nobody is signed in, or somebody else: the page's form takes over, which leads through the sign-in. */
export class SignInNeeded extends Error {}

/** It lasts fourteen days. Renewed after one, a phone goes out of the network with thirteen left. */
const RENEW_BEFORE_S = 13 * 86_400;
let asked: Promise<Token> | undefined;

async function ask(): Promise<Token> {
  const answer = await fetch(TOKEN, { headers: { Accept: "application/json" } });
  if (answer.status === 401) {
    await forgetMe();
    throw new SignInNeeded();
  }
  if (!answer.ok) throw new TypeError(`token: ${answer.status}`);
  const made = (await answer.json()) as Token;
  await keepToken(made.mark, made.token, made.expires_at);
  return made;
}

/** The token of the person with this mark. */
export async function personToken(mark: string): Promise<string> {
  const kept = await me();
  const left = kept?.mark === mark && kept.token ? (kept.expires_at ?? 0) - Date.now() / 1000 : 0;
  if (kept?.token && left > RENEW_BEFORE_S) return kept.token;
  asked ??= ask().finally(() => {
    asked = undefined;
  });
  try {
    const made = await asked;
    if (made.mark !== mark) throw new SignInNeeded();
    return made.token;
  } catch (error) {
    // The console is away, the door is not: what is kept still counts.
    if (error instanceof SignInNeeded || !kept?.token || left <= 0) throw error;
    return kept.token;
  }
}

/** The door did not take it. */
export async function forgetToken(mark: string): Promise<void> {
  const kept = await me();
  if (kept?.mark === mark) await keepToken(mark, "", 0);
}
