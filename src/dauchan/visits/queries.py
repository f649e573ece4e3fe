"""Reads of the ledger: one person's diary, one venue's numbers, and all visits of a stretch of time for tracing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Max, Sum

from dauchan.venues.models import Category
from dauchan.visits.arrays import VisitArrays
from dauchan.visits.copying import read_rows, row_type, seconds_of
from dauchan.visits.models import Visit
from dauchan.visits.partitions import midnight
from dauchan.visits.rules import DEFAULT_STAY_MINUTES, LONG_STAY_HOURS
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from dauchan.visits.arrays import Int64s


@dataclass(frozen=True)
class DayOfScans:
    """Use of a venue on one local day: check-ins, different people, and people with those they brought along."""

    day: date
    check_ins: int
    people: int
    headcount: int


def visits_between(start: datetime, end: datetime, *, floods: bool = False) -> VisitArrays:
    """All visits that began in [start, end), in no particular order; about a second per million.

    Floods, what a person scanned while scanning faster than any visitor can, are left out unless asked for: they would
    put places on a contact list where nobody was. Missing check-outs are `MISSING`; `dauchan.epi.VisitIndex.from_arrays`
    imputes them, given `stay_minutes`.
    """
    return _visits("visits_between", {"start": start, "end": end, "floods": floods})


def visits_touching(start: datetime, end: datetime) -> VisitArrays:
    """All visits, without floods, that were under way in [start, end) or soon before it; with however long a stay.

    Most stays are shorter than a day, and so is every imputed one: those are read by when they began. Of the days before
    only the recorded ends are looked through.
    """
    reach = max(timedelta(hours=LONG_STAY_HOURS), longest_usual_stay())
    began_before = start - reach
    # A phone's identifier bears the time of its own clock: two days are allowed for one that was fast.
    before = UUID(int=int((began_before + timedelta(days=2)).timestamp() * 1000) << 80)
    long = _visits("long_visits", {"began_before": began_before, "ended_after": start, "before": before})
    recent = visits_between(began_before, end)
    return VisitArrays(*(np.concatenate(pair) for pair in zip(_columns(long), _columns(recent), strict=True)))


def longest_usual_stay() -> timedelta:
    """The longest stay that is assumed anywhere where nobody checked out."""
    longest = Category.objects.aggregate(minutes=Max("default_stay_minutes"))["minutes"]
    return timedelta(minutes=longest or DEFAULT_STAY_MINUTES)


def _columns(visits: VisitArrays) -> tuple[Int64s, ...]:
    return visits.person, visits.venue, visits.entered, visits.left, visits.stay_minutes


def _visits(block: str, given: dict[str, datetime | bool | UUID]) -> VisitArrays:
    return visits_from(copied("queries.sql", block, given, 5))


def visits_from(table: NDArray[np.void]) -> VisitArrays:
    """Person, venue, entry, end and usual stay as a block of SQL copies them."""
    return VisitArrays(
        person=table["v0"].astype(np.int64),
        venue=table["v1"].astype(np.int64),
        entered=seconds_of(table["v2"]),
        left=seconds_of(table["v3"]),
        stay_minutes=table["v4"].astype(np.int64),
    )


def copied(file: str, block: str, given: Mapping[str, object], columns: int) -> NDArray[np.void]:
    """The rows of a COPY of that many numbers."""
    row = row_type([8] * columns)
    with connection.cursor() as cursor, cursor.copy(blocks(file)[block], given) as rows:
        parts = list(read_rows(rows, row))
    return np.concatenate(parts) if parts else np.empty(0, row)


def diary_of(person_id: int) -> QuerySet[Visit]:
    """A person's visits with their venues, the latest first."""
    return (
        Visit.objects.filter(person_id=person_id)
        .select_related("venue__unit", "venue__category")
        .order_by("-entered_at")
    )


def open_visit_of(person_id: int, now: datetime) -> Visit | None:
    """Where the person is, as far as the ledger knows: a visit nobody closed and whose usual stay is not over."""
    return diary_of(person_id).filter(left_at__isnull=True, entered_at__lte=now, ended_at__gt=now).first()


def headcount(venue_id: int, now: datetime) -> int:
    """How many people are in a venue now, companions included."""
    inside = Visit.objects.filter(venue_id=venue_id, entered_at__lte=now, ended_at__gt=now)
    return inside.aggregate(people=Sum("party"))["people"] or 0


def scans_by_day(venue_ids: Iterable[int], first: date, last: date) -> dict[int, list[DayOfScans]]:
    """Use of each venue, without floods, on every local day from first to last, both included, that had a check-in."""
    bounds: dict[str, list[int] | datetime] = {
        "venue_ids": list(venue_ids),
        "start": midnight(first),
        "end": midnight(last + timedelta(days=1)),
    }
    found: dict[int, list[DayOfScans]] = {}
    with connection.cursor() as cursor:
        cursor.execute(blocks("queries.sql")["scans_by_day"], bounds)
        for venue_id, *day in cursor.fetchall():
            found.setdefault(venue_id, []).append(DayOfScans(*day))
    return found
