/** One record as it is being written: plain values, what is still missing of it, and what is sent. Nothing here knows a page. */
import { countedMs, entered, scanned, type Tally } from "../counting/tally.ts";

export interface Strokes {
  width: number;
  height: number;
  lines: [number, number][][];
}

export interface FindingDraft {
  finding: string;
  words: string;
  pictures: string[];
}

export interface MeasureDraft {
  words: string;
  days: number;
  /** The place of its finding in the list, "" for the whole. */
  of: string;
}

export interface WitnessDraft {
  name: string;
  about: string;
}

export interface Draft {
  /** Made once: sending the record twice keeps it once. */
  id: string;
  officer: number;
  venue: number;
  stop: number;
  follows: number | null;
  began: number;
  here: { lat: number; lon: number; accuracy_m: number } | null;
  checks: Record<string, string>;
  poster_text: string;
  poster_picture: string;
  /** What other codes hang beside it; missing in drafts of before. */
  poster_others?: string[];
  findings: FindingDraft[];
  measures: MeasureDraft[];
  mended: number[];
  pictures: string[];
  tally: Tally | null;
  words: string;
  representative: string;
  representative_position: string;
  statement: string;
  refuses: boolean;
  refusal: string;
  witnesses: WitnessDraft[];
  inspector_signature: Strokes | null;
  representative_signature: Strokes | null;
}

/** Where it stands in the way of signing; the names are those of the page's sentences. */
export type Problem =
  | "needChecks"
  | "needInspector"
  | "needRepresentative"
  | "needWitness"
  | "needFinding"
  | "needMeasure"
  | "needCount";

/** What goes with a check that was not passed: the finding that an inspector most likely adds. */
const SUGGESTED: Record<string, string> = {
  poster_up: "no_qr_posted",
  right_place: "wrong_location",
  readable: "unscannable",
  big_enough: "wrong_size",
  reminded: "not_enforced",
  right_system: "wrong_system",
};
const FEWEST_POINTS = 5;

export function begun(
  id: string,
  officer: number,
  venue: number,
  stop: number,
  follows: number | null,
  now: number,
): Draft {
  return {
    id,
    officer,
    venue,
    stop,
    follows,
    began: now,
    here: null,
    checks: {},
    poster_text: "",
    poster_picture: "",
    findings: [],
    measures: [],
    mended: [],
    pictures: [],
    tally: null,
    words: "",
    representative: "",
    representative_position: "",
    statement: "",
    refuses: false,
    refusal: "",
    witnesses: [],
    inspector_signature: null,
    representative_signature: null,
  };
}

/** The check with its answer; one that was not passed brings its finding, if that is not there yet. */
export function answered(draft: Draft, check: string, answer: string): Draft {
  const finding = SUGGESTED[check];
  const isNew = answer === "no" && finding && !draft.findings.some((one) => one.finding === finding);
  const findings = isNew ? [...draft.findings, { finding, words: "", pictures: [] }] : draft.findings;
  return { ...draft, checks: { ...draft.checks, [check]: answer }, findings };
}

/** A finding with words of its own; one of that kind which is there takes them in. */
export function withFinding(draft: Draft, finding: string, words: string): Draft {
  const at = draft.findings.findIndex((one) => one.finding === finding);
  if (at < 0) return { ...draft, findings: [...draft.findings, { finding, words, pictures: [] }] };
  const findings = draft.findings.map((one, place) =>
    place !== at || one.words.includes(words) ? one : { ...one, words: [one.words, words].filter(Boolean).join("\n") },
  );
  return { ...draft, findings };
}

/** Takes a finding out; measures that were for it are for the whole then, and later ones move up. */
export function withoutFinding(draft: Draft, at: number): Draft {
  const findings = draft.findings.filter((_, place) => place !== at);
  const measures = draft.measures.map((one) => {
    if (one.of === "") return one;
    const of = Number(one.of);
    return { ...one, of: of === at ? "" : String(of > at ? of - 1 : of) };
  });
  return { ...draft, findings, measures };
}

export function points(strokes: Strokes | null): number {
  return strokes ? strokes.lines.reduce((sum, line) => sum + line.length, 0) : 0;
}

export function picturesOf(draft: Draft): string[] {
  return [...draft.pictures, ...draft.findings.flatMap((one) => one.pictures)];
}

export function problemsOf(draft: Draft, checks: readonly string[]): Problem[] {
  const isSigned = (strokes: Strokes | null) => points(strokes) >= FEWEST_POINTS;
  const found: [Problem, boolean][] = [
    ["needChecks", checks.some((check) => !draft.checks[check])],
    ["needCount", draft.tally !== null && draft.tally.ended === undefined],
    ["needFinding", draft.findings.some((one) => !one.finding)],
    ["needMeasure", draft.measures.some((one) => !one.words.trim())],
    [
      "needRepresentative",
      !draft.refuses && !(draft.representative.trim() && isSigned(draft.representative_signature)),
    ],
    ["needWitness", draft.refuses && !(draft.refusal.trim() && draft.witnesses.some((one) => one.name.trim()))],
    ["needInspector", !isSigned(draft.inspector_signature)],
  ];
  return found.filter(([, isSo]) => isSo).map(([problem]) => problem);
}

/** As the server reads it. */
export function recordOf(draft: Draft, now: number): Record<string, unknown> {
  const { tally, refuses, poster_others: _, ...rest } = draft;
  return {
    ...rest,
    ended: now,
    representative_signature: refuses ? null : rest.representative_signature,
    refusal: refuses ? rest.refusal : "",
    witnesses: refuses ? rest.witnesses.filter((one) => one.name.trim()) : [],
    measures: rest.measures.map(({ of, ...one }) => ({ ...one, finding: of === "" ? null : Number(of) })),
    count: tally && tally.ended !== undefined ? countOf(tally, tally.ended) : null,
  };
}

function countOf(tally: Tally, ended: number): Record<string, unknown> {
  return {
    id: tally.id,
    started: tally.started,
    ended,
    counted_seconds: Math.floor(countedMs(tally, ended) / 1000),
    entered: entered(tally),
    scanned: scanned(tally),
  };
}
