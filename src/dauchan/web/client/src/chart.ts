/** Charts: loaded only where a page has one. The numbers also stand in a table below. */
import "../styles/vendor-chart.css";
import uPlot from "uplot";
import { colour, onThemeChange } from "./colours.ts";

interface Drawing {
  kind: "lines" | "bars";
  /** The places of the two series between which the ground is tinted. */
  band: [number, number] | null;
  names: string[];
  series: { label: string; values: (number | null)[]; colour: string }[];
}

const HEIGHT = 240;
const FONT = "12px 'Be Vietnam Pro', sans-serif";

function axes(drawing: Drawing): uPlot.Axis[] {
  const look = { stroke: colour("ink-soft"), font: FONT, grid: { stroke: colour("line"), width: 1 } };
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return [
    {
      ...look,
      grid: { show: false },
      space: 64,
      incrs: [1, 2, 3, 5, 7, 10, 14, 20, 30, 60, 90],
      values: (_chart, ticks) => ticks.map((tick) => drawing.names[tick] ?? ""),
    },
    { ...look, size: 64, values: (_chart, ticks) => ticks.map((tick) => numbers.format(tick)) },
  ];
}

function seriesOf(drawing: Drawing): uPlot.Series[] {
  const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
  return drawing.series.map(({ label, colour: name }, place) => ({
    label,
    stroke: colour(name),
    width: 2,
    ...(drawing.band?.includes(place) ? { width: 1 } : {}),
    // A second sign beside colour: the series' dashes.
    dash: drawing.kind === "lines" ? [[], [8, 4], [2, 3], [10, 3, 2, 3]][place % 4] : [],
    points: {
      show: drawing.kind === "lines" && drawing.names.length < 40 && !drawing.band?.includes(place),
    },
    ...(drawing.kind === "bars" && bars ? { fill: colour(name), paths: bars } : {}),
  })) as uPlot.Series[];
}

/** The ground between the least and the most that was to be expected. */
function bandOf(drawing: Drawing): uPlot.Band[] {
  if (!drawing.band) return [];
  const [least, most] = drawing.band;
  return [{ series: [most + 1, least + 1], fill: colour("series-2-soft") }];
}

function draw(element: HTMLElement, drawing: Drawing): uPlot {
  const margin = drawing.kind === "bars" ? 0.6 : 0;
  const options: uPlot.Options = {
    width: element.clientWidth - 16,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 8 } },
    scales: {
      x: { time: false, range: (_chart, low, high) => [low - margin, high + margin] },
      y: { range: (_chart, _low, high) => [0, Math.max(1, high * 1.08)] },
    },
    axes: axes(drawing),
    series: [{}, ...seriesOf(drawing)],
    bands: bandOf(drawing),
  };
  const data = [drawing.names.map((_name, place) => place), ...drawing.series.map((each) => each.values)];
  return new uPlot(options, data as uPlot.AlignedData, element);
}

/** The reading at the pointer in words, below the chart; at first that of the last name. */
function readOut(chart: uPlot, element: HTMLElement, drawing: Drawing): void {
  const output = document.createElement("p");
  output.className = "chart-reading";
  element.append(output);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const read = (place: number) => {
    const name = drawing.names[place];
    if (name === undefined) return;
    const figure = (value: number | null | undefined) => (value == null ? "–" : numbers.format(value));
    const parts = drawing.series.map(({ label, values }) => `${label}: ${figure(values[place])}`);
    output.textContent = `${name} · ${parts.join(" · ")}`;
  };
  read(drawing.names.length - 1);
  chart.over.addEventListener("pointermove", () => read(chart.cursor.idx ?? -1));
}

export default function mount(element: HTMLElement): void {
  const source = document.getElementById(element.dataset["chart"] ?? "")?.textContent;
  if (!source) return;
  const drawing = JSON.parse(source) as Drawing;
  let chart: uPlot;
  const redraw = () => {
    chart?.destroy();
    element.querySelector(".chart-reading")?.remove();
    chart = draw(element, drawing);
    readOut(chart, element, drawing);
  };
  redraw();
  onThemeChange(redraw);
  new ResizeObserver(() => chart.setSize({ width: element.clientWidth - 16, height: HEIGHT })).observe(element);
}
