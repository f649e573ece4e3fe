"""Times as outsiders may read them: quarters of an hour, blocks that the server chose, and what differences would show.

Pure. Intervals are half-open pairs of instants.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterable

Interval = tuple[dt.datetime, dt.datetime]

#: Where fewer people were, a place and time would point at single ones.
LEAST_PEOPLE = 10
QUARTER = dt.timedelta(minutes=15)
#: Fixed for ever: blocks that could be moved could be subtracted from each other.
BLOCK_HOURS = 6
_DAY = dt.timedelta(days=1)


def in_quarters(interval: Interval) -> Interval:
    """The interval, outward to whole quarters of an hour of the local clock."""
    start, end = (instant.astimezone(LOCAL) for instant in interval)
    midnight = _midnight(start)
    first = (start - midnight) // QUARTER
    last = -(-(end - midnight) // QUARTER)
    return midnight + first * QUARTER, midnight + last * QUARTER


def in_blocks(interval: Interval) -> Interval:
    """Outward to the fixed blocks of the local day: 0–6, 6–12, 12–18, 18–24 o'clock."""
    block = dt.timedelta(hours=BLOCK_HOURS)
    start, end = (instant.astimezone(LOCAL) for instant in interval)
    midnight = _midnight(start)
    return midnight + (start - midnight) // block * block, midnight + -(-(end - midnight) // block) * block


def in_days(interval: Interval) -> Interval:
    """Outward to whole local days."""
    start, end = (instant.astimezone(LOCAL) for instant in interval)
    midnight = _midnight(start)
    return midnight, midnight + -(-(end - midnight) // _DAY) * _DAY


def local_days(interval: Interval) -> list[dt.date]:
    """The local days that the interval touches."""
    start, end = interval
    first = start.astimezone(LOCAL).date()
    last = (end - dt.timedelta(microseconds=1)).astimezone(LOCAL).date()
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def atoms(intervals: Iterable[Interval]) -> list[Interval]:
    """The pieces into which the ends of overlapping intervals cut what they cover.

    Whoever subtracts one published interval from another, in whatever order, gets a union of these pieces. So if enough
    people were there in each piece, no difference points at few.
    """
    given = list(intervals)
    ends = sorted({end for interval in given for end in interval})
    return [
        (start, end)
        for start, end in pairwise(ends)
        if any(covers <= start and end <= until for covers, until in given)
    ]


def _midnight(local: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local.date(), dt.time(), LOCAL)
