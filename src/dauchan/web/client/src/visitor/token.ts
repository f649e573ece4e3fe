/** The token with which this phone writes at the door; asked for when it is first needed, and again before it ends. */

export interface Token {
  token: string;
  expires_at: number;
}

/** Nobody is signed in: the page's form takes over, which leads through the sign-in. */
export class SignInNeeded extends Error {}

const RENEW_BEFORE_S = 3600;
let known: Token | undefined;
let asked: Promise<Token> | undefined;

async function ask(): Promise<Token> {
  const address = document.querySelector<HTMLElement>("[data-visitor]")?.dataset["token"] ?? "";
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.status === 401) throw new SignInNeeded();
  if (!answer.ok) throw new TypeError(`token: ${answer.status}`);
  known = (await answer.json()) as Token;
  return known;
}

export function personToken(): Promise<Token> {
  if (known && known.expires_at - Date.now() / 1000 > RENEW_BEFORE_S) return Promise.resolve(known);
  asked ??= ask().finally(() => {
    asked = undefined;
  });
  return asked;
}

/** The door did not take it. */
export function forgetToken(): void {
  known = undefined;
}
