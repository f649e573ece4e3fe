"""A map of areas over time as a drawing: land and boundaries as lines, a circle for each area, a number in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, cached_property
from math import cos, radians, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.utils import formats

import dauchan.web.layout
from dauchan.epi.arrays import MISSING
from dauchan.epi.curves import EPOCH
from dauchan.epi.intervals import local_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dauchan.units.models import Unit

MAPS = Path(dauchan.web.layout.__file__).parent / "static/maps"
#: The drawing is three wide and two high, whatever the screen.
WIDTH, HEIGHT = 600, 400
#: Degrees; a single commune is not looked at more closely.
NARROWEST = 0.3
MARGIN = 0.12
#: Points of an outline nearer to each other than this, in units of the drawing, are one.
FINENESS = 0.8
SMALLEST_RADIUS, RADIUS_OF_ONE, LARGEST_RADIUS = 9.0, 7.0, 44.0


class Circle(NamedTuple):
    """An area on the map; `radii` and `figures` by step, for the slider."""

    x: str
    y: str
    name: str
    radii: str
    figures: str
    radius: str
    figure: str


@dataclass(frozen=True)
class AreaOverTime:
    """An area and its number in each step; None where it may not be shown."""

    unit: Unit
    counts: list[int | None]


class Box(NamedTuple):
    """What part of the world is drawn, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def x(self, lon: float) -> float:
        return (lon - self.west) / (self.east - self.west)

    def y(self, lat: float) -> float:
        return (self.north - lat) / (self.north - self.south)


@dataclass(frozen=True)
class MapDrawing:
    """Areas over the steps of a slider.

    Attributes:
        steps: first and last day of each, both included.
        areas: those with any case, whether or not a number may be shown.
    """

    steps: list[tuple[dt.date, dt.date]]
    areas: list[AreaOverTime]

    @property
    def last(self) -> int:
        return len(self.steps) - 1

    @cached_property
    def names(self) -> list[str]:
        """Of the steps; a step that begins where the slider's first one does is named by its end."""
        return [
            f"{formats.date_format(first_on, 'd/m')} – {formats.date_format(last_on, 'd/m/Y')}"
            for first_on, last_on in self.steps
        ]

    @cached_property
    def totals(self) -> list[int]:
        """Of what is shown."""
        return [sum(area.counts[step] or 0 for area in self.areas) for step in range(len(self.steps))]

    @cached_property
    def box(self) -> Box:
        placed = [(area.unit.lon, area.unit.lat) for area in self.areas if area.unit.lon and area.unit.lat]
        lons, lats = [lon for lon, _lat in placed] or [107.58], [lat for _lon, lat in placed] or [16.46]
        middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        shrink = cos(radians(middle_lat))  # a degree of longitude is shorter than one of latitude
        wide = max(NARROWEST, (max(lons) - min(lons)) * shrink) * (1 + 2 * MARGIN)
        high = max(NARROWEST * HEIGHT / WIDTH, max(lats) - min(lats)) * (1 + 2 * MARGIN)
        wide = max(wide, high * WIDTH / HEIGHT)
        high = wide * HEIGHT / WIDTH
        half_lon, half_lat = wide / shrink / 2, high / 2
        return Box(middle_lon - half_lon, middle_lat - half_lat, middle_lon + half_lon, middle_lat + half_lat)

    @property
    def land(self) -> str:
        return path_of("land", self.box)

    @property
    def lines(self) -> str:
        return path_of("boundaries", self.box)

    @property
    def circles(self) -> list[Circle]:
        """The largest first, so that none covers a smaller one; as at the last step until the slider moves."""
        shown = [area for area in self.areas if any(area.counts) and area.unit.lat is not None]
        shown.sort(key=lambda area: -max(count or 0 for count in area.counts))
        return [self._circle(area) for area in shown]

    @property
    def rows(self) -> Iterator[tuple[Unit, list[int | None], int]]:
        """The table: an area, its numbers, the highest of them."""
        for area in self.areas:
            yield area.unit, area.counts, max((count or 0 for count in area.counts), default=0)

    @property
    def table_steps(self) -> list[int]:
        """Steps of the table: every seventh up to the last where there are many."""
        every = 7 if len(self.steps) > 14 else 1  # noqa: PLR2004 - two weeks fit on a page
        return sorted(range(self.last, -1, -every))

    @property
    def table_names(self) -> list[str]:
        return [self.names[step] for step in self.table_steps]

    @property
    def table(self) -> list[tuple[Unit, list[int | None]]]:
        return [(area.unit, [area.counts[step] for step in self.table_steps]) for area in self.areas]

    def _circle(self, area: AreaOverTime) -> Circle:
        radii = [_radius(count) for count in area.counts]
        figures = [str(count or "") for count in area.counts]
        x, y = self.box.x(area.unit.lon or 0), self.box.y(area.unit.lat or 0)
        place = f"{100 * x:.2f}%", f"{100 * y:.2f}%"
        return Circle(*place, str(area.unit), ",".join(radii), ",".join(figures), radii[-1], figures[-1])


def windows(first_on: dt.date, last_on: dt.date, days: int, *, weekly: bool) -> list[tuple[dt.date, dt.date]]:
    """The steps of a slider: for each day the *days* up to it, or weeks that touch and do not overlap."""
    if weekly:
        weeks = range(0, (last_on - first_on).days + 1, 7)
        return [(first_on + dt.timedelta(days=at), first_on + dt.timedelta(days=at + 6)) for at in weeks]
    ends = [first_on + dt.timedelta(days=at) for at in range((last_on - first_on).days + 1)]
    return [(end - dt.timedelta(days=days - 1), end) for end in ends]


def days_of(instants: NDArray[np.int64]) -> list[dt.date | None]:
    """Local days; None where there is no instant."""
    days = local_days(instants).tolist()
    return [
        None if at == MISSING else EPOCH + dt.timedelta(days=day)
        for at, day in zip(instants.tolist(), days, strict=True)
    ]


def _radius(count: int | None) -> str:
    """Areas in proportion to the numbers, the smallest still wide enough for one."""
    if not count:
        return "0"
    return f"{min(LARGEST_RADIUS, max(SMALLEST_RADIUS, RADIUS_OF_ONE * sqrt(count))):.1f}"


@cache
def _outlines(name: str) -> list[list[list[float]]]:
    """The lines and rings of a layer of the base map."""
    found: list[list[list[float]]] = []

    def collect(coordinates: Sequence[object]) -> None:
        first = coordinates[0]
        if isinstance(first, list) and not isinstance(first[0], list):
            found.append(coordinates)  # type: ignore[arg-type]  # a list of points
            return
        for part in coordinates:
            collect(part)  # type: ignore[arg-type]  # lists of lists

    for feature in json.loads((MAPS / f"{name}.geojson").read_text(encoding="utf-8"))["features"]:
        collect(feature["geometry"]["coordinates"])
    return found


@cache
def path_of(name: str, box: Box) -> str:
    """A layer as the path of a drawing of WIDTH by HEIGHT, without detail that could not be seen."""
    parts = []
    for outline in _outlines(name):
        points: list[tuple[float, float]] = []
        for lon, lat in outline:
            x, y = WIDTH * box.x(lon), HEIGHT * box.y(lat)
            if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= FINENESS:
                points.append((x, y))
        inside = any(-WIDTH < x < 2 * WIDTH and -HEIGHT < y < 2 * HEIGHT for x, y in points)
        if len(points) > 1 and inside:
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points))
    return "".join(parts)
