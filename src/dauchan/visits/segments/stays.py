"""The usual stays that a segment was written with: where a venue has another by now, its imputed ends are others too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from dauchan.epi import Segment
    from dauchan.visits.arrays import Int64s

KEY = "stays"


@dataclass(frozen=True, eq=False)
class UsualStays:
    """The usual stay at every venue, in minutes; venues ascending."""

    venue: Int64s
    minutes: Int64s

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UsualStays) and all(
            np.array_equal(*pair) for pair in ((self.venue, other.venue), (self.minutes, other.minutes))
        )

    __hash__ = None  # type: ignore[assignment]  # compared, never a key

    def noted(self, venues: Int64s) -> dict[str, list[int]]:
        """For the manifest: the stays at some venues, by minutes."""
        kept = np.isin(self.venue, venues)
        venue, minutes = self.venue[kept], self.minutes[kept]
        return {str(length): venue[minutes == length].tolist() for length in np.unique(minutes).tolist()}

    def of(self, venues: Int64s) -> Int64s:
        """The stays at some venues; -1 where a venue is none of ours."""
        if not len(self.venue):
            return np.full(len(venues), -1, np.int64)
        place = np.minimum(np.searchsorted(self.venue, venues), len(self.venue) - 1)
        return np.where(self.venue[place] == venues, self.minutes[place], -1)


def current_stays() -> UsualStays:
    with connection.cursor() as cursor:
        cursor.execute(blocks("segments.sql")["usual_stays"])
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return UsualStays(rows[:, 0].copy(), rows[:, 1].copy())


def people_of_other_stays(segment: Segment, stays: UsualStays) -> Int64s:
    """Who has an imputed end in the segment that the usual stays of today would make another."""
    written = segment.about.get(KEY, {})
    pack = segment.pack
    before = np.full(len(pack.venue_ids), -1, np.int64)
    for minutes, venues in written.items():
        before[np.isin(pack.venue_ids, np.array(venues, np.int64))] = int(minutes)
    changed = pack.venue_ids[before != stays.of(pack.venue_ids)]
    if not len(changed):
        return np.empty(0, np.int64)
    visits = pack.columns()
    return np.unique(visits.person[visits.is_imputed & np.isin(visits.venue, changed)])
