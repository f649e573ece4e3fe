"""Where a stream stands in the ledger, and the next page of keys from there.

The live streams follow the order in which rows became visible. A place is two snapshots and a key between them: all that the snapshot
`seen` shows is cut; of what `until` shows besides, all up to (`at`, `after`). Rows that are committed later than others with
higher numbers are shown by the next snapshot and not by the last, so none is passed over and none waits for a slow one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection

from dauchan.exchange.national.source import sql
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.segments.late import current_snapshot
from dauchan.visits.segments.reading import first_identifier

if TYPE_CHECKING:
    import datetime as dt

ZERO = "00000000-0000-0000-0000-000000000000"
_WIDEST = 1 << 24


@dataclass(frozen=True)
class LivePlace:
    """Attributes:
    width: how many transactions are looked through at a time; finds itself.
    """

    seen: str
    until: str = ""
    at: int = 0
    after: str = ZERO
    width: int = 1 << 12

    @classmethod
    def now(cls) -> LivePlace:
        return cls(current_snapshot())

    def written(self) -> dict[str, Any]:
        return asdict(self)

    def begun(self) -> LivePlace:
        """With the snapshot to go up to: a fresh one where the last was reached."""
        if self.until:
            return self
        return replace(self, until=current_snapshot(), at=lower(self.seen), after=ZERO)

    def next_page(self, kind: str, rows: int) -> tuple[LivePlace, int]:
        """Fills the temporary table `wanted`; the place after it and how many keys it holds, 0 where there are no more."""
        place = self.begun()
        while place.at < upper(place.until):
            found, last = _fill(f"landed_{kind}", _live_given(place) | {"rows": rows})
            if found == rows and last:
                return replace(place, at=last[0], after=str(last[1]), width=max(1, place.width // 2)), found
            moved = replace(place, at=place.at + place.width, after=ZERO, width=min(_WIDEST, place.width * 2))
            if found:
                return moved, found
            place = moved
        return LivePlace(place.until, width=place.width), 0

    def waiting(self, kind: str) -> tuple[int, dt.datetime | None]:
        """Facts after this place, and since when the oldest waits."""
        place = self if self.until else replace(self, at=lower(self.seen))
        with connection.cursor() as cursor:
            cursor.execute(sql(f"waiting_{kind}"), _live_given(place))
            count, oldest = cursor.fetchone()
        return count, oldest


@dataclass(frozen=True)
class DayPlace:
    """A day in the order of its keys; first those that tell of the day, then those that lie about it."""

    after: str = ZERO
    is_odd: bool = False

    def written(self) -> dict[str, Any]:
        return asdict(self)

    def next_page(self, kind: str, rows: int, day: dt.date) -> tuple[DayPlace, int]:
        """The same; none left after the odd ones."""
        start, finish = midnight(day), midnight(day + ONE_DAY)
        bounds = {"start": start, "finish": finish, "low": first_identifier(start), "high": first_identifier(finish)}
        found, last = _fill(f"{'odd' if self.is_odd else 'day'}_{kind}", bounds | {"after": self.after, "rows": rows})
        if last:
            return replace(self, after=str(last[1])), found
        if self.is_odd:
            return self, 0
        return DayPlace(is_odd=True).next_page(kind, rows, day)


def lower(snapshot: str) -> int:
    """The first transaction that may be missing in it."""
    return int(snapshot.split(":", maxsplit=1)[0])


def upper(snapshot: str) -> int:
    """The first transaction that it cannot show."""
    return int(snapshot.split(":")[1])


def name_keys(keys: list[str]) -> None:
    """Fills `wanted` with keys in hand."""
    _fill("named", {"keys": keys})


def _live_given(place: LivePlace) -> dict[str, Any]:
    given: dict[str, Any] = {"seen": place.seen, "seen_max": upper(place.seen), "at": place.at, "after": place.after}
    if place.until:
        given |= {"until": place.until, "until_min": lower(place.until), "before": place.at + place.width}
    return given


def _fill(block: str, given: dict[str, Any]) -> tuple[int, tuple[int, str] | None]:
    _drop()
    with connection.cursor() as cursor:
        cursor.execute(sql(block), given)
        cursor.execute("SELECT landed, id FROM wanted ORDER BY landed DESC, id DESC LIMIT 1")
        last = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM wanted")
        return cursor.fetchone()[0], last


def _drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.wanted")
