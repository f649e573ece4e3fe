"""Scans per venue and local day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class DailyUse:
    """Scans of each venue on each local day.

    Attributes:
        venue_ids: int64, shape (venues,), in the order they were given.
        first_on: the first day.
        counts: int64, shape (venues, days).
        unknown: scans at venues that are not among `venue_ids`.
    """

    venue_ids: NDArray[np.int64]
    first_on: date
    counts: NDArray[np.int64]
    unknown: int

    def day(self, place: int) -> date:
        """The date of a column of `counts`."""
        return self.first_on + timedelta(days=place)

    def place(self, day: date) -> int:
        """The column of a date; it may lie outside the table."""
        return (day - self.first_on).days


def daily_use(
    venue_ids: Sequence[int], scan_venue: NDArray[np.int64], scan_day: NDArray[np.int64], on: date
) -> DailyUse:
    """Count scans up to and including the day `on`, from the first day that has any.

    Args:
        venue_ids: the venues, each once.
        scan_venue: the venue of each scan, shape (n,).
        scan_day: its local day, in days since 1970-01-01, shape (n,).
        on: the last day that counts; later scans are left out.
    """
    venues = np.array(venue_ids, np.int64)
    last = (on - EPOCH).days
    in_time = scan_day <= last
    scan_venue, scan_day = scan_venue[in_time], scan_day[in_time]
    first = int(scan_day.min()) if len(scan_day) else last
    order = np.argsort(venues)
    at = np.searchsorted(venues, scan_venue, sorter=order)
    known = np.zeros(len(scan_venue), np.bool_)
    inside = at < len(venues)
    known[inside] = venues[order[at[inside]]] == scan_venue[inside]
    days = last - first + 1
    cells = order[at[known]] * days + (scan_day[known] - first)
    counts = np.bincount(cells, minlength=len(venues) * days).reshape(len(venues), days)
    return DailyUse(venues, EPOCH + timedelta(days=first), counts, int(np.count_nonzero(~known)))
