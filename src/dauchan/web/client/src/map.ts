/** Maps: loaded only where a page has one. Drawn from files of this installation; tiles only if it has its own. */
import "../styles/vendor-map.css";
import type { FeatureCollection } from "geojson";
import { LngLatBounds, Map as MapLibre, type MapMouseEvent, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { onThemeChange } from "./colours.ts";
import { styleOf } from "./map-style.ts";

setWorkerUrl(workerUrl);

/** Huế, where the product comes from: seen until there is something to look at. */
const FIRST_VIEW = { center: [107.58, 16.46] as [number, number], zoom: 9.5 };
/** Without tiles there are no streets to see nearer by. */
const CLOSE_UP = { withTiles: 16, without: 13 };

interface MapPoint {
  lat: number;
  lon: number;
  label?: string;
  text?: string;
  href?: string;
  colour?: string;
}

const maps = new WeakMap<Element, MapLibre>();

/** The map that was drawn in *element*, once it is. */
export function mapIn(element: Element): MapLibre | undefined {
  return maps.get(element);
}

function pointsOf(element: HTMLElement): MapPoint[] {
  const id = element.dataset["points"];
  const text = id ? document.getElementById(id)?.textContent : undefined;
  return text ? (JSON.parse(text) as MapPoint[]) : [];
}

function asFeatures(points: MapPoint[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: points.map((point) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [point.lon, point.lat] },
      properties: { ...point },
    })),
  };
}

/** How near a map goes to look at one place. */
export function closeUp(element: HTMLElement): number {
  return element.dataset["tiles"] ? CLOSE_UP.withTiles : CLOSE_UP.without;
}

/** What the map shows first: the points, and the box "west,south,east,north" around the areas. */
function frame(map: MapLibre, points: MapPoint[], box: string | undefined, maxZoom: number): void {
  const bounds = new LngLatBounds();
  for (const point of points) bounds.extend([point.lon, point.lat]);
  const [west, south, east, north] = (box ?? "").split(",").map(Number);
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined)
    bounds.extend([west, south]).extend([east, north]);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 48, maxZoom, animate: false });
}

function wordsOf(element: HTMLElement): Record<string, string> {
  const { label, marker, zoomIn, zoomOut, close, scroll, fingers } = element.dataset;
  const words = {
    "Map.Title": label,
    "Marker.Title": marker,
    "NavigationControl.ZoomIn": zoomIn,
    "NavigationControl.ZoomOut": zoomOut,
    "Popup.Close": close,
    "CooperativeGesturesHandler.WindowsHelpText": scroll,
    "CooperativeGesturesHandler.MacHelpText": scroll?.replace("Ctrl", "⌘"),
    "CooperativeGesturesHandler.MobileHelpText": fingers,
  };
  return Object.fromEntries(Object.entries(words).map(([key, word]) => [key, word ?? ""]));
}

function popupContent(properties: Record<string, unknown>): HTMLElement {
  const content = document.createElement("div");
  const title = document.createElement(properties["href"] ? "a" : "strong");
  title.textContent = String(properties["label"] ?? "");
  if (title instanceof HTMLAnchorElement) title.href = String(properties["href"]);
  content.append(title);
  if (properties["text"]) {
    const text = document.createElement("p");
    text.textContent = String(properties["text"]);
    content.append(text);
  }
  return content;
}

/** A press on a point or an area opens what is known of it; a press on a crowd goes nearer. */
function answerPresses(map: MapLibre): void {
  map.on("click", (event: MapMouseEvent) => {
    const [crowd] = map.queryRenderedFeatures(event.point, { layers: ["crowds"] });
    if (crowd) {
      map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
      return;
    }
    const [found] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] });
    if (!found?.properties["label"]) return;
    new Popup({ maxWidth: "18rem" }).setLngLat(event.lngLat).setDOMContent(popupContent(found.properties)).addTo(map);
  });
  for (const layer of ["crowds", "points", "areas"]) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("pointed"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("pointed"));
  }
}

function draw(element: HTMLElement): MapLibre {
  const points = pointsOf(element);
  const layers = JSON.parse(element.dataset["layers"] ?? "{}") as Record<string, string>;
  const areas = element.dataset["areas"] ?? asFeatures([]);
  const style = () => styleOf(layers, element.dataset["tiles"], asFeatures(points), areas);
  const map = new MapLibre({
    container: element,
    style: style(),
    ...FIRST_VIEW,
    locale: wordsOf(element),
    attributionControl: false,
    cooperativeGestures: element.dataset["map"] === "show",
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  frame(map, points, element.dataset["bounds"], closeUp(element));
  answerPresses(map);
  onThemeChange(() => map.setStyle(style()));
  return map;
}

export default function mount(element: HTMLElement): void {
  const wait = element.querySelector(".map-wait");
  try {
    const map = draw(element);
    maps.set(element, map);
    wait?.remove();
    element.dispatchEvent(new CustomEvent("map:ready", { detail: map }));
  } catch {
    // No WebGL: the sentence stays in the map's place; every page says the same in words elsewhere.
    if (wait) wait.textContent = element.dataset["failed"] ?? "";
  }
}
