/** 'You may have been there': shown from what is on this phone. No address is asked for when a card is opened or put away. */
import { enhance } from "../../enhance.ts";
import { clock, fill, word } from "../answers.ts";
import { visitsOf } from "../visits.ts";
import type { Feed, FeedKeys } from "./feed.ts";
import {
  type CurrentFeed,
  currentFeed,
  fetchFeed,
  forgetSeen,
  isDismissed,
  markSeen,
  shownAndWithdrawn,
} from "./kept.ts";
import { type Match, matchesOf } from "./matches.ts";
import { wakeSometimes } from "./waking.ts";

enhance("[data-exposures]", () => {
  void showExposures().then(fetchFeed).then(showExposures);
  void wakeSometimes();
});

/** Looks the diary through with the feed that this phone has. */
export async function showExposures(): Promise<void> {
  const section = document.querySelector<HTMLElement>("[data-exposures]");
  const keys = JSON.parse(section?.dataset["noticeKeys"] || "{}") as FeedKeys;
  const current = section && (await currentFeed(keys));
  if (!section || !current) return;
  const visits = await visitsOf(word("mark"));
  const now = Math.floor(Date.now() / 1000);
  const matches = await matchesOf(current.feed, visits, now, current.offset);
  const shown: Match[] = [];
  for (const match of matches) if (!(await isDismissed(match.notice.id, match.notice.version))) shown.push(match);
  const cards = shown.flatMap((match) => cardOf(section, match, current.feed) ?? []);
  section.querySelector("[data-exposure-list]")?.replaceChildren(...cards);
  for (const { notice } of shown) await markSeen(notice.id, notice.version, false);
  await tellWithdrawn(section, current.feed);
  tellState(section, current, visits.length, matches.length);
  section.hidden = false;
}

function cardOf(section: HTMLElement, match: Match, feed: Feed): HTMLElement | undefined {
  const template = section.querySelector<HTMLTemplateElement>("template[data-exposure-card]");
  const card = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!card) return undefined;
  const { notice, visit, hours, common, imputed } = match;
  fill(card, {
    place: visit.name || notice.place || said(feed.communes[notice.commune]),
    commune: said(feed.communes[notice.commune]),
    disease: said(feed.diseases[notice.disease]),
    hours: span(hours.from, hours.to),
    common: span(common.from, common.to),
    text: said(feed.texts[notice.text]),
  });
  card.dataset["advice"] = notice.advice;
  for (const part of card.querySelectorAll<HTMLElement>("[data-imputed]")) part.hidden = !imputed;
  for (const part of card.querySelectorAll<HTMLElement>("[data-corrected]")) part.hidden = notice.version === 1;
  card.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    card.remove();
    void markSeen(notice.id, notice.version, true).then(showExposures);
  });
  return card;
}

async function tellWithdrawn(section: HTMLElement, feed: Feed): Promise<void> {
  const note = section.querySelector<HTMLElement>("[data-withdrawn-note]");
  const ids = await shownAndWithdrawn(feed);
  if (!note || ids.length === 0) return;
  note.hidden = false;
  note.querySelector("[data-dismiss]")?.addEventListener("click", () => {
    note.hidden = true;
    void forgetSeen(ids);
  });
}

/** What was looked through, and when: silence would leave open whether anything was done. */
function tellState(section: HTMLElement, current: CurrentFeed, visits: number, matches: number): void {
  const state = matches > 0 ? "found" : visits > 0 ? "none" : "empty";
  for (const line of section.querySelectorAll<HTMLElement>("[data-exposure-state]")) {
    line.hidden = line.dataset["exposureState"] !== state;
    const at = new Date(current.fetchedAt).toISOString();
    fill(line, { notices: String(current.feed.notices.length), visits: String(visits), at: `${clock(at)} ${day(at)}` });
  }
}

function said(words: [string, string] | undefined): string {
  const [vi = "", en = ""] = words ?? [];
  return document.documentElement.lang.startsWith("en") ? en || vi : vi;
}

/** "07:30–09:00, 27/11/2026"; over midnight with both days. */
function span(from: number, to: number): string {
  const [start, end] = [from, to].map((seconds) => new Date(seconds * 1000).toISOString()) as [string, string];
  const last = new Date((to - 1) * 1000).toISOString();
  if (day(start) === day(last))
    return `${clock(start)}–${day(end) === day(start) ? clock(end) : "24:00"}, ${day(start)}`;
  return `${clock(start)} ${day(start)} – ${clock(end)} ${day(end)}`;
}

function day(instant: string): string {
  const form = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(instant));
}
