"""Codes in the wrong place, codes at two places, and desks that scan a list: against crowds of honest phones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dauchan.screening import Scans, ScreenedVenue, SignKind, Tally, signs_of
from dauchan.screening.desks import desk_counts
from dauchan.screening.places_seen import Seen, beyond, whereabouts
from dauchan.screening.scan_loops import DAY, LOCAL_OFFSET
from dauchan.screening.tally import EPOCH
from tests.screening.counts import LAST

METRE = 1 / 111_320
MIDNIGHT = (LAST - EPOCH).days * DAY - LOCAL_OFFSET


def seen_at(chance: np.random.Generator, *heaps: tuple[int, float, float]) -> Seen:
    """So many scans around each place, metres north and east."""
    north = np.concatenate([chance.normal(y, 15, scans) for scans, y, _ in heaps])
    east = np.concatenate([chance.normal(x, 15, scans) for scans, _, x in heaps])
    return Seen(north, east, np.full(len(north), 20.0), np.arange(len(north)))


@pytest.mark.parametrize("away", [400.0, 4000.0])
def test_a_code_elsewhere(away: float) -> None:
    found = whereabouts(seen_at(np.random.default_rng(1), (20, away, 0)))
    assert found.misplaced > 0.99
    assert found.duplicated == 0
    assert found.heaps[0].away == pytest.approx(away, abs=20)


def test_one_code_at_two_places() -> None:
    found = whereabouts(seen_at(np.random.default_rng(1), (20, 0, 0), (12, 600, 300)))
    assert found.duplicated > 0.95
    assert found.misplaced == 0


def test_scans_from_anywhere_form_no_heap() -> None:
    chance = np.random.default_rng(1)
    scattered = Seen(chance.normal(0, 5000, 60), chance.normal(0, 5000, 60), np.full(60, 20.0), np.arange(60))
    home = seen_at(chance, (40, 0, 0))
    mixed = Seen(
        np.append(home.north, scattered.north),
        np.append(home.east, scattered.east),
        np.append(home.accuracy, scattered.accuracy),
        np.arange(100),
    )
    for seen in (scattered, home, mixed):
        found = whereabouts(seen)
        assert found.misplaced < 0.5
        assert found.duplicated < 0.5


def test_one_person_who_scans_from_home_is_no_second_poster() -> None:
    chance = np.random.default_rng(1)
    seen = seen_at(chance, (30, 0, 0), (15, 2000, 0))
    seen.person[30:] = 7
    assert whereabouts(seen).duplicated == 0


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.05, 0.95))
def test_the_tail_of_the_beta_distribution(hits: int, misses: int, share: float) -> None:
    steps = np.linspace(0, 1, 20_001)
    density = steps**hits * (1 - steps) ** misses
    upper = density[steps >= share].sum() / density.sum()
    assert beyond(share, hits, hits + misses) == pytest.approx(upper, abs=2e-3)


def a_day(chance: np.random.Generator, *, desk: bool, scans: int = 120) -> Scans:
    """A busy place on one day, scanned by its visitors or from a desk."""
    if desk:
        entered = MIDNIGHT + 30_000 + np.cumsum(chance.integers(2, 7, scans))
        lat, lon = np.full(scans, 16.4), np.full(scans, 107.5)
        device = chance.integers(1, 3, scans)
    else:
        entered = MIDNIGHT + np.sort(chance.integers(25_000, 70_000, scans))
        lat, lon = (base + chance.normal(0, 15, scans) * METRE for base in (16.4, 107.5))
        device = np.arange(1000, 1000 + scans)
    venue, by_gate = np.full(scans, 5), np.zeros(scans, np.bool_)
    return Scans(np.arange(scans), venue, entered, lat, lon, np.full(scans, 10.0), device, by_gate)


@pytest.mark.parametrize("without", [(), ("device",), ("lat", "lon"), ("device", "lat", "lon")])
def test_a_desk_is_told_from_a_crowd_by_any_of_three_telltales(without: tuple[str, ...]) -> None:
    chance = np.random.default_rng(1)
    for desk in (True, False):
        day = a_day(chance, desk=desk)
        columns = {name: getattr(day, name) for name in Scans.__dataclass_fields__} | dict.fromkeys(without)
        (found,) = desk_counts(Scans(**columns), np.zeros(120, np.int64), 1)
        assert (found >= 115) if desk else (found <= 10)


def test_a_gate_may_scan_everybody_at_an_even_pace() -> None:
    day = a_day(np.random.default_rng(1), desk=True)
    by_gate = np.ones(len(day), np.bool_)
    gate = Scans(day.person, day.venue, day.entered, day.lat, day.lon, day.accuracy, day.device, by_gate)
    assert desk_counts(gate, np.zeros(120, np.int64), 1).tolist() == [0]


def test_both_reach_the_signs() -> None:
    chance = np.random.default_rng(1)
    venues = [
        ScreenedVenue(5, "shop", None, is_active=True, lat=16.4, lon=107.5),
        ScreenedVenue(6, "shop", None, is_active=True, lat=16.41, lon=107.5),
        ScreenedVenue(7, "coach", None, is_active=True, lat=16.41, lon=107.5),
    ]
    tally = Tally(np.array([5, 6, 7]), np.array([16.4, 16.41, 16.41]), np.full(3, 107.5), LAST)
    tally.add(a_day(chance, desk=True))
    for venue in (6, 7):
        honest = a_day(chance, desk=False)
        tally.add(
            Scans(honest.person, honest.venue * 0 + venue, honest.entered, honest.lat, honest.lon, honest.accuracy,
                  honest.device, honest.by_gate)
        )  # fmt: skip
    signs = {(sign.venue_id, sign.sign): sign for sign in signs_of(venues, tally)}
    assert set(signs) == {(5, SignKind.DESK_SCANNED), (6, SignKind.MISPLACED)}
    assert "1,1 km" in signs[6, SignKind.MISPLACED].evidence
    assert "100% trong 120 lượt quét" in signs[5, SignKind.DESK_SCANNED].evidence
