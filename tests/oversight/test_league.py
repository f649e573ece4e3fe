"""Ranking: whoever is too small has no rank, ties share one, and no figure above is worse than one below."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dauchan.oversight.accountability.columns import Figure, added_up
from dauchan.oversight.accountability.league import ranked
from dauchan.units.models import Unit

figures = st.builds(
    lambda of, part, few: Figure(min(part, of), of, is_few=few),
    st.integers(0, 40),
    st.integers(0, 40),
    st.booleans(),
)


@given(given_figures=st.lists(figures, max_size=25), least=st.integers(1, 30), more_is_better=st.booleans())
def test_nobody_is_ranked_on_a_handful(*, given_figures: list[Figure], least: int, more_is_better: bool) -> None:
    places = ranked(given_figures, lambda one: one, least, more_is_better=more_is_better)
    assert sorted(id(place.item) for place in places) == sorted(id(one) for one in given_figures)
    for place in places:
        enough = not place.item.is_few and (place.item.of or 0) >= least
        assert (place.rank is not None) == enough
    ranks = [place.rank for place in places if place.rank is not None]
    assert [place.rank for place in places[: len(ranks)]] == ranks


@given(given_figures=st.lists(figures, max_size=25), more_is_better=st.booleans())
def test_ranks_follow_the_figures(*, given_figures: list[Figure], more_is_better: bool) -> None:
    placed = [place for place in ranked(given_figures, lambda one: one, 1, more_is_better=more_is_better) if place.rank]
    for place in placed:
        better = [
            other
            for other in placed
            if (other.item.size or 0) != (place.item.size or 0)
            and ((other.item.size or 0) > (place.item.size or 0)) == more_is_better
        ]
        assert place.rank == len(better) + 1


@given(st.lists(st.tuples(st.sampled_from(["1", "1.2", "1.3", "1.2.4", "5", "12"]), st.integers(0, 9)), max_size=20))
def test_counts_go_up_to_every_unit_that_holds_them(rows: list[tuple[str, int]]) -> None:
    units = [Unit(pk=number, path=path) for number, path in enumerate(("1", "1.2", "1.2.4", "12"))]
    sums = added_up(units, [(path, {"n": float(number)}) for path, number in rows])
    for unit in units:
        within = [number for path, number in rows if path == unit.path or path.startswith(f"{unit.path}.")]
        assert sums[unit.pk]["n"] == sum(within)
