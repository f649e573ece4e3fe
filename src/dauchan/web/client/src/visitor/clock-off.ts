/** The phone's clock was wrong: both times are said, and by how much, so that its owner can mend it. */
import { clock, fill } from "./answers.ts";

/** *shownAt*: what the phone's clock showed at the scan; *item*: the door's answer. */
export function sayIfClockWasOff(root: ParentNode, shownAt: string, item: Record<string, unknown>): void {
  const part = root.querySelector<HTMLElement>("[data-clock-off]");
  if (!part || !(item["labels"] as string[] | undefined)?.includes("clock_skew")) return;
  const countedAt = String(item["entered_at"]);
  const offset = Date.parse(countedAt) - Date.parse(shownAt);
  fill(part, { shown: moment(shownAt), counted: moment(countedAt), offset: length(Math.abs(offset)) });
  for (const way of part.querySelectorAll<HTMLElement>("[data-way]"))
    way.hidden = way.dataset["way"] !== (offset > 0 ? "behind" : "ahead");
  part.hidden = false;
}

function moment(instant: string): string {
  const form = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" } as const;
  return `${clock(instant)} ${new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(instant))}`;
}

const UNITS = [
  ["year", 365 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** In the largest unit of which there is one at least: "3 phút", "10 năm". */
function length(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= size) ?? (["minute", 60_000] as const);
  const form = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(document.documentElement.lang, form).format(
    Math.max(1, Math.round(milliseconds / size)),
  );
}
