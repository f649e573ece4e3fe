/** A field to sign in with a finger, kept as lines: small, sharp on paper, and nothing but numbers. */
import SignaturePad from "signature_pad";
import type { Strokes } from "./draft.ts";

const MOST_POINTS = 1500;

export class SigningField {
  private readonly pad: SignaturePad;
  private readonly canvas: HTMLCanvasElement;
  private shown: Strokes | null = null;

  constructor(box: HTMLElement, onChange: (strokes: Strokes | null) => void) {
    this.canvas = box.querySelector("canvas") as HTMLCanvasElement;
    this.pad = new SignaturePad(this.canvas, { minDistance: 3, penColor: "#16256b" });
    this.pad.addEventListener("endStroke", () => {
      this.shown = this.strokes();
      onChange(this.shown);
    });
    box.querySelector("[data-clear]")?.addEventListener("click", () => {
      this.show(null);
      onChange(null);
    });
    // A phone that is turned has another width: what was drawn is drawn anew.
    new ResizeObserver(() => this.fit()).observe(this.canvas);
  }

  show(strokes: Strokes | null): void {
    this.shown = strokes;
    this.fit();
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth) return;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.canvas.getContext("2d")?.scale(ratio, ratio);
    this.pad.clear();
    if (this.shown) this.pad.fromData(groups(this.shown), { clear: false });
  }

  private strokes(): Strokes | null {
    const lines = this.pad
      .toData()
      .map((group) => group.points.map(({ x, y }): [number, number] => [Math.round(x), Math.round(y)]));
    const total = lines.reduce((sum, line) => sum + line.length, 0);
    const step = Math.ceil(total / MOST_POINTS);
    const thinned = step > 1 ? lines.map((line) => line.filter((_, at) => at % step === 0)) : lines;
    return total ? { width: this.canvas.clientWidth, height: this.canvas.clientHeight, lines: thinned } : null;
  }
}

/** Points with times, as the pad draws them. */
function groups(strokes: Strokes) {
  return strokes.lines.map((line) => ({
    penColor: "#16256b",
    dotSize: 0,
    minWidth: 1,
    maxWidth: 2.5,
    velocityFilterWeight: 0.7,
    compositeOperation: "source-over" as const,
    points: line.map(([x, y], at) => ({ x, y, pressure: 0.5, time: at * 20 })),
  }));
}
