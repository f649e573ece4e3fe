"""Writing, sealing, renewing and dropping segments: one way for all of them, and for one process of an installation at a time."""

from __future__ import annotations

import logging
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from django.utils import timezone

from dauchan.epi import write_segment
from dauchan.visits.models import Segment as Acknowledged
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.retention import kept_days
from dauchan.visits.rules import LONG_STAY_HOURS
from dauchan.visits.segments.late import current_snapshot, late_for
from dauchan.visits.segments.overlay import laid_over
from dauchan.visits.segments.reading import day_of_visits
from dauchan.visits.segments.shelf import drop_day, own_shelf
from dauchan.visits.segments.since import people_since
from dauchan.visits.segments.stays import KEY, current_stays, people_of_other_stays

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date, datetime

    from dauchan.epi import VisitColumns
    from dauchan.visits.segments.shelf import Opened, Shelf
    from dauchan.visits.segments.stays import UsualStays

log = logging.getLogger(__name__)

#: So many late rows beside a segment cost every console process a second when it opens the day.
LATE_ROWS = 20_000
_LOCK = 7256


class Reason(StrEnum):
    """Why a day is written."""

    MISSING = "missing"
    DAMAGED = "damaged"
    LATE = "late"
    STAYS = "stays"
    TO_SEAL = "to_seal"
    ASKED = "asked"


@dataclass(frozen=True)
class Condition:
    """How a day stands.

    Attributes:
        day: the local day on which its visits began.
        acknowledged: what the database knows of its segment; None where it has none that can be used.
        damage: a sentence for a segment that is not what was written, else "".
        late_rows: check-ins and check-outs that landed after it was read.
        reason: why it is to be written, None where it is fine.
        size: bytes on the disk.
    """

    day: date
    acknowledged: Acknowledged | None
    damage: str
    late_rows: int
    reason: Reason | None
    size: int


def condition(shelf: Shelf, day: date, now: datetime, *, verify: bool = False) -> Condition:
    """Look at a day; with *verify* every byte of it is read."""
    opened, damage = shelf.looked_at(day, shelf.acknowledged().get(day, {}), verify=verify)
    size = shelf.size_of(day)
    if opened is None:
        return Condition(day, None, damage, 0, Reason.DAMAGED if damage else Reason.MISSING, size)
    late = len(late_for(day, opened.row.seen))
    return Condition(day, opened.row, "", late, _why(opened, late, now), size)


def _why(opened: Opened, late: int, now: datetime) -> Reason | None:
    if late > LATE_ROWS:
        return Reason.LATE
    if not opened.row.is_sealed and is_settled(opened.row.day, now):
        return Reason.TO_SEAL
    return Reason.STAYS if len(people_of_other_stays(opened.segment, current_stays())) > LATE_ROWS else None


def is_settled(day: date, now: datetime) -> bool:
    """No stay that began on the day can still be going on."""
    hours = (now - midnight(day + ONE_DAY)).total_seconds() / 3600
    return hours >= LONG_STAY_HOURS


def write_day(shelf: Shelf, day: date, now: datetime) -> Acknowledged:
    """Write a day as the ledger has it now, in place of what there is."""
    seen = current_snapshot()  # before the day is read: what lands meanwhile counts as late
    stays = current_stays()
    return write_visits(shelf, day, day_of_visits(day), seen, stays, now)


def write_visits(
    shelf: Shelf, day: date, visits: VisitColumns, seen: str, stays: UsualStays, now: datetime
) -> Acknowledged:
    """Write a day's visits, which are what the snapshot *seen* showed and were made with these usual stays, in place of what there is.

    The database acknowledges the new segment before its folder changes and forgets the old one afterwards: at any moment the folder
    holds a segment that is acknowledged.
    """
    seal = uuid.uuid4()
    row = Acknowledged.objects.create(
        seal=seal, shelf=shelf.name, day=day, seen=seen, made_at=timezone.now(), is_sealed=is_settled(day, now),
        visits=len(visits),
    )  # fmt: skip
    about = {"seal": str(seal), "seen": seen, KEY: stays.noted(np.unique(visits.venue))}
    write_segment(shelf.folder(day), day, visits, about)
    Acknowledged.objects.filter(shelf=shelf.name, day=day).exclude(seal=seal).delete()
    return row


def keep(
    now: datetime,
    days: Collection[date] | None = None,
    *,
    anyway: bool = False,
    verify: bool = False,
    told: Callable[[date, Reason], object] = lambda _day, _reason: None,
) -> dict[date, Reason] | None:
    """Write what is missing, damaged, settled by now or has much beside it; drop what the ledger does not keep.

    Args:
        now: the present.
        days: only these of the kept days; without them all.
        anyway: write them whether they need it or not.
        verify: read every byte to find damage.
        told: called before a day is written.

    Returns:
        Why each day was written; None where somebody else is at it.
    """
    shelf = own_shelf()
    with _alone(shelf) as is_ours:
        if not is_ours:
            return None
        _settle()
        kept = kept_days(now)
        for day in set(shelf.days()) - set(kept):
            drop_day(shelf, day)
        done: dict[date, Reason] = {}
        for day in reversed(kept if days is None else [day for day in kept if day in days]):
            reason = Reason.ASKED if anyway else condition(shelf, day, now, verify=verify).reason
            if reason:
                told(day, reason)
                write_day(shelf, day, now)
                done[day] = reason
        return done


def drop(days: Collection[date] | None = None) -> int:
    """Take days, or all, off the disk; how many there were."""
    shelf = own_shelf()
    chosen = [day for day in shelf.days() if days is None or day in days]
    for day in chosen:
        drop_day(shelf, day)
    return len(chosen)


def difference(shelf: Shelf, day: date) -> int | None:
    """How many visits of a segment are not as the ledger has them, those set right that are known to have changed; None: no segment.

    Reads all of the day: proof, where a checksum only says that the file is what was written.
    """
    opened, _ = shelf.looked_at(day, shelf.acknowledged().get(day, {}))
    if opened is None:
        return None
    ledger = day_of_visits(day)
    everybody = np.union1d(opened.segment.pack.person_ids, ledger.person)
    people = np.setdiff1d(everybody, people_since(opened, current_stays()))
    return len(laid_over(opened.segment, people, ledger.where(np.isin(ledger.person, people))))


def _settle() -> None:
    """In a database that was restored elsewhere, begin anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_settle()")
        if cursor.fetchone()[0]:
            log.warning("the database was restored elsewhere: all segments are made anew")


@contextmanager
def _alone(shelf: Shelf) -> Iterator[bool]:
    """Whether nobody else writes to this shelf; held inside."""
    key = int.from_bytes(shelf.name.bytes[:4], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, key])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, key])
