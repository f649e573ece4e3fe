"""What a snapshot of the database did not show: found by the transaction that brought a row, not by any clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from dauchan.visits.copying import seconds_of
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.queries import copied
from dauchan.visits.segments.reading import first_identifier, reach

if TYPE_CHECKING:
    from dauchan.visits.arrays import Int64s

ALWAYS = dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
_UTC_TO_LOCAL = 7 * 3600
_DAY = 86_400
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Late:
    """Whose visits on which local days may be others than a snapshot showed; more may be named than really are."""

    person: Int64s
    entered: Int64s

    def __len__(self) -> int:
        return len(self.person)

    def by_day(self) -> dict[dt.date, Int64s]:
        """The people by local day. An entry may end a visit that began the day before, or make it a flood no more."""
        back = int(reach().total_seconds())
        first, last = _days(self.entered - back), _days(self.entered)
        found: dict[dt.date, Int64s] = {}
        for number in np.unique(np.concatenate([first, last])).tolist():
            on_day = self.person[(first <= number) & (number <= last)]
            if len(on_day):
                found[_EPOCH + dt.timedelta(days=number)] = np.unique(on_day)
        return found


def current_snapshot() -> str:
    """What is visible now; what is read afterwards is at least this.

    PostgreSQL leaves the asking transaction out of those that are still going on, and once a later one has ended it would pass for
    ended too: what it has yet to write would then never be late. It is put back among them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text::bigint")
        seen, own = cursor.fetchone()
    return str(seen) if own is None else _going_on(seen, own)


def _going_on(seen: str, own: int) -> str:
    """The snapshot with one more transaction going on; one that began after it is so anyway."""
    lowest, end, others = seen.split(":")
    if own >= int(end):
        return seen
    still = sorted({own, *(int(other) for other in others.split(",") if other)})
    return f"{min(own, int(lowest))}:{end}:{','.join(map(str, still))}"


def late_since(seen: str) -> Late:
    """Everything that *seen* did not show, of whatever day: for a snapshot of a moment ago."""
    return _late("late", {"seen": seen, "start": ALWAYS[0], "end": ALWAYS[1]})


def late_for(day: dt.date, seen: str) -> Late:
    """What *seen* did not show of the visits of a day: their entries, their ends, and entries that end them. However long ago
    that was: the days since are not looked through.
    """
    start, finish = midnight(day), midnight(day + ONE_DAY)
    after = finish + reach()
    identifiers = {"low": first_identifier(start), "high": first_identifier(finish), "last": first_identifier(after)}
    return _late("late_on", {"seen": seen, "start": start, "finish": finish, "after": after, **identifiers})


def _late(block: str, given: dict[str, object]) -> Late:
    table = copied("segments.sql", block, given, 2)
    return Late(table["v0"].astype(np.int64), seconds_of(table["v1"]))


def _days(entered: Int64s) -> Int64s:
    return (entered + _UTC_TO_LOCAL) // _DAY
