"""How often is too often: counts in windows of time, kept in memory and forgotten when the window ends."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from dauchan.door.clock import MINUTE
from dauchan.visits import rules
from dauchan.visits.registry import Label

# A visitor who enters a thirteenth place within ten minutes is no visitor (`pace`); a poster that is scanned more than
# sixteen times a second hangs on the internet, or at a stadium (`crowd`). Both are recorded and marked. What is marked is
# not counted and not traced by default, a crowd only while its venue is closed: sql/0002_rules.sql.
PERSON_SPAN, PERSON_SCANS = rules.PACE_MINUTES * MINUTE, rules.PACE_SCANS
VENUE_SPAN, VENUE_SCANS = rules.CROWD_MINUTES * MINUTE, rules.CROWD_SCANS
# A full batch a minute and some more: all that a phone can have scanned in three weeks, and too little for a flood.
PERSON_ITEMS_A_MINUTE = 600
# How long counts are remembered.
REMEMBERED = 10 * MINUTE

_PACE, _CROWD = int(Label.PACE), int(Label.CROWD)
# 2^64 by the golden ratio: multiples by the small numbers of venues lie far apart, and those of people are random anyway.
_SPREAD = np.int64(-0x61C8864680B583EB)


class Window:
    """Counts by key that start anew every so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._number = -1.0
        self._counts: dict[Hashable, int] = {}

    def add(self, key: Hashable, amount: int, now: float) -> int:
        """Count and answer how much the key has in this window."""
        number = now // self.seconds
        if number != self._number:
            self._number = number
            self._counts.clear()
        count = self._counts[key] = self._counts.get(key, 0) + amount
        return count

    def ends_in(self, now: float) -> int:
        """Seconds until the counts start anew, at least one."""
        return self.seconds - int(now) % self.seconds


class Pace:
    """Marks scans that no crowd of visitors makes, by the times the scans claim, so that a delay hides nothing."""

    def __init__(self) -> None:
        self._number = -1
        self._people: dict[int, int] = {}
        self._venues: dict[int, int] = {}

    def labels(
        self, person_ids: NDArray[np.int64], venue_ids: NDArray[np.int64], at: NDArray[np.int64], now: int
    ) -> NDArray[np.int64]:
        """The labels of these scans in their turn: `Label.PACE`, `Label.CROWD`, both or nothing; instants in microseconds."""
        if now // REMEMBERED != self._number:
            self._number = now // REMEMBERED
            self._people.clear()
            self._venues.clear()
        by_person = _counted(self._people, _keys(person_ids, at, PERSON_SPAN))
        by_venue = _counted(self._venues, _keys(venue_ids, at, VENUE_SPAN))
        if max(by_person, default=0) <= PERSON_SCANS and max(by_venue, default=0) <= VENUE_SCANS:
            return np.zeros(len(at), np.int64)  # as nearly every group
        return (np.array(by_person) > PERSON_SCANS) * _PACE | (np.array(by_venue) > VENUE_SCANS) * _CROWD

    def take_back(self, person_id: int, venue_id: int, at: int) -> None:
        """Not a scan after all, but the repetition of one."""
        instant = np.array([at])
        for counts, (key,) in (
            (self._people, _keys(np.array([person_id]), instant, PERSON_SPAN)),
            (self._venues, _keys(np.array([venue_id]), instant, VENUE_SPAN)),
        ):
            counts[key] = counts.get(key, 0) - 1


def _keys(numbers: NDArray[np.int64], at: NDArray[np.int64], span: int) -> list[int]:
    """What each number is counted under: it and the span of its instant as one number, a third of the time of a pair."""
    keys: list[int] = (numbers * _SPREAD + at // span).tolist()
    return keys


def _counted(counts: dict[int, int], keys: list[int]) -> list[int]:
    """Count each key; what stands there each time."""
    counted = []
    for key in keys:
        counts[key] = count = counts.get(key, 0) + 1
        counted.append(count)
    return counted
