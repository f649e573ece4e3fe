"""What is usual is found again in counts made by the model, and scans are counted where they belong."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from dauchan.screening import Scans, Tally, signs_of
from dauchan.screening.scan_loops import DAY, LOCAL_OFFSET
from dauchan.screening.tally import EPOCH, HISTORY
from dauchan.screening.usual_use import usual_use
from tests.screening.counts import LAST, market, signs_in, steady

WEEKDAYS = np.arange(28) % 7


@pytest.mark.parametrize("unevenness", [0.001, 0.05, 0.5])
def test_calendar_and_scatter_are_found_again(unevenness: float) -> None:
    chance = np.random.default_rng(1)
    rates, season = chance.lognormal(4, 0.7, 400), np.array([1, 1, 1, 1, 1.3, 0.7, 0.5])[WEEKDAYS]
    mean = rates[:, None] * season
    counts = chance.negative_binomial(1 / unevenness, 1 / (1 + unevenness * mean))
    nobody = np.zeros(400, np.int64)
    use = usual_use(counts, np.ones(counts.shape, np.bool_), nobody, WEEKDAYS, nobody)
    assert use.weight[0] == pytest.approx(season / season.mean(), rel=0.15)
    assert use.unevenness[0] == pytest.approx(unevenness, rel=0.35, abs=0.002)


def test_a_day_off_of_its_own_is_no_silence_and_no_fall() -> None:
    counts = steady(14)
    counts[3, 6::7] = 0  # the last day is a Sunday
    assert signs_in(counts) == {}


@pytest.mark.parametrize("busy", [1, 40])
def test_a_trial_at_one_door_makes_the_others_no_late_starters(busy: int) -> None:
    counts = steady(30)
    counts[0, :12] *= busy
    counts[1:, :12] = 0
    counts[4, 22:] = 2
    (sign,) = signs_in(counts).values()
    assert sign.venue_id == 4
    assert sign.expected == pytest.approx(6 * 20, rel=0.15), "of the days since all are in use"


def test_one_market_does_not_make_the_calendar_of_all() -> None:
    counts = steady(14)
    counts[0] = 100_000
    counts[0, 14:] = 5_000
    assert set(signs_in(counts)) == {0}, "the others did not rise"


def test_scans_are_counted_by_venue_and_local_day() -> None:
    midnight = (LAST - EPOCH).days * DAY - LOCAL_OFFSET
    tally = Tally(np.array([9, 4]), np.full(2, np.nan), np.full(2, np.nan), LAST)
    venue = np.array([4, 9, 4, 77, 4, 9])
    entered = midnight + np.array([0, DAY - 1, -1, 5, DAY, -HISTORY * DAY])
    tally.add(Scans(np.arange(6), venue, entered))
    assert tally.scans[:, -2:].tolist() == [[0, 1], [1, 1]]
    assert tally.scans.sum() == 3
    assert tally.elsewhere == 1
    assert tally.first_on == LAST - timedelta(HISTORY - 1)


def test_far_apart_identifiers_are_found_too() -> None:
    ids = np.array([2**60, -5, 7])
    tally = Tally(ids, np.full(3, np.nan), np.full(3, np.nan), LAST)
    entered = np.full(4, (LAST - EPOCH).days * DAY)
    tally.add(Scans(np.arange(4), np.array([7, 2**60, -5, 8]), entered))
    assert tally.scans.sum(axis=1).tolist() == [1, 1, 1]
    assert tally.elsewhere == 1


def test_nothing_at_all_gives_no_signs() -> None:
    none = np.empty(0)
    assert signs_of([], Tally(none.astype(np.int64), none, none, LAST)) == []
    assert signs_of(market(3), Tally(np.arange(3), np.full(3, np.nan), np.full(3, np.nan), LAST)) == []
