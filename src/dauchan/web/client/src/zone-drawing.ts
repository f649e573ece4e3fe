/** Draws a zone on the map. The text below the map is what is sent; map and text follow each other. */
import { LngLatBounds, type Map as MapLibre } from "maplibre-gl";
import {
  type GeoJSONStoreFeatures,
  type HexColor,
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { colour, onThemeChange } from "./colours.ts";
import { mapIn } from "./map.ts";
import { type Corner, readCorners, writeCorners } from "./zone-corners.ts";

const AREA = 3;

/** A part with fewer than three corners is shown as a point or a line until it has them. */
function featureOf(part: Corner[]): GeoJSONStoreFeatures {
  const [first] = part;
  if (!first || part.length === 1)
    return {
      type: "Feature",
      geometry: { type: "Point", coordinates: first ?? [0, 0] },
      properties: { mode: "point" },
    };
  if (part.length < AREA)
    return { type: "Feature", geometry: { type: "LineString", coordinates: part }, properties: { mode: "linestring" } };
  return {
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [[...part, first]] },
    properties: { mode: "polygon" },
  };
}

function drawingOn(map: MapLibre): TerraDraw {
  const accent = colour("accent") as HexColor;
  const area = { fillColor: accent, outlineColor: accent, fillOpacity: 0.2, outlineWidth: 3 };
  const corners = { midpoints: true, draggable: true, deletable: true };
  return new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 6 }),
    modes: [
      new TerraDrawPolygonMode({ styles: { ...area, closingPointColor: accent, closingPointWidth: 6 } }),
      new TerraDrawPointMode({ styles: { pointColor: accent } }),
      new TerraDrawLineStringMode({ styles: { lineStringColor: accent, lineStringWidth: 3 } }),
      new TerraDrawSelectMode({ flags: { polygon: { feature: { draggable: true, coordinates: corners } } } }),
    ],
  });
}

class ZoneDrawing {
  private draw: TerraDraw;
  private mode = "polygon";
  private following = false;

  constructor(
    private readonly element: HTMLElement,
    private readonly text: HTMLTextAreaElement,
    private readonly map: MapLibre,
  ) {
    this.draw = this.begin();
    this.show();
    this.frame();
    this.press("[data-draw]", () => this.choose("polygon"));
    this.press("[data-edit]", () => this.choose("select"));
    this.press("[data-at-centre]", () => this.addAtCentre());
    this.press("[data-undo]", () => this.undo());
    this.press("[data-clear]", () => this.write([]));
    text.addEventListener("input", () => this.show());
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.addAtCentre();
    });
    for (const hidden of element.querySelectorAll<HTMLElement>("[data-drawing-tools], [data-drawing-help]"))
      hidden.hidden = false;
    // Another theme draws the map anew, and with it goes what was drawn on it.
    onThemeChange(() => map.once("idle", () => this.beginAgain()));
  }

  private begin(): TerraDraw {
    const draw = drawingOn(this.map);
    draw.start();
    draw.setMode(this.mode);
    draw.on("finish", () => this.follow());
    draw.on("change", (_ids, type) => {
      if (!this.following && this.mode === "select" && type !== "create") this.follow();
      if (!this.following && this.mode === "polygon" && type === "create") this.say("started");
    });
    return draw;
  }

  private beginAgain(): void {
    try {
      this.draw.stop();
    } catch {
      // Its layers went with the old style.
    }
    this.draw = this.begin();
    this.show();
  }

  /** The text says what was drawn. */
  private follow(): void {
    const areas = this.draw.getSnapshot().filter((feature) => feature.geometry.type === "Polygon");
    const parts = areas.map((feature) => (feature.geometry.coordinates[0] as Corner[]).slice(0, -1));
    const unfinished = readCorners(this.text.value).filter((part) => part.length < AREA);
    this.text.value = writeCorners([...parts, ...unfinished]);
    this.tell([...parts, ...unfinished]);
  }

  /** The map shows what the text says. */
  private show(): void {
    const parts = readCorners(this.text.value);
    this.following = true;
    this.draw.clear();
    this.draw.addFeatures(parts.map(featureOf));
    this.following = false;
    this.tell(parts);
  }

  private write(parts: Corner[][]): void {
    this.text.value = writeCorners(parts);
    this.show();
  }

  private addAtCentre(): void {
    const parts = readCorners(this.text.value);
    const { lng, lat } = this.map.getCenter();
    const last = parts[parts.length - 1];
    if (last) last.push([lng, lat]);
    else parts.push([[lng, lat]]);
    this.write(parts);
  }

  private undo(): void {
    const parts = readCorners(this.text.value);
    parts[parts.length - 1]?.pop();
    this.write(parts.filter((part) => part.length));
  }

  private choose(mode: string): void {
    this.mode = mode;
    this.draw.setMode(mode);
    for (const [selector, own] of [
      ["[data-draw]", "polygon"],
      ["[data-edit]", "select"],
    ])
      this.element.querySelector(selector ?? "")?.setAttribute("aria-pressed", String(own === mode));
  }

  private press(selector: string, act: () => void): void {
    this.element.querySelector(selector)?.addEventListener("click", act);
  }

  private frame(): void {
    const bounds = new LngLatBounds();
    for (const corner of readCorners(this.text.value).flat()) bounds.extend(corner);
    if (!bounds.isEmpty()) this.map.fitBounds(bounds, { padding: 48, maxZoom: 16, animate: false });
  }

  private tell(parts: Corner[][]): void {
    this.say("drawn", { corners: parts.flat().length, parts: parts.length });
  }

  private say(word: string, numbers: Record<string, number> = {}): void {
    const state = this.element.querySelector<HTMLOutputElement>("[data-drawing-state]");
    if (!state) return;
    let said = this.element.dataset[word] ?? "";
    for (const [name, number] of Object.entries(numbers)) said = said.replace(`{${name}}`, String(number));
    state.value = said;
  }
}

export default function mount(element: HTMLElement): void {
  const box = element.querySelector<HTMLElement>("[data-map]");
  const text = element.querySelector("textarea");
  if (!box || !text) return;
  const begin = (map: MapLibre) => {
    const start = () => new ZoneDrawing(element, text, map);
    if (map.isStyleLoaded()) start();
    else map.once("idle", start);
  };
  const drawn = mapIn(box);
  if (drawn) begin(drawn);
  // Without a map the text is all there is, and all that is needed.
  else box.addEventListener("map:ready", (event) => begin((event as CustomEvent<MapLibre>).detail), { once: true });
}
