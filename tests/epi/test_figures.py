"""Attack rates, curve and funnel: known values, definitions, and denominators."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.epi.arrays import MISSING
from dauchan.epi.attack_rates import attack_rate, attack_rates, wilson_interval
from dauchan.epi.curves import contact_funnel, epidemic_curve

DAY = 86_400


def test_wilson_interval_as_published() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_ends_solve_the_score_equation(numbers: tuple[int, int]) -> None:
    infected, at_risk = numbers
    rate = attack_rate(infected, at_risk)
    assert rate.rate is not None
    assert 0 <= rate.low <= rate.rate <= rate.high <= 1
    for end in (rate.low, rate.high):
        if 0 < end < 1:
            assert abs(rate.rate - end) / (end * (1 - end) / at_risk) ** 0.5 == pytest.approx(1.959964, abs=1e-5)


def test_attack_rates_say_their_denominators() -> None:
    contact = np.array([1, 1, 2, 3, 4, 1])
    exposed = np.array([5, 9, 5, 5, 5, 5]) * DAY
    group = ["home", "home", "home", "home", "home", "school"]
    onsets = {1: 8 * DAY, 2: 4 * DAY, 3: 40 * DAY}
    home, school = attack_rates(contact, exposed, group, onsets, longest_incubation_days=14)
    assert (home.group, home.infected, home.at_risk) == ("home", 1, 3), "2 was ill before; 3 fell ill far too late"
    assert (school.infected, school.at_risk) == (1, 1)
    assert (school.low, school.high) == wilson_interval(1, 1)


def test_nobody_at_risk_has_no_rate() -> None:
    assert attack_rate(0, 0).rate is None
    assert (attack_rate(0, 0).low, attack_rate(0, 0).high) == (0, 1)
    with pytest.raises(ValueError, match="successes"):
        attack_rate(3, 2)


def test_the_curve_counts_local_days_and_leaves_none_out() -> None:
    # 16:59 and 17:00 UTC are two days in Viet Nam.
    at = np.array([1_627_837_140, 1_627_837_200, 1_627_837_200 + 2 * DAY, MISSING])
    curve = epidemic_curve(at, ["a", "b", "a", "a"])
    assert curve.first_on == date(2021, 8, 1)
    assert (curve.cases, curve.undated) == ((1, 1, 0, 1), 1)
    assert curve.groups == {"a": (1, 0, 0, 1), "b": (0, 1, 0, 0)}
    assert curve.days()[-1] == date(2021, 8, 4)
    assert epidemic_curve(np.array([MISSING])).days() == []


@given(st.lists(st.tuples(st.integers(0, 60 * DAY), st.sampled_from("xyz")), min_size=1))
def test_groups_add_up_to_the_curve(cases: list[tuple[int, str]]) -> None:
    curve = epidemic_curve(np.array([at for at, _ in cases]), [group for _, group in cases])
    assert sum(curve.cases) == len(cases)
    assert np.sum(list(curve.groups.values()), axis=0).tolist() == list(curve.cases)


def test_the_funnel_by_hand() -> None:
    found = np.zeros(10, np.int64)
    reached = np.array([60, 120, 180, 240, 300, 360, 420, 480, 540, MISSING])
    tested = np.array([30, *[MISSING] * 9])
    first, second, third = contact_funnel([("found", found), ("reached", reached), ("tested", tested)])
    assert (first.reached, first.share, first.median_minutes, first.timed) == (10, 1.0, None, 0)
    assert (second.reached, second.share, second.median_minutes, second.p90_minutes) == (9, 0.9, 5.0, 9.0)
    assert (third.reached, third.median_minutes) == (1, 0.0), "a test before the call takes no time"
    with pytest.raises(ValueError, match="differ in length"):
        contact_funnel([("found", found), ("reached", reached[:3])])


def test_an_empty_funnel_has_no_shares() -> None:
    none = np.full(3, MISSING)
    assert [(step.reached, step.share, step.p90_minutes) for step in contact_funnel([("a", none), ("b", none)])] == [
        (0, None, None),
        (0, None, None),
    ]
