/** What is blurred in a photograph: boxes drawn with mouse, finger or keyboard over it, kept as JSON in a form's field. */
type Box = [left: number, top: number, width: number, height: number];

const SMALLEST = 0.015;
const STEP = 0.01;
const USUAL: Box = [0.4, 0.4, 0.2, 0.2];
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);

function fitted([left, top, width, height]: Box): Box {
  const wide = Math.min(Math.max(width, SMALLEST), 1);
  const high = Math.min(Math.max(height, SMALLEST), 1);
  return [within(left, 1 - wide), within(top, 1 - high), wide, high];
}

class Editor {
  private boxes: Box[];
  private chosen = -1;

  constructor(
    private readonly picture: HTMLElement,
    private readonly field: HTMLInputElement,
    private readonly tools: HTMLElement | null,
  ) {
    this.boxes = JSON.parse(field.value || "[]") as Box[];
    picture.addEventListener("pointerdown", (event) => this.begin(event));
    picture.addEventListener("keydown", (event) => this.key(event));
    tools?.querySelector("[data-blur-add]")?.addEventListener("click", () => this.add(USUAL));
    tools?.querySelector("[data-blur-remove]")?.addEventListener("click", () => this.remove());
    if (tools) tools.hidden = false;
    this.draw();
  }

  private at(event: PointerEvent): [number, number] {
    const frame = this.picture.getBoundingClientRect();
    return [
      within((event.clientX - frame.left) / frame.width, 1),
      within((event.clientY - frame.top) / frame.height, 1),
    ];
  }

  /** On a box: dragging moves it. Beside all boxes: dragging draws a new one. */
  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const start = this.at(event);
    const on = event.target instanceof HTMLElement ? event.target.dataset["number"] : undefined;
    const isNew = on === undefined;
    const before: Box = isNew ? [...start, 0, 0] : [...(this.boxes[Number(on)] ?? USUAL)];
    if (isNew) this.boxes.push(before);
    this.choose(isNew ? this.boxes.length - 1 : Number(on));
    const number = this.chosen;
    const follow = (moved: PointerEvent) => {
      const [x, y] = this.at(moved);
      this.boxes[number] = isNew
        ? [Math.min(x, start[0]), Math.min(y, start[1]), Math.abs(x - start[0]), Math.abs(y - start[1])]
        : fitted([before[0] + x - start[0], before[1] + y - start[1], before[2], before[3]]);
      this.draw();
    };
    const end = () => {
      window.removeEventListener("pointermove", follow);
      const box = this.boxes[number];
      // A tap that moved nowhere draws nothing.
      if (isNew && box && (box[2] < SMALLEST || box[3] < SMALLEST)) this.remove();
      this.draw(true);
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", end, { once: true });
    window.addEventListener("pointercancel", end, { once: true });
  }

  private key(event: KeyboardEvent): void {
    const box = this.boxes[this.chosen];
    const move = MOVES[event.key];
    if (box && move) {
      event.preventDefault();
      const [x, y] = move;
      const [left, top, width, height] = box;
      this.boxes[this.chosen] = fitted(
        event.shiftKey ? [left, top, width + x, height + y] : [left + x, top + y, width, height],
      );
      this.draw(true);
    } else if (box && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      this.remove();
    }
  }

  private add(box: Box): void {
    this.boxes.push([...box]);
    this.choose(this.boxes.length - 1);
    this.draw(true);
  }

  private remove(): void {
    if (this.chosen < 0) return;
    this.boxes.splice(this.chosen, 1);
    this.choose(Math.min(this.chosen, this.boxes.length - 1));
    this.draw(true);
  }

  private choose(number: number): void {
    this.chosen = number;
    this.tools?.querySelector("[data-blur-remove]")?.toggleAttribute("disabled", number < 0);
  }

  private draw(isDone = false): void {
    const drawn = this.picture.querySelectorAll<HTMLElement>(".blur-box");
    this.boxes.forEach((box, number) => {
      const element = drawn[number] ?? this.made(number);
      const [left, top, width, height] = box.map((value) => `${(value * 100).toFixed(2)}%`);
      Object.assign(element.style, { left, top, width, height });
      element.classList.toggle("chosen", number === this.chosen);
      if (isDone && number === this.chosen) element.focus({ preventScroll: true });
    });
    for (const extra of [...drawn].slice(this.boxes.length)) extra.remove();
    this.field.value = JSON.stringify(this.boxes.map((box) => box.map((value) => Number(value.toFixed(4)))));
  }

  private made(number: number): HTMLElement {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "blur-box";
    element.dataset["number"] = String(number);
    element.setAttribute("aria-label", (this.picture.dataset["box"] ?? "").replace("{n}", String(number + 1)));
    element.addEventListener("focus", () => {
      this.choose(number);
      for (const other of this.picture.querySelectorAll(".blur-box"))
        other.classList.toggle("chosen", other === element);
    });
    this.picture.append(element);
    return element;
  }
}

export default function mount(element: HTMLElement): void {
  const form = document.getElementById(element.dataset["blurEditor"] ?? "");
  const field = form?.querySelector<HTMLInputElement>("input[name=boxes]");
  const tools = document.querySelector<HTMLElement>("[data-blur-tools]");
  if (field) new Editor(element, field, tools);
}
