"""Points and the areas of communes: whoever holds a point is first, neighbours by distance, and nobody is left between two."""

from __future__ import annotations

import datetime as dt
import math

import shapely
from hypothesis import given
from hypothesis import strategies as st

from dauchan.units.borders import Borders, borders_on, metres_between

#: Two squares that touch, some 1.1 km a side, at 16 degrees north.
WEST, EAST = shapely.box(107.50, 16.40, 107.51, 16.41), shapely.box(107.51, 16.40, 107.52, 16.41)
TWO = Borders.of(dt.date(2025, 7, 1), {"w": WEST, "e": EAST})
LATS, LONS = st.floats(16.39, 16.42), st.floats(107.49, 107.53)


@given(LATS, LONS, st.floats(0, 3000))
def test_the_nearest_is_first_and_all_are_within_the_distance(lat: float, lon: float, metres: float) -> None:
    found = TWO.near(lat, lon, metres)
    assert [one.metres for one in found] == sorted(one.metres for one in found)
    for code, far in found:
        area = {"w": WEST, "e": EAST}[code]
        nearest = shapely.shortest_line(shapely.Point(lon, lat), area).coords[1]
        assert far <= metres
        assert (far == 0) == bool(area.covers(shapely.Point(lon, lat)))
        # The line that is shortest in degrees is a little longer in metres than the shortest.
        assert far <= metres_between((lat, lon), (nearest[1], nearest[0])) * 1.002 + 0.01
    if shapely.box(107.50, 16.40, 107.52, 16.41).covers(shapely.Point(lon, lat)):
        assert found[0].metres == 0


@given(LATS, LONS, LATS, LONS, LATS, LONS)
def test_distances_are_distances(a: float, b: float, c: float, d: float, e: float, f: float) -> None:
    one, two, three = (a, b), (c, d), (e, f)
    assert metres_between(one, two) == metres_between(two, one)
    assert metres_between(one, one) == 0
    assert metres_between(one, three) <= metres_between(one, two) + metres_between(two, three) + 1e-6
    plane = math.hypot((a - c) * 111_195, (b - d) * 111_195 * math.cos(math.radians((a + c) / 2)))
    assert math.isclose(metres_between(one, two), plane, rel_tol=1e-3, abs_tol=0.01)


def test_areas_are_known_from_the_map_of_2025_on() -> None:
    assert borders_on(dt.date(2025, 6, 30)) is None
    borders = borders_on(dt.date(2025, 7, 1))
    assert borders is not None
    assert len(borders.codes) == 40
    assert borders.near(16.4637, 107.5857, 0)[0].code == "19789"
    # Within a commune as within the whole: neighbours share their border, and leave no gap.
    whole = shapely.union_all(list(borders.areas))
    assert math.isclose(whole.area, sum(area.area for area in borders.areas), rel_tol=1e-9)
