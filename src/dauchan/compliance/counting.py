"""Scans, and different people, per venue and per unit of one day. Needs no database.

People do not add up: whoever was at three places of a commune is one of its people. So they are counted anew for every
venue and for the units of each level, from the pairs of person and venue that the day has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.sorting import dense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.visits.arrays import Int64s

Bools = NDArray[np.bool_]
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Doors:
    """The venues of an installation on a day; columns of one length, venues ascending.

    Attributes:
        venue: int64, venue ids.
        is_registered: approved and not closed at the end of the day.
        is_new: approved on the day.
        failed: int64, scans of the day that became no check-in.
        levels: for the units of each level the place of the venue's unit among them, `NOWHERE` where it has none.
    """

    venue: Int64s
    is_registered: Bools
    is_new: Bools
    failed: Int64s
    levels: Sequence[Int64s]


@dataclass(frozen=True, eq=False)
class DoorCounts:
    """int64 of one length, along `Doors.venue`."""

    scans: Int64s
    people: Int64s


@dataclass(frozen=True, eq=False)
class UnitCounts:
    """Along the units of a level; int64 of one length."""

    registered: Int64s
    new: Int64s
    active: Int64s
    scans: Int64s
    people: Int64s
    failed: Int64s


@dataclass(frozen=True, eq=False)
class DayCounts:
    doors: DoorCounts
    levels: list[UnitCounts]


def counted(person: Int64s, venue: Int64s, doors: Doors, sizes: Sequence[int]) -> DayCounts:
    """The figures of a day.

    Args:
        person: person ids, one a scan.
        venue: venue ids along them; scans at venues that are none of *doors* are left out.
        doors: the venues.
        sizes: how many units there are on each of the levels of *doors*.
    """
    door = _places(doors.venue, venue)
    known = door != NOWHERE
    door = door[known]
    number_of_doors = len(doors.venue)
    scans = np.bincount(door, minlength=number_of_doors).astype(np.int64)
    who, where = _pairs(dense(person[known])[1].astype(np.int64), door, number_of_doors)
    people = np.bincount(where, minlength=number_of_doors).astype(np.int64)
    levels = [
        _unit_counts(doors, unit, size, scans, _people(who, unit[where], size))
        for unit, size in zip(doors.levels, sizes, strict=True)
    ]
    return DayCounts(DoorCounts(scans, people), levels)


def _places(ids: Int64s, asked: Int64s) -> Int64s:
    """Where each of *asked* stands among the ascending *ids*."""
    if not len(ids):
        return np.full(len(asked), NOWHERE, np.int64)
    place = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return np.where(ids[place] == asked, place, NOWHERE)


def _pairs(who: Int64s, where: Int64s, places: int) -> tuple[Int64s, Int64s]:
    """Each pair once: two numbers in one word sort several times as fast as two columns."""
    keys = who * places + where
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    return np.divmod(keys, max(places, 1))


def _people(who: Int64s, unit: Int64s, units: int) -> Int64s:
    inside = unit != NOWHERE
    return np.bincount(_pairs(who[inside], unit[inside], units)[1], minlength=units).astype(np.int64)


def _unit_counts(doors: Doors, unit: Int64s, size: int, scans: Int64s, people: Int64s) -> UnitCounts:
    def total(of_doors: NDArray[np.int64] | Bools) -> Int64s:
        inside = unit != NOWHERE
        return np.bincount(unit[inside], of_doors[inside], minlength=size).astype(np.int64)

    return UnitCounts(
        registered=total(doors.is_registered),
        new=total(doors.is_registered & doors.is_new),
        active=total(doors.is_registered & (scans > 0)),
        scans=total(scans),
        people=people,
        failed=total(doors.failed),
    )
