"""Venues and their daily scans, invented, and the signs they give."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dauchan.screening import ScreenedVenue, Sign, SignKind, Tally, signs_of
from dauchan.screening.tally import HISTORY

MONDAY = date(2021, 8, 2)
DAYS = 28
LAST = MONDAY + timedelta(DAYS - 1)
Counts = NDArray[np.int64]


def market(count: int, opened_on: date | None = None) -> list[ScreenedVenue]:
    return [ScreenedVenue(number, "market", opened_on, is_active=True) for number in range(count)]


def steady(venues: int, scans: int = 20) -> Counts:
    return np.full((venues, DAYS), scans)


def tally_of(counts: Counts, failed: Counts | None = None) -> Tally:
    nowhere = np.full(len(counts), np.nan)
    tally = Tally(np.arange(len(counts)), nowhere, nowhere, LAST)
    tally.scans[:, HISTORY - DAYS :] = counts
    if failed is not None:
        tally.failed[:, HISTORY - DAYS :] = failed
    return tally


def signs_in(
    counts: Counts, venues: list[ScreenedVenue] | None = None, failed: Counts | None = None
) -> dict[int, Sign]:  # fmt: skip
    """The sign of each venue; at most one of them is about use."""
    return {sign.venue_id: sign for sign in signs_of(venues or market(len(counts)), tally_of(counts, failed))}


def named(counts: Counts, kind: SignKind, venues: list[ScreenedVenue] | None = None) -> set[int]:
    return {venue for venue, sign in signs_in(counts, venues).items() if sign.sign == kind}


def province(
    seed: int, venues: int = 600
) -> tuple[Counts, NDArray[np.float64], list[ScreenedVenue], np.random.Generator]:
    """Honest venues of a hundred sizes: scans, their usual number a day, the register with footfall told within a third."""
    chance = np.random.default_rng(seed)
    category = chance.integers(0, 4, venues)
    usual = np.array([10.0, 15.0, 30.0, 60.0])[category] * chance.lognormal(0, 0.8, venues)
    rhythm = np.array([1, 1, 1, 1, 1.2, 0.7, 0.5])[np.arange(DAYS) % 7]
    counts = chance.negative_binomial(20.0, 20.0 / (20.0 + usual[:, None] * rhythm * chance.beta(18, 2, (venues, 1))))
    told = usual * chance.lognormal(0, 0.3, venues)
    register = [
        ScreenedVenue(at, str(kind), None, is_active=True, daily_footfall=size)
        for at, (kind, size) in enumerate(zip(category, told.tolist(), strict=True))
    ]
    return counts, usual, register, chance
