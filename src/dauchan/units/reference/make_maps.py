"""Writes the labels of the base map, a places.geojson for each administrative map, from units.csv.

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


def places() -> dict[str, list[Feature]]:
    """One labelled point per commune, by the first day of the map it belongs to."""
    maps: dict[str, list[Feature]] = {}
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "commune":
                maps.setdefault(row["valid_from"], []).append(place(row))
    return maps


def place(row: dict[str, str]) -> Feature:
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    kept = ("code", "name", "full_name", "name_en")
    return {"type": "Feature", "geometry": point, "properties": {key: row[key] for key in kept}}


def label_files() -> dict[str, str]:
    """What stands in which file: the newest map beside the base map, earlier ones in a folder named after their day."""
    maps = places()
    newest = max(maps)
    return {
        "places.geojson" if first_day == newest else f"{first_day}/places.geojson": collection(features)
        for first_day, features in maps.items()
    }


def collection(features: list[Feature]) -> str:
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n"


def main() -> None:
    for name, text in label_files().items():
        (MAPS / name).parent.mkdir(exist_ok=True)
        (MAPS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
