/** The lists of a checklist: findings with their photos, what has to be mended, witnesses, what was mended since. */
import { type Draft, withoutFinding } from "./draft.ts";
import { show } from "./pictures.ts";
import type { Pack, Stop } from "./places.ts";
import { choice, cloned, drawRows } from "./rows.ts";
import type { Words } from "./words.ts";

type Change = (step: (draft: Draft) => Draft) => void;
type TakePhoto = (file: File) => Promise<string | undefined>;

const USUAL_DAYS = 3;

/** The list with another value in one field of one row. */
function replaced<Row extends object>(rows: Row[], at: number, part: string, value: unknown): Row[] {
  return rows.map((row, place) => (place === at ? { ...row, [part]: value } : row));
}

function without<Row>(rows: Row[], at: number): Row[] {
  return rows.filter((_, place) => place !== at);
}

export class Lists {
  private draft: Draft | undefined;
  private stop: Stop | undefined;
  private pack: Pack | undefined;

  constructor(
    private readonly page: HTMLElement,
    private readonly words: Words,
    private readonly change: Change,
    private readonly takePhoto: TakePhoto,
  ) {
    const add = (name: string, step: (draft: Draft) => Draft) =>
      this.part(`[data-add-${name}]`).addEventListener("click", () => this.redraw(step));
    add("finding", (draft) => ({
      ...draft,
      findings: [...draft.findings, { finding: "", words: "", pictures: [] }],
    }));
    add("measure", (draft) => {
      const of = draft.findings.length === 1 ? "0" : "";
      return { ...draft, measures: [...draft.measures, { words: "", days: USUAL_DAYS, of }] };
    });
    add("witness", (draft) => ({ ...draft, witnesses: [...draft.witnesses, { name: "", about: "" }] }));
  }

  draw(draft: Draft, stop: Stop, pack: Pack): void {
    [this.draft, this.stop, this.pack] = [draft, stop, pack];
    this.drawFindings(draft);
    this.drawMeasures(draft);
    this.drawWitnesses(draft);
    this.drawMended(draft, stop);
  }

  /** A change by which rows come or go. */
  private redraw(step: (draft: Draft) => Draft): void {
    this.keep(step);
    if (this.draft && this.stop && this.pack) this.draw(this.draft, this.stop, this.pack);
  }

  private keep(step: (draft: Draft) => Draft): void {
    this.change((draft) => {
      this.draft = step(draft);
      return this.draft;
    });
  }

  private drawFindings(draft: Draft): void {
    drawRows(
      this.part("[data-findings]"),
      draft.findings,
      (_, at) => this.findingRow(at),
      (at, part, value) => {
        this.keep((now) => ({ ...now, findings: replaced(now.findings, at, part, value) }));
        if (part === "finding" && this.draft) this.drawMeasures(this.draft);
      },
      (at) => this.redraw((now) => withoutFinding(now, at)),
    );
  }

  private findingRow(at: number): HTMLElement {
    const row = cloned(this.page, "finding");
    const input = row.querySelector<HTMLInputElement>("[data-photo-input]");
    input?.addEventListener("change", async () => {
      const file = input.files?.[0];
      input.value = "";
      const name = file && (await this.takePhoto(file));
      if (!name) return;
      this.keepPictures(at, (names) => [...names, name]);
      this.drawPictures(row, at);
    });
    this.drawPictures(row, at);
    return row;
  }

  private drawPictures(row: HTMLElement, at: number): void {
    const list = row.querySelector("[data-pictures]");
    const template = this.part<HTMLTemplateElement>("template[data-template=picture]");
    if (!list) return;
    void show(list, this.draft?.findings[at]?.pictures ?? [], template, (id) => {
      this.keepPictures(at, (names) => names.filter((name) => name !== id));
      this.drawPictures(row, at);
    });
  }

  private keepPictures(at: number, step: (names: string[]) => string[]): void {
    this.keep((draft) => {
      const pictures = step(draft.findings[at]?.pictures ?? []);
      return { ...draft, findings: replaced(draft.findings, at, "pictures", pictures) };
    });
  }

  private drawMeasures(draft: Draft): void {
    drawRows(
      this.part("[data-measures]"),
      draft.measures,
      () => this.measureRow(draft),
      (at, part, value) => {
        const typed = part === "days" ? Number(value) : value;
        this.keep((now) => ({ ...now, measures: replaced(now.measures, at, part, typed) }));
      },
      (at) => this.redraw((now) => ({ ...now, measures: without(now.measures, at) })),
    );
  }

  private measureRow(draft: Draft): HTMLElement {
    const row = cloned(this.page, "measure");
    const due = Object.entries(this.pack?.due ?? {}).map(([days, on]) => choice(days, this.words("due", { days, on })));
    row.querySelector("[data-part=days]")?.replaceChildren(...due);
    const names = this.part("template[data-template=finding]") as HTMLTemplateElement;
    const named = (finding: string) =>
      names.content.querySelector(`option[value="${CSS.escape(finding)}"]`)?.textContent ?? finding;
    const findings = draft.findings.map((one, at) =>
      choice(String(at), `${at + 1}. ${one.finding && named(one.finding)}`),
    );
    row.querySelector("[data-part=of]")?.replaceChildren(choice("", this.words("whole")), ...findings);
    return row;
  }

  private drawWitnesses(draft: Draft): void {
    drawRows(
      this.part("[data-witnesses]"),
      draft.witnesses,
      () => cloned(this.page, "witness"),
      (at, part, value) => this.keep((now) => ({ ...now, witnesses: replaced(now.witnesses, at, part, value) })),
      (at) => this.redraw((now) => ({ ...now, witnesses: without(now.witnesses, at) })),
    );
  }

  /** What earlier inspections required: ticked where it was seen mended now. */
  private drawMended(draft: Draft, stop: Stop): void {
    const rows = stop.measures.map((measure) => {
      const row = cloned(this.page, "mended");
      const box = row.querySelector<HTMLInputElement>("[data-mended]");
      const text = row.querySelector("[data-slot=words]");
      if (text) text.textContent = `${measure.words} (${measure.due})`;
      if (box) box.checked = draft.mended.includes(measure.id);
      box?.addEventListener("change", () => {
        this.keep((now) => {
          const others = now.mended.filter((id) => id !== measure.id);
          return { ...now, mended: box.checked ? [...others, measure.id] : others };
        });
      });
      return row;
    });
    this.part("[data-mended-list]").replaceChildren(...rows);
  }

  private part<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.page.querySelector(selector) as Kind;
  }
}
