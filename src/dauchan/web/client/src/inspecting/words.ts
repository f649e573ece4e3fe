/** The page's sentences, each written once in its template. */
import { fillIn } from "../gate/words.ts";

export type Words = (name: string, places?: Record<string, string | number>) => string;

export function wordsOf(page: HTMLElement): Words {
  const found = new Map<string, string>();
  for (const element of page.querySelectorAll<HTMLElement>("[data-word]")) {
    found.set(element.dataset["word"] ?? "", element.textContent?.trim() ?? "");
  }
  return (name, places = {}) => fillIn(found.get(name) ?? "", places);
}

/** 14:05, in the phone's own time. */
export function clockAt(ms: number): string {
  return new Date(ms).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
}

export function dayAndClock(ms: number): string {
  return `${clockAt(ms)} ${new Date(ms).toLocaleDateString("vi-VN")}`;
}
