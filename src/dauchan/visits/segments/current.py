"""The index that a process traces over: opened once, and brought up to what is committed each time it is asked for."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from dauchan.epi import VisitColumns, VisitIndex, compile_kernels
from dauchan.epi.visit_columns import joined
from dauchan.visits.partitions import local_day
from dauchan.visits.retention import kept_days
from dauchan.visits.segments.late import current_snapshot, late_since
from dauchan.visits.segments.overlay import Overlay, laid_over, whole
from dauchan.visits.segments.reading import day_of_visits, people_on
from dauchan.visits.segments.shelf import Opened, own_shelf
from dauchan.visits.segments.since import people_since
from dauchan.visits.segments.stays import UsualStays, current_stays

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from dauchan.visits.arrays import Int64s
    from dauchan.visits.models import Segment as Acknowledged

log = logging.getLogger(__name__)

#: Days before today that may be read without a segment; where an older one lacks its own there would be too much to read.
READ_WHOLE_DAYS = 2
#: Reading so many people one by one takes longer than reading their day.
MANY_PEOPLE = 300_000
#: An index that nobody asks for is let go: what it holds must not outlive its time in a process that nobody uses.
IDLE = timedelta(minutes=15)


@dataclass(frozen=True, eq=False)
class KnownDay:
    """A day as it was last read: its segment, who was read anew since, and what they have on that day. Without a segment
    *visits* are everybody's. *seals* were acknowledged when it was opened.
    """

    opened: Opened | None
    people: Int64s
    visits: VisitColumns
    seals: frozenset[UUID]

    def holds(self, seals: Mapping[UUID, Acknowledged]) -> bool:
        """Nothing has been written in place of what was read."""
        return self.seals == frozenset(seals) or (self.opened is not None and self.opened.row.seal in seals)

    @cached_property
    def overlay(self) -> Overlay:
        return laid_over(self.opened.segment, self.people, self.visits) if self.opened else whole(self.visits)

    def with_people(self, day: date, people: Int64s) -> KnownDay:
        """The same with some people read anew."""
        kept = self.visits.where(~np.isin(self.visits.person, people))
        touched = np.union1d(self.people, people) if self.opened else self.people
        return replace(self, people=touched, visits=joined([kept, people_on(day, people)]))


@dataclass(frozen=True, eq=False)
class Known:
    """What a process knows of the ledger: at least all that the snapshot *seen* shows."""

    seen: str
    stays: UsualStays
    days: Mapping[date, KnownDay]
    index: VisitIndex = field(repr=False)


class Current:
    """The index of this process; threads wait for each other while it is brought up to date, and then share it."""

    def __init__(self) -> None:
        self._known: Known | None = None
        self._lock = threading.Lock()
        self._letting_go: threading.Timer | None = None

    def index(self, now: datetime, beside: VisitColumns | None = None) -> VisitIndex | None:
        """All that is committed, and *beside*, visits with ends that the ledger does not have; None where days are missing that
        only `keeping` can write.
        """
        with self._lock:
            known = refreshed(self._known, now)
            if not _is_writing():  # what this transaction itself has written may be rolled back: for its own eyes only
                self._known = known
                self._let_go_later()
        if known is None or beside is None or not len(beside):
            return known.index if known else None
        return _index_of(known.days, known.index, beside)

    def warm(self, now: datetime) -> None:
        """Begin to bring the index up to date beside what the process does: soon somebody will ask for it."""
        if self._lock.locked() or connection.in_atomic_block:  # beside, nobody would see what is not committed
            return
        threading.Thread(target=self._warm, args=(now,), name="visit index", daemon=True).start()

    def _warm(self, now: datetime) -> None:
        try:
            compile_kernels()
            self.index(now)
        except Exception:
            log.exception("the visit index could not be made ready")
        finally:
            connection.close()

    def forget(self) -> None:
        """Let go of everything; the next one to ask opens it anew."""
        with self._lock:
            self._known = None

    def _let_go_later(self) -> None:
        if self._letting_go:
            self._letting_go.cancel()
        self._letting_go = threading.Timer(IDLE.total_seconds(), self.forget)
        self._letting_go.daemon = True
        self._letting_go.start()


CURRENT = Current()


def _is_writing() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def refreshed(known: Known | None, now: datetime) -> Known | None:
    """What is committed by now; None where days are missing that only `keeping` can write."""
    seen, acknowledged = current_snapshot(), own_shelf().acknowledged()
    if not acknowledged:
        return None
    stays = current_stays()
    if known and known.stays != stays:
        known = None
    late = late_since(known.seen).by_day() if known else {}
    days: dict[date, KnownDay] = {}
    for day in kept_days(now):
        before = known.days.get(day) if known else None
        read = _read(day, before, acknowledged.get(day, {}), late.get(day), stays, now)
        if read is None:
            return None
        days[day] = read
    if known and known.days == days:
        return replace(known, seen=seen)
    return Known(seen, stays, days, _index_of(days, known.index if known else None))


def _read(
    day: date,
    before: KnownDay | None,
    seals: Mapping[UUID, Acknowledged],
    late: Int64s | None,
    stays: UsualStays,
    now: datetime,
) -> KnownDay | None:
    if before and before.holds(seals):
        return before if late is None else before.with_people(day, late)
    opened, damage = own_shelf().looked_at(day, seals)
    if damage:
        log.error("%s; read from the ledger until it is written anew", damage)
    if opened:
        parts = [people_since(opened, stays), *([] if late is None else [late])]
        people = np.unique(np.concatenate(parts))
        if len(people) <= MANY_PEOPLE:
            return KnownDay(opened, people, people_on(day, people), frozenset(seals))
    elif (local_day(now) - day).days > READ_WHOLE_DAYS:
        return None
    return KnownDay(None, np.empty(0, np.int64), day_of_visits(day), frozenset(seals))


def _index_of(
    days: Mapping[date, KnownDay], before: VisitIndex | None, beside: VisitColumns | None = None
) -> VisitIndex:
    overlays = [day.overlay for day in days.values()]
    segments = [segment for segment in (overlay.corrected for overlay in overlays) if segment]
    tail = joined([*(each.tail for each in overlays), *([] if beside is None else [beside])])
    return VisitIndex.from_segments(segments, tail, before=before)
