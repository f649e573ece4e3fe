"""Writes places.geojson, the labels of the base map, from units.csv.

Run it after a change to the units:

    python src/dauchan/units/reference/make_maps.py

The land under the labels changes less often than once in a decade and has a script of its own, make_base_map.py.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MAPS = HERE.parents[1] / "web/layout/static/maps"

Feature = dict[str, Any]


def places() -> list[Feature]:
    """One labelled point per unit and period, so that a page can show the map in force on a day."""
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        return [place(row) for row in csv.DictReader(file)]


def place(row: dict[str, str]) -> Feature:
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    kept = ("code", "level", "name", "full_name", "name_en", "valid_from", "valid_to")
    return {"type": "Feature", "geometry": point, "properties": {key: row[key] for key in kept}}


def collection(features: list[Feature]) -> str:
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n"


if __name__ == "__main__":
    (MAPS / "places.geojson").write_text(collection(places()), encoding="utf-8")
