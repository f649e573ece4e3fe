"""How many people enter a venue on a day, from some minutes of counting at its door.

The count is divided by the share of an average day's visitors that enter in such minutes. That share comes from when people scan at
venues of the same category: one curve over the hours of the day and one factor for each weekday, both pulled towards even use while
there are few scans. A ratio estimator (Cochran 1977, 'Sampling Techniques', 6.1) combines several counts.

Two things make it uncertain: the count itself, taken as Poisson (limits after Byar, in Breslow & Day 1987, vol. II, 2.3), and the share,
whose error is SHARE_ERROR for a short count and falls as the counted part of the day grows. Both are put together on the log scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Floats = NDArray[np.float64]
HOURS, WEEK = 24, 7
HOUR = 3600
SHARE_ERROR = 0.35
"""Relative: a venue's day differs from its category's, and one day from another."""
EVEN_SCANS = 200.0
"""So many scans' worth of even use between OPENS and CLOSES stand beside those of the category."""
OPENS, CLOSES = 6, 21
LEAST_SHARE = 1e-3
Z = 1.959964


@dataclass(frozen=True, slots=True, eq=False)
class DayProfile:
    """Attributes:
    hours: share of a day's visitors who enter in each hour, sums to 1, shape (24,).
    weekdays: how a weekday, 0 is Monday, compares with the average day, mean 1, shape (7,).
    """

    hours: Floats
    weekdays: Floats


@dataclass(frozen=True, slots=True)
class Footfall:
    """Visitors of an average day: the estimate, its 95 % interval, and half of that interval's width on the log scale over z."""

    daily: float
    low: float
    high: float
    relative_error: float
    counts: int


def profile_of(scans: NDArray[np.int64]) -> DayProfile:
    """The profile of a category.

    Args:
        scans: over whole weeks, by weekday and hour, shape (7, 24).
    """
    even = np.zeros(HOURS)
    even[OPENS:CLOSES] = EVEN_SCANS / (CLOSES - OPENS)
    hours = scans.sum(axis=0) + even
    weekdays = scans.sum(axis=1) + EVEN_SCANS / WEEK
    return DayProfile(hours / hours.sum(), weekdays / weekdays.mean())


def share_of_day(profile: DayProfile, started: datetime, ended: datetime, counted_seconds: float) -> float:
    """The share of an average day's visitors that enter within a count.

    Args:
        profile: of the category.
        started: local time.
        ended: local time, after it.
        counted_seconds: without pauses, which are taken to be spread evenly.
    """
    elapsed = (ended - started).total_seconds()
    at: float = started.hour * HOUR + started.minute * 60 + started.second
    share, left, weekday = 0.0, elapsed, started.weekday()
    while left > 0:
        hour = int(at // HOUR)
        step = min(left, (hour + 1) * HOUR - at)
        share += profile.weekdays[weekday] * profile.hours[hour] * step / HOUR
        at, left = at + step, left - step
        if at >= HOURS * HOUR:
            at, weekday = 0, (weekday + 1) % WEEK
    return max(LEAST_SHARE, float(share * min(1.0, counted_seconds / elapsed)))


def footfall_of_counts(entered: Sequence[int], shares: Sequence[float]) -> Footfall:
    """Put the counts of one venue together; at least one.

    Args:
        entered: people counted.
        shares: of an average day, as of `share_of_day`.
    """
    people, share = sum(entered), sum(shares)
    # Nobody seen is an observation too: half a person, so that a quiet venue has a small footfall, not none.
    daily = max(people, 0.5) / share
    share_error = SHARE_ERROR * math.sqrt(max(0.0, 1 - share / len(shares)) / len(shares))
    low, high = (bound / max(people, 0.5) for bound in poisson_limits(people))
    below = math.hypot(math.log(low) if low > 0 else math.log(1e-3), Z * share_error)
    above = math.hypot(math.log(high), Z * share_error)
    return Footfall(daily, daily * math.exp(-below), daily * math.exp(above), (below + above) / (2 * Z), len(shares))


def poisson_limits(count: int) -> tuple[float, float]:
    """Of the mean of a Poisson count, 95 %, after Byar."""
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    return max(0.0, low), above * (1 - 1 / (9 * above) + Z / (3 * math.sqrt(above))) ** 3
