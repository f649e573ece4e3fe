"""Outlines: borders, holes, circles and cells, and corners as they are typed."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dauchan.tracing.zones.corners import read_corners, write_corners
from dauchan.tracing.zones.errors import ShapeRefused
from dauchan.tracing.zones.geometry import (
    Point,
    around,
    box_of,
    cells_around,
    from_cells,
    from_rings,
    rings_of,
    size_of,
    within,
)

#: Around Huế, on a grid of a thousandth of a degree: corners and borders are met often.
LONS = st.integers(107_500, 107_700).map(lambda n: n / 1000)
LATS = st.integers(16_400, 16_600).map(lambda n: n / 1000)
POINTS = st.builds(Point, LONS, LATS)


def square(west: float, south: float, side: float) -> list[Point]:
    east, north = west + side, south + side
    return [Point(west, south), Point(east, south), Point(east, north), Point(west, north)]


def is_within(outline: dict[str, object], point: Point) -> bool:
    return bool(within(outline, [point.lon], [point.lat])[0])


@given(POINTS, st.integers(1, 80).map(lambda n: n / 1000), POINTS)
@example(Point(107.55, 16.45), 0.05, Point(107.6, 16.47))
@example(Point(107.55, 16.45), 0.05, Point(107.55, 16.45))
def test_a_point_on_the_border_is_inside(corner: Point, side: float, point: Point) -> None:
    outline = from_rings([square(*corner, side)])
    east, north = round(corner.lon + side, 6), round(corner.lat + side, 6)
    expected = corner.lon <= point.lon <= east and corner.lat <= point.lat <= north
    assert is_within(outline, point) == expected


@given(POINTS, POINTS)
def test_a_ring_within_a_ring_is_a_hole_whose_border_belongs_to_the_zone(corner: Point, point: Point) -> None:
    outer, inner = square(*corner, 0.09), square(corner.lon + 0.03, corner.lat + 0.03, 0.03)
    outline = from_rings([inner, outer])
    in_hole = all(
        round(low + 0.03, 6) < at < round(low + 0.06, 6)
        for low, at in ((corner.lon, point.lon), (corner.lat, point.lat))
    )
    in_outer = all(low <= at <= round(low + 0.09, 6) for low, at in ((corner.lon, point.lon), (corner.lat, point.lat)))
    assert is_within(outline, point) == (in_outer and not in_hole)


@given(st.lists(POINTS, min_size=1, max_size=4), st.integers(50, 5000), POINTS)
def test_within_a_circle_is_whoever_is_as_near_as_its_radius(centres: list[Point], metres: int, point: Point) -> None:
    nearest = min(
        math.hypot((point.lon - c.lon) * 111_320 * math.cos(math.radians(c.lat)), (point.lat - c.lat) * 111_320)
        for c in centres
    )
    assume(abs(nearest - metres) > metres * 0.002 + 0.2)  # the corners of the drawn circle
    assert is_within(around(centres, metres), point) == (nearest < metres)


@given(st.lists(POINTS, min_size=1, max_size=3), st.integers(7, 9), st.integers(0, 2))
def test_cells_hold_the_points_they_were_made_around(points: list[Point], resolution: int, rings: int) -> None:
    cells = cells_around(points, resolution, rings)
    outline = from_cells(cells)
    assert within(outline, [p.lon for p in points], [p.lat for p in points]).all()
    assert len(cells) >= len(set(cells_around(points, resolution, 0)))


@given(st.lists(POINTS, min_size=3, max_size=8, unique=True))
def test_an_outline_is_kept_or_refused_and_never_changed_in_silence(ring: list[Point]) -> None:
    try:
        outline = from_rings([ring])
    except ShapeRefused:
        return
    assert within(outline, [p.lon for p in ring], [p.lat for p in ring]).all(), "a corner is on the border"
    again = from_rings(read_corners(write_corners(rings_of(outline))))
    assert again == outline
    box = box_of(outline)
    assert (box.west, box.south) == (min(p.lon for p in ring), min(p.lat for p in ring))


def test_what_is_no_area_is_refused() -> None:
    bow = [Point(107.5, 16.4), Point(107.6, 16.5), Point(107.6, 16.4), Point(107.5, 16.5)]
    line = [Point(107.5, 16.4), Point(107.6, 16.4), Point(107.7, 16.4)]
    for ring in (bow, line, bow[:2], [*bow[:1]] * 5, square(90, 5, 30)):
        with pytest.raises(ShapeRefused):
            from_rings([ring])
    with pytest.raises(ShapeRefused):
        from_cells([])


def test_the_size_is_in_square_kilometres() -> None:
    assert size_of(around([Point(107.59, 16.46)], 1000)) == pytest.approx(math.pi, rel=0.01)


@pytest.mark.parametrize("line", ["16.4637, 107.5909", "16,4637; 107,5909", "16.4637 107.5909", "16.4637,107.5909"])
def test_coordinates_are_read_as_people_write_them(line: str) -> None:
    assert read_corners(f"{line}\n\n\n{line}\n") == [[Point(107.5909, 16.4637)]] * 2


@pytest.mark.parametrize("text", ["a, b", "16.46", "107.59, 16.46", "16.46, 107.59, 3", "nan, inf", "1e3, 2", "=1+1"])
def test_a_line_that_is_no_corner_is_named(text: str) -> None:
    with pytest.raises(ShapeRefused) as refused:
        read_corners(f"16.46, 107.59\n{text}")
    assert "2" in str(refused.value.message)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        rings = read_corners(text)
    except ShapeRefused:
        return
    assert all(ring for ring in rings)
