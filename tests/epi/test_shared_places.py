"""Places that cases share: the tail against enumeration, the test against simulated nulls, and a planted place."""

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dauchan.epi.shared_places import SharedPlace, benjamini_hochberg, poisson_binomial_tail, shared_places


@settings(deadline=None)  # the first example waits for the compiler
@given(st.lists(st.floats(0, 1), max_size=9), st.integers(0, 10))
def test_the_tail_by_enumerating_every_outcome(chances: list[float], at_least: int) -> None:
    outcomes = product((0, 1), repeat=len(chances))
    exact = sum(
        prod(chance if hit else 1 - chance for hit, chance in zip(outcome, chances, strict=True))
        for outcome in outcomes
        if sum(outcome) >= at_least
    )
    assert poisson_binomial_tail(np.array(chances), at_least) == pytest.approx(exact, abs=1e-12)


def test_tiny_tails_keep_their_digits() -> None:
    assert poisson_binomial_tail(np.full(30, 1e-9), 30) == pytest.approx(1e-270, rel=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_by_the_definition(p_values: list[float]) -> None:
    ordered = sorted(p_values)
    expected = [
        min(1.0, *(other * len(ordered) / (place + 1) for place, other in enumerate(ordered) if other >= p_value))
        for p_value in p_values
    ]
    assert benjamini_hochberg(np.array(p_values)) == pytest.approx(expected)


def drawn(random: np.random.Generator, visits: NDArray[np.int64], cases: int) -> list[SharedPlace]:
    """Cases that go where everybody goes, in proportion to the traffic."""
    case = np.repeat(np.arange(cases), random.poisson(8, cases) + 1)
    place = random.choice(len(visits), len(case), p=visits / visits.sum())
    return shared_places(case, place, np.arange(len(visits)), visits, at_least=1)


def test_calibrated_where_nothing_is_shared_but_the_crowd() -> None:
    random = np.random.default_rng(4)
    visits = np.maximum(1, random.pareto(1.2, 300) * 200).astype(np.int64)
    runs = [drawn(random, visits, 25) for _ in range(400)]
    p_values = np.array([place.p_value for run in runs for place in run])
    everywhere = 300 * len(runs)
    for level in (0.001, 0.01, 0.05):  # p-values of discrete counts are conservative, never the other way
        assert (p_values <= level).sum() / everywhere <= level * 1.15
    false_alarms = np.mean([any(place.q_value <= 0.05 for place in run) for run in runs])
    assert false_alarms <= 0.05 + 2 * (0.05 * 0.95 / len(runs)) ** 0.5


def test_a_planted_place_comes_before_the_busiest_one() -> None:
    random = np.random.default_rng(5)
    visits = np.append(np.full(200, 500), [100_000, 40])  # 200 is the market, 201 a karaoke bar
    case = np.repeat(np.arange(20), 6)
    place = random.choice(202, len(case), p=visits / visits.sum())
    case, place = np.append(case, [1, 5, 9, 13]), np.append(place, [201] * 4)
    found = shared_places(case, place, np.arange(202), visits)
    market = next(shared for shared in found if shared.venue_id == 200)
    assert (found[0].venue_id, found[0].cases) == (201, 4)
    assert found[0].q_value < 0.001
    assert market.cases > 10
    assert market.q_value > 0.05
    assert market.expected == pytest.approx(sum(1 - (1 - 100_000 / visits.sum()) ** n for n in np.bincount(case)))


def test_the_traffic_alone_does_not_make_a_place_suspect() -> None:
    """Case 24: two places of equal use per visitor, one with a hundred times the traffic; all cases as by chance."""
    visits = np.array([100, 10_000, 1_000_000])
    found = shared_places(np.arange(100), np.repeat([1, 2], [1, 99]), np.arange(3), visits, at_least=1)
    assert all(place.q_value > 0.2 for place in found)


def test_repeated_visits_of_one_case_are_one_case() -> None:
    found = shared_places(np.zeros(9, np.int64), np.zeros(9, np.int64), np.arange(2), np.array([10, 1000]), at_least=1)
    assert [place.cases for place in found] == [1]


def test_no_cases_share_nothing() -> None:
    none = np.empty(0, np.int64)
    assert shared_places(none, none, np.arange(3), np.ones(3, np.int64)) == []


@pytest.mark.parametrize(
    ("case_venue", "venues", "visits", "words"),
    [
        ([9], [1, 2], [5, 5], "no traffic"),
        ([1], [1, 1], [5, 5], "twice"),
        ([1], [1, 2], [5, 0], "no visits"),
        ([1, 2], [1, 2], [5, 5], "differ in length"),
    ],
)
def test_what_does_not_fit_is_refused(case_venue: list[int], venues: list[int], visits: list[int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        shared_places(np.array([7]), np.array(case_venue), np.array(venues), np.array(visits))
