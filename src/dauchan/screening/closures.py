"""Days on which venues were closed between days of ordinary use: a family's journey, a roof that is mended; and how many closures have not ended yet.

A closure that ended is told by what lies before and after it. One that still goes on looks like a silence, so those that ended say how many of the
silences are closures: where so many venues a day begin a closure of so many days, a known share of all venues is on the third day of one today.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]

SHORTEST, EXPECTED, BACK = 2, 8.0, 0.4
"""Days without a scan, the scans that were to be expected on them, and the share of an ordinary day that is there again at once."""
TOLD = EXPECTED / SHORTEST
"""Scans a day at a venue of which even the shortest closure is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """Of v venues and d days.

    Attributes:
        days: those of closures that ended, shape (v, d).
        unended: how probable it is for a venue to be on the k-th day of a closure on any day, by k, shape (d + 1,).
    """

    days: Bools
    unended: Floats


def closures(counts: Counts, mean: Floats) -> Closures:
    """Look for closures in the scans, by what the calendar lets expect; both of shape (v, d)."""
    closed = np.zeros(counts.shape, np.bool_)
    told, days = mean.mean(axis=1) >= TOLD, counts.shape[1]
    lengths = np.zeros(days + 1)
    quiet_days, missed = np.zeros(len(counts), np.int64), np.zeros(len(counts))
    for day in range(days):
        is_back = (counts[:, day] > BACK * mean[:, day]) & (quiet_days >= SHORTEST) & (missed >= EXPECTED)
        for at in np.flatnonzero(is_back & (counts[:, :day].any(axis=1))):
            closed[at, day - int(quiet_days[at]) : day] = True
            lengths[quiet_days[at]] += told[at]
        quiet = counts[:, day] == 0
        quiet_days, missed = np.where(quiet, quiet_days + 1, 0), np.where(quiet, missed + mean[:, day], 0.0)
    return Closures(closed, _unended(lengths, int(told.sum())))


def _unended(lengths: Floats, venues: int) -> Floats:
    """From how many closures of each length were seen whole: those of k days can begin on all days but the first and the last k of them."""
    days = len(lengths) - 1
    begun = lengths / np.maximum(days - 1 - np.arange(days + 1), 1)
    return np.asarray(begun[::-1].cumsum()[::-1] / max(venues, 1))
