"""Who was where on a day, without floods and as committed now: from the disk where the day is there, else from the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.queries import copied
from dauchan.visits.segments.late import late_for
from dauchan.visits.segments.reading import people_on
from dauchan.visits.segments.shelf import own_shelf

if TYPE_CHECKING:
    from datetime import date, datetime

    from dauchan.visits.arrays import Int64s
    from dauchan.visits.segments.shelf import Opened

#: Reading so many people one by one takes longer than reading their day.
MANY_PEOPLE = 300_000


def people_and_venues(day: date) -> tuple[Int64s, Int64s]:
    """The person and the venue of each visit that began on the day, in no particular order."""
    shelf = own_shelf()
    opened, _damage = shelf.looked_at(day, shelf.acknowledged().get(day, {}))
    if opened:
        late = late_for(day, opened.row.seen).by_day().get(day, np.empty(0, np.int64))
        if len(late) <= MANY_PEOPLE:
            return _with_late(opened, day, late)
    table = copied("segments.sql", "people_and_venues", _bounds(day), 2)
    return table["v0"].astype(np.int64), table["v1"].astype(np.int64)


def failed_scans(day: date) -> tuple[Int64s, Int64s]:
    """Venues, ascending, and how many scans of their codes became no check-in on the day."""
    table = copied("segments.sql", "failed_scans", _bounds(day), 2)
    return table["v0"].astype(np.int64), table["v1"].astype(np.int64)


def _bounds(day: date) -> dict[str, datetime]:
    return {"start": midnight(day), "end": midnight(day + ONE_DAY)}


def _with_late(opened: Opened, day: date, late: Int64s) -> tuple[Int64s, Int64s]:
    pack = opened.segment.pack
    venue = pack.venue_ids[pack.layout.fields(pack.by_person)[2]]
    if not len(late):
        return np.repeat(pack.person_ids, np.diff(pack.person_start)), venue
    others = ~np.isin(pack.person_ids, late)
    visits_each = np.diff(pack.person_start)
    kept = np.repeat(others, visits_each)
    now = people_on(day, late)
    person = np.repeat(pack.person_ids[others], visits_each[others])
    return np.concatenate([person, now.person]), np.concatenate([venue[kept], now.venue])
