"""Outlines on the map: from corners, circles and cells to one GeoJSON MultiPolygon, and which points lie within.

Degrees (WGS 84), longitude first as in GeoJSON. A point on the border is inside: nobody is left out by a line's width.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import h3
import numpy as np
import shapely
from django.utils.translation import gettext_lazy as _
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.ops import unary_union

from dauchan.tracing.zones.errors import ShapeRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

METRES_A_DEGREE: Final = 111_320
#: About 10 cm.
DECIMALS: Final = 6
CORNERS_OF_A_CIRCLE: Final = 72
MOST_CORNERS: Final = 2000
FEWEST_CORNERS: Final = 3
#: Larger than any province: a corner was mistyped.
LARGEST_KM2: Final = 20_000

Json = dict[str, Any]


class Point(NamedTuple):
    lon: float
    lat: float


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float


def from_rings(rings: Sequence[Sequence[Point]]) -> Json:
    """The outline of one or several rings of corners; a ring that lies within another is cut out of it.

    Raises: ShapeRefused.
    """
    parts = sorted((_part(ring) for ring in rings), key=lambda part: part.area, reverse=True)
    area: Any = Polygon()
    for part in parts:
        area = area.difference(part) if area.contains(part) else area.union(part)
    return _outline(area)


def _part(ring: Sequence[Point]) -> Polygon:
    corners = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    if len(set(corners)) < FEWEST_CORNERS:
        raise ShapeRefused(_("Mỗi phần của vùng cần ít nhất ba đỉnh khác nhau."))
    if len(corners) > MOST_CORNERS:
        raise ShapeRefused(_("Vùng có quá nhiều đỉnh."))
    part = Polygon(corners)
    if not part.is_valid or part.area == 0:
        raise ShapeRefused(_("Đường ranh giới tự cắt nhau. Hãy sắp lại thứ tự các đỉnh theo đường bao của vùng."))
    return part


def around(points: Iterable[Point], metres: float) -> Json:
    """Circles of a radius, united. Raises: ShapeRefused for no points."""
    return _outline(unary_union([_circle(point, metres) for point in points]))


def _circle(centre: Point, metres: float) -> Polygon:
    """A polygon around the circle, so that who is as near as the radius is inside."""
    reach = metres / METRES_A_DEGREE / math.cos(math.pi / CORNERS_OF_A_CIRCLE)
    widened = reach / max(math.cos(math.radians(centre.lat)), 0.01)
    turns = [2 * math.pi * step / CORNERS_OF_A_CIRCLE for step in range(CORNERS_OF_A_CIRCLE)]
    return Polygon([(centre.lon + widened * math.cos(turn), centre.lat + reach * math.sin(turn)) for turn in turns])


def cells_around(points: Iterable[Point], resolution: int, rings: int) -> list[str]:
    """The H3 cells that hold the points, with so many rings of neighbours."""
    centres = {h3.latlng_to_cell(point.lat, point.lon, resolution) for point in points}
    return sorted({cell for centre in centres for cell in h3.grid_disk(centre, rings)})


def from_cells(cells: Sequence[str]) -> Json:
    """The outline of H3 cells. Raises: ShapeRefused for none."""
    return _outline(shape(h3.cells_to_geo(cells)) if cells else Polygon())


def _outline(area: Any) -> Json:  # noqa: ANN401 - shapely has no types
    """Checked, with corners rounded to the decimals that mean something."""
    # Rounded on a grid, a valid outline stays valid.
    area = shapely.set_precision(area, 10**-DECIMALS)
    if area.is_empty:
        raise ShapeRefused(_("Vùng chưa có phạm vi nào trên bản đồ."))
    polygons = [part for part in getattr(area, "geoms", [area]) if part.geom_type == "Polygon"]
    whole = MultiPolygon(polygons).normalize()
    if square_kilometres(whole) > LARGEST_KM2:
        raise ShapeRefused(_("Vùng rộng hơn cả một tỉnh. Hãy kiểm tra lại tọa độ các đỉnh."))
    outline: Json = mapping(whole)
    return {"type": outline["type"], "coordinates": _as_lists(outline["coordinates"])}


def _as_lists(value: Any) -> Any:  # noqa: ANN401 - nested coordinates
    return round(value, DECIMALS) if isinstance(value, float | int) else [_as_lists(part) for part in value]


def square_kilometres(area: Any) -> float:  # noqa: ANN401 - shapely has no types
    if area.is_empty:
        return 0.0
    shrink = math.cos(math.radians(area.centroid.y))
    return float(area.area) * (METRES_A_DEGREE / 1000) ** 2 * shrink


def size_of(outline: Json) -> float:
    """In square kilometres."""
    return square_kilometres(shape(outline))


def box_of(outline: Json) -> Box:
    return Box(*shape(outline).bounds)


def within(outline: Json, lons: Sequence[float], lats: Sequence[float]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of the points lie inside or on the border."""
    area = shape(outline)
    shapely.prepare(area)
    inside = shapely.intersects_xy(area, np.asarray(lons, float), np.asarray(lats, float))
    return np.atleast_1d(np.asarray(inside, bool))


def rings_of(outline: Json) -> list[list[Point]]:
    """All rings, those of holes too, without the closing corner: what `from_rings` takes."""
    return [[Point(*corner) for corner in ring[:-1]] for polygon in outline["coordinates"] for ring in polygon]
