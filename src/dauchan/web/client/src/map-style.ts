import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { colour } from "./colours.ts";

/** Layers of the base map that are known by name; a file with another name is drawn as thin lines. */
const BASE_ORDER = ["land", "water", "rivers", "roads", "boundaries", "places"];
const FILLED: Record<string, string> = { land: "map-land", water: "map-water" };
const FONT = ["Be Vietnam Pro"];

const COLOUR_NAMES = [1, 2, 3, 4].flatMap((number) => [`series-${number}`, `level-${number}`]);

function baseLayer(name: string): LayerSpecification {
  const id = `base-${name}`;
  const fill = FILLED[name];
  if (fill) return { id, type: "fill", source: id, paint: { "fill-color": colour(fill) } };
  if (name === "places") return placeNames(id);
  if (name === "boundaries") return boundaries(id);
  if (name === "rivers") return rivers(id);
  return { id, type: "line", source: id, paint: { "line-color": colour("map-line"), "line-width": 1 } };
}

/** The Perfume River is some 300 m wide in the city: near by, its line is as wide as that. */
function rivers(id: string): LayerSpecification {
  return {
    id,
    type: "line",
    source: id,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour("map-water"),
      "line-width": ["interpolate", ["exponential", 2], ["zoom"], 8, 1, 11, 3, 16, 90],
    },
  };
}

function boundaries(id: string): LayerSpecification {
  const isCountry = ["==", ["get", "kind"], "country"];
  return {
    id,
    type: "line",
    source: id,
    paint: {
      "line-color": colour("map-line"),
      "line-width": ["case", isCountry as never, 2, 1],
      "line-dasharray": [4, 2],
    },
  };
}

function placeNames(id: string): LayerSpecification {
  return {
    id,
    type: "symbol",
    source: id,
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["zoom"], 8, 11, 14, 15],
      "text-padding": 6,
    },
    paint: { "text-color": colour("ink-soft"), "text-halo-color": colour("map-land"), "text-halo-width": 1.5 },
  };
}

/** The colour a feature names in its property `colour`, else the first series' colour. */
function namedColour(): ["match", ...unknown[]] {
  return ["match", ["get", "colour"], ...COLOUR_NAMES.flatMap((name) => [name, colour(name)]), colour("series-1")];
}

const POINT_LAYERS = (): LayerSpecification[] => [
  {
    id: "areas",
    type: "fill",
    source: "areas",
    paint: { "fill-color": namedColour() as never, "fill-opacity": 0.35 },
  },
  {
    id: "areas-edge",
    type: "line",
    source: "areas",
    paint: { "line-color": namedColour() as never, "line-width": 1.5 },
  },
  {
    id: "areas-names",
    type: "symbol",
    source: "areas",
    layout: {
      "text-field": ["coalesce", ["get", "label"], ""],
      "text-font": FONT,
      "text-size": 13,
      "text-max-width": 9,
    },
    paint: { "text-color": colour("ink"), "text-halo-color": colour("surface"), "text-halo-width": 1.5 },
  },
  {
    id: "crowds",
    type: "circle",
    source: "points",
    filter: ["has", "point_count"],
    paint: {
      "circle-color": colour("accent"),
      "circle-radius": ["step", ["get", "point_count"], 15, 20, 19, 100, 25],
      "circle-stroke-color": colour("surface"),
      "circle-stroke-width": 2,
    },
  },
  {
    id: "crowd-counts",
    type: "symbol",
    source: "points",
    filter: ["has", "point_count"],
    layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 13 },
    paint: { "text-color": colour("on-accent") },
  },
  {
    id: "points",
    type: "circle",
    source: "points",
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-color": namedColour() as never,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 5, 15, 10],
      "circle-stroke-color": colour("surface"),
      "circle-stroke-width": 2,
    },
  },
];

function place(name: string): number {
  const found = BASE_ORDER.indexOf(name);
  return found < 0 ? BASE_ORDER.indexOf("boundaries") : found;
}

/** Everything a map draws, in the colours of the theme in force. */
export function styleOf(
  layers: Record<string, string>,
  tiles: string | undefined,
  points: GeoJSONSourceSpecification["data"],
  areas: GeoJSONSourceSpecification["data"],
): StyleSpecification {
  const names = Object.keys(layers).sort((one, other) => place(one) - place(other));
  const style: StyleSpecification = {
    version: 8,
    sources: {
      points: { type: "geojson", data: points, cluster: true, clusterRadius: 36, clusterMaxZoom: 14 },
      areas: { type: "geojson", data: areas },
    },
    layers: [
      {
        id: "ground",
        type: "background",
        paint: { "background-color": colour(layers["land"] ? "map-water" : "map-land") },
      },
    ],
  };
  for (const name of names) style.sources[`base-${name}`] = { type: "geojson", data: layers[name] ?? "" };
  style.layers.push(...names.map(baseLayer));
  if (tiles) {
    style.sources["tiles"] = { type: "raster", tiles: [tiles], tileSize: 256 };
    style.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  style.layers.push(...POINT_LAYERS());
  return style;
}
