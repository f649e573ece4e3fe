"""Which places a round goes to and in which order: pure, so that anybody can add it up and draw again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dauchan.oversight.inspections.drawing import drawn
from dauchan.oversight.inspections.routing import Place, length_metres, metres_between, route
from dauchan.oversight.inspections.scoring import MOST, Facts, score
from dauchan.oversight.inspections.signing import read_strokes, strokes_kept, svg_of

POOLS = st.sets(st.integers(1, 10**9), max_size=40)
SEEDS = st.text(max_size=20)
PLACES = st.lists(
    st.builds(Place, st.integers(1, 500), st.none() | st.floats(16, 17), st.just(107.5)),
    max_size=12,
    unique_by=lambda place: place.key,
)
FACTS = st.builds(
    Facts,
    st.floats(0, 1),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(["indoor", "outdoor", "vehicle", "mixed", ""]),
    st.none() | st.integers(0, 2000),
)


@given(POOLS, st.integers(0, 50), SEEDS)
def test_a_draw_can_be_repeated_and_is_of_its_pool(pool: set[int], count: int, seed: str) -> None:
    chosen = drawn(pool, count, seed)
    assert chosen == drawn(sorted(pool, reverse=True), count, seed)
    assert len(chosen) == len(set(chosen)) == min(count, len(pool))
    assert set(chosen) <= pool


@given(POOLS, st.integers(1, 20), SEEDS)
def test_a_place_that_was_not_drawn_steers_nothing(pool: set[int], count: int, seed: str) -> None:
    chosen = drawn(pool, count, seed)
    for other in pool - set(chosen):
        assert drawn(pool - {other}, count, seed) == chosen


def test_a_draw_is_the_same_in_every_year() -> None:
    assert drawn(range(1, 11), 3, "hue-2026") == [2, 3, 6]
    assert drawn(range(1, 11), 3, "hue-2027") != drawn(range(1, 11), 3, "hue-2026")


@given(PLACES)
def test_a_route_leaves_nobody_out_and_always_goes_to_the_nearest(places: list[Place]) -> None:
    office = Place(0, 16.46, 107.59)
    found = route(places, office)
    assert sorted(found) == sorted(places) if all(place.lat is not None for place in places) else True
    assert {place.key for place in found} == {place.key for place in places}
    assert len(found) == len(places)
    here = office
    for at, place in enumerate(found):
        if place.lat is None:
            assert all(later.lat is None for later in found[at:])
            break
        nearest = min(metres_between(here, later) for later in found[at:] if later.lat is not None)
        assert metres_between(here, place) == nearest
        here = place
    assert length_metres(found) >= 0


def test_a_route_without_an_office_begins_in_the_north() -> None:
    south, north, middle = Place(1, 16.1, 107.5), Place(2, 16.9, 107.5), Place(3, 16.5, 107.5)
    assert route([south, north, middle]) == [north, middle, south]
    assert route([]) == []


@given(FACTS)
def test_a_score_is_the_sum_of_what_is_shown_and_at_most_100(facts: Facts) -> None:
    found = score(facts)
    assert found.total == sum(part["points"] for part in found.kept()) <= sum(MOST.values()) == 100
    assert all(0 <= part.points <= part.most for part in found.parts)


@given(FACTS, st.integers(1, 5))
def test_more_reason_never_means_less_pressing(facts: Facts, more: int) -> None:
    worse = Facts(min(facts.confidence + more / 5, 1), facts.reports + more, facts.findings + more, facts.setting, None)
    assert score(worse).total >= score(facts).total


POINTS = st.lists(st.lists(st.tuples(st.floats(-50, 900), st.floats(-50, 900)), max_size=30), max_size=8)


@given(st.integers(1, 800), st.integers(1, 400), POINTS)
def test_a_signature_keeps_within_its_field_and_comes_back_the_same(
    width: int, height: int, lines: list[list[tuple[float, float]]]
) -> None:
    found = read_strokes({"width": width, "height": height, "lines": lines})
    assert (found is None) == (sum(map(len, lines)) < 5)
    if found is not None:
        assert all(0 <= x <= width and 0 <= y <= height for line in found.lines for x, y in line)
        assert strokes_kept(found.kept()) == found
        assert svg_of(found).startswith("<svg ")


def test_nothing_but_numbers_is_drawn() -> None:
    wrong: list[object] = [None, {}, [], {"width": 10, "height": 10, "lines": [["<script>"] * 5]}, {"width": 1e400}]
    for sent in wrong:
        assert read_strokes(sent) is None
    assert read_strokes({"width": float("nan"), "height": 1, "lines": []}) is None
