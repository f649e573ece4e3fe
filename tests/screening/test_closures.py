"""Honest places close for some days, and wards share what happens to them: neither is a sign of anybody's."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dauchan.screening import ScreenedVenue, SignKind
from dauchan.screening.closures import closures
from dauchan.screening.shared_days import shared_by_unit
from tests.screening.counts import DAYS, named, signs_in

VENUES = 900
Counts = NDArray[np.int64]


def busy_places(seed: int) -> tuple[Counts, np.random.Generator]:
    chance = np.random.default_rng(seed)
    return chance.poisson(np.repeat(chance.lognormal(3.2, 0.4, VENUES)[:, None], DAYS, axis=1)), chance


def test_closures_that_ended_say_how_many_have_not() -> None:
    counts, chance = busy_places(1)
    for venue in range(0, VENUES, 5):
        first = int(chance.integers(2, DAYS - 5))
        counts[venue, first : first + 4] = 0
    found = closures(counts, np.repeat(counts.mean(axis=1)[:, None], DAYS, axis=1))
    assert found.days.any(axis=1).sum() == pytest.approx(VENUES / 5, abs=12)
    assert found.unended[1:5] == pytest.approx(0.2 / 23, rel=0.15), "a fifth of the venues within so many days"
    assert found.unended[5:].tolist() == [0.0] * (DAYS - 4)


def test_where_places_often_close_for_some_days_three_quiet_days_are_no_silence() -> None:
    """A tenth of them closes for three days in a month; a closure of a fortnight is none that they make."""
    counts, chance = busy_places(2)
    for venue in range(0, VENUES, 10):
        first = int(chance.integers(1, DAYS - 2))
        counts[venue, first : first + 3] = 0
    counts[1:6, -14:] = 0
    counts[7, -7:] //= 8
    assert named(counts, SignKind.SILENT) == {1, 2, 3, 4, 5}
    assert named(counts, SignKind.FALLEN) == {7}


def of_wards(counts: Counts) -> list[ScreenedVenue]:
    return [ScreenedVenue(at, "market", None, is_active=True, unit_code=str(at % 30)) for at in range(len(counts))]


@pytest.mark.parametrize("left", [0.0, 0.2])
def test_a_ward_that_is_sealed_off_has_no_fifty_violators(left: float) -> None:
    counts, chance = busy_places(3)
    wards = of_wards(counts)
    sealed = np.arange(VENUES) % 30 < 2
    counts[sealed, -7:] = chance.binomial(counts[sealed, -7:], left)
    counts[5, -7:] //= 8
    counts[6, -7:] = 0
    found = signs_in(counts, wards)
    assert {venue: sign.sign for venue, sign in found.items()} == {5: SignKind.FALLEN, 6: SignKind.SILENT}
    if left:
        counts[0, -7:] = 0
        assert set(signs_in(counts, wards)) == {0, 5, 6}, "fewer than its ward leaves it"


def test_nothing_is_shared_where_chance_explains_it() -> None:
    counts, _ = busy_places(4)
    means, ward = np.repeat(counts.mean(axis=1)[:, None], DAYS, axis=1), np.arange(VENUES) % 30
    even, all_say = np.full(VENUES, 0.001), np.ones(VENUES)
    assert np.abs(shared_by_unit(counts, means, even, all_say, ward) - 1).max() < 0.05
    counts[0] = np.where(np.arange(DAYS) < 14, 900, 0)
    one_moves = shared_by_unit(counts, means, even, all_say, ward)
    assert np.abs(one_moves - 1).max() < 0.05, "one place is no ward"
    assert shared_by_unit(counts, means, even, all_say, ward * 0).tolist() == [[1.0] * DAYS]
