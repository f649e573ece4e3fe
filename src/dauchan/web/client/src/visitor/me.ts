/** Whose phone this is: a mark that says nothing, and the token that can write at the door and open nothing. */
import { drop, get, put } from "./store.ts";

export interface Me {
  key: "me";
  mark: string;
  token?: string;
  /** Epoch seconds. */
  expires_at?: number;
}

interface Language {
  key: "language";
  language: string;
}

export function me(): Promise<Me | undefined> {
  return get<Me>("me", "me");
}

/** After a sign-in by somebody else nothing of the one before remains. */
export async function rememberMe(mark: string): Promise<void> {
  if ((await me())?.mark !== mark) await put<Me>("me", { key: "me", mark });
}

export async function keepToken(mark: string, token: string, expiresAt: number): Promise<void> {
  await put<Me>("me", { key: "me", mark, token, expires_at: expiresAt });
}

export async function forgetMe(): Promise<void> {
  await drop("me", "me");
}

/** The language of the last page: the service worker has no cookie to read it from. */
export async function rememberLanguage(language: string): Promise<void> {
  await put<Language>("me", { key: "language", language });
}

export async function language(): Promise<"vi" | "en"> {
  const kept = await get<Language>("me", "language");
  return kept?.language.startsWith("en") ? "en" : "vi";
}
