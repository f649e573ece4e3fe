"""Footfall from minutes at a door, against a simulated day whose truth is known."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.screening.footfall import footfall_of_counts, poisson_limits, profile_of, share_of_day

MONDAY = dt.datetime(2026, 3, 9)  # noqa: DTZ001 - local time
SCANS = np.zeros((7, 24), np.int64)
SCANS[:, 7:19] = 1000
SCANS[5:] *= 2


def test_a_whole_week_is_seven_average_days_and_an_hour_its_share() -> None:
    profile = profile_of(SCANS)
    assert share_of_day(profile, MONDAY, MONDAY + dt.timedelta(days=7), 7 * 86_400) == pytest.approx(7)
    an_hour = share_of_day(profile, MONDAY.replace(hour=9), MONDAY.replace(hour=10), 3600)
    on_saturday = share_of_day(profile, MONDAY.replace(day=14, hour=9), MONDAY.replace(day=14, hour=10), 3600)
    assert on_saturday == pytest.approx(2 * an_hour, rel=0.01)
    half_of_it = share_of_day(profile, MONDAY.replace(hour=9), MONDAY.replace(hour=10), 1800)
    assert half_of_it == pytest.approx(an_hour / 2)


@given(st.integers(0, 23 * 60), st.integers(1, 600), st.integers(1, 599))
def test_parts_of_a_count_add_up(start: int, minutes: int, cut: int) -> None:
    cut = min(cut, minutes)
    profile = profile_of(SCANS)
    begin, middle, end = (MONDAY + dt.timedelta(minutes=start + m) for m in (0, cut, minutes))
    if middle == end:
        return
    parts = [share_of_day(profile, a, b, (b - a).total_seconds()) for a, b in ((begin, middle), (middle, end))]
    whole = share_of_day(profile, begin, end, minutes * 60)
    assert whole == pytest.approx(sum(parts), abs=0.0021)  # a share is never below a thousandth


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Venues whose hour differs from their category's by a third, as assumed; 400 a day."""
    random = np.random.default_rng(7253)
    held = 0
    for _ in range(400):
        true_share = 0.08 * np.exp(random.normal(0, 0.33))
        found = footfall_of_counts([int(random.poisson(400 * true_share))], [0.08])
        held += found.low <= 400 <= found.high
    assert 0.92 <= held / 400 <= 0.99


@given(st.lists(st.tuples(st.integers(0, 500), st.floats(0.01, 1)), min_size=1, max_size=6))
@settings(max_examples=60)
def test_more_counts_never_make_it_less_certain(counts: list[tuple[int, float]]) -> None:
    entered, shares = [n for n, _s in counts], [s for _n, s in counts]
    once, twice = footfall_of_counts(entered, shares), footfall_of_counts(entered * 2, shares * 2)
    assert once.low <= once.daily <= once.high
    if sum(entered):
        assert twice.daily == pytest.approx(once.daily)
        assert twice.relative_error < once.relative_error


def test_limits_of_small_counts_are_near_the_exact_ones() -> None:
    assert np.allclose(poisson_limits(0), (0.0, 3.69), atol=0.1)
    assert np.allclose(poisson_limits(10), (4.795, 18.39), atol=0.05)
