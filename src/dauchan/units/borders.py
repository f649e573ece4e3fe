"""Which commune holds a point: the areas of the administrative map, where they are known, and what lies near a border."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.affinity import scale
from shapely.geometry import shape

REFERENCE = Path(__file__).with_name("reference")
METRES_A_DEGREE = 111_320


class Near(NamedTuple):
    """A commune and how far a point is from it, in metres; 0 within it."""

    code: str
    metres: float


@dataclass(frozen=True)
class Borders:
    """The areas of one administrative map in metres on a plane, which over a province is as good as the globe.

    Attributes:
        first_day: on which that map came into force.
        squeeze: by how much a degree of longitude is shorter than one of latitude.
    """

    first_day: dt.date
    codes: tuple[str, ...]
    areas: tuple[Any, ...]
    squeeze: float

    @classmethod
    def of(cls, first_day: dt.date, areas: dict[str, Any]) -> Borders:
        """*areas*: shapes in degrees by the code of their commune."""
        _west, south, _east, north = shapely.total_bounds(list(areas.values()))
        squeeze = math.cos(math.radians((south + north) / 2))
        plane = [scale(one, METRES_A_DEGREE * squeeze, METRES_A_DEGREE, origin=(0, 0)) for one in areas.values()]
        shapely.prepare(plane)
        return cls(first_day, tuple(areas), tuple(plane), squeeze)

    def near(self, lat: float, lon: float, metres: float) -> list[Near]:
        """The communes within *metres* of the point, the nearest first; of equals the smaller code."""
        point = shapely.Point(lon * METRES_A_DEGREE * self.squeeze, lat * METRES_A_DEGREE)
        distances = shapely.distance(list(self.areas), point).tolist()
        found = (Near(code, far) for code, far in zip(self.codes, distances, strict=True) if far <= metres)
        return sorted(found, key=lambda one: (one.metres, one.code))


@cache
def _all_borders() -> tuple[Borders, ...]:
    """From the files borders-YYYY-MM-DD.geojson, the newest map first."""
    return tuple(_read(file) for file in sorted(REFERENCE.glob("borders-*.geojson"), reverse=True))


def _read(file: Path) -> Borders:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    areas = {one["properties"]["code"]: shape(one["geometry"]) for one in features}
    return Borders.of(dt.date.fromisoformat(file.stem.removeprefix("borders-")), areas)


def borders_on(day: dt.date) -> Borders | None:
    """The areas of the map in force on *day*; None for a day before the first map whose areas are known."""
    return next((one for one in _all_borders() if one.first_day <= day), None)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """On a globe, between two points as (lat, lon) in degrees: the haversine formula."""
    lat_1, lon_1, lat_2, lon_2 = map(math.radians, (*one, *other))
    half = math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(half)))
