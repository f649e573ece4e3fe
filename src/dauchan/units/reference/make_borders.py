"""Writes borders-2025-07-01.geojson, the areas of the 40 communes.

Their source is a public repository:

    git clone https://github.com/thanglequoc/vietnamese-provinces-database
    python src/dauchan/units/reference/make_borders.py vietnamese-provinces-database/json/geojson/46_hue/wards

Neighbours are simplified together: their common border stays common.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import shapely
from shapely.geometry import mapping, shape

HERE = Path(__file__).parent
FIRST_DAY = "2025-07-01"
#: Degrees: some 30 m, less than the source is sure of.
FINENESS = 0.0003
GRID = 0.00001


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.geojson"))
    codes = [file.name.split("_")[0] for file in files]
    shapes = []
    for file in files:
        found = json.loads(file.read_text(encoding="utf-8"))["features"]
        shapes.append(shapely.make_valid(shapely.union_all([shape(one["geometry"]) for one in found])))
    simpler = shapely.set_precision(shapely.coverage_simplify(shapes, FINENESS), GRID)
    features = [
        {"type": "Feature", "geometry": mapping(area), "properties": {"code": code}}
        for code, area in zip(codes, simpler, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (HERE / f"borders-{FIRST_DAY}.geojson").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
