"""Reads of the ledger: one person's diary, one venue's numbers, and all visits of a stretch of time for tracing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from django.db.models import Sum

from dauchan.visits.arrays import VisitArrays
from dauchan.visits.copying import read_rows, row_type, seconds_of
from dauchan.visits.models import Visit
from dauchan.visits.partitions import midnight
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

_FIVE_NUMBERS = row_type([8] * 5)


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
    put places on a contact list where nobody was. Missing check-outs are `MISSING`; `dauchan.epi.VisitIndex.from_arrays` imputes them, given `stay_minutes`.
    """
    with (
        connection.cursor() as cursor,
        cursor.copy(blocks("queries.sql")["visits_between"], {"start": start, "end": end, "floods": floods}) as rows,
    ):
        parts = list(read_rows(rows, _FIVE_NUMBERS))
    table = np.concatenate(parts) if parts else np.empty(0, _FIVE_NUMBERS)
    return VisitArrays(
        person=table["v0"].astype(np.int64),
        venue=table["v1"].astype(np.int64),
        entered=seconds_of(table["v2"]),
        left=seconds_of(table["v3"]),
        stay_minutes=table["v4"].astype(np.int64),
    )


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


def scans_by_day(venue_id: int, first: date, last: date) -> list[DayOfScans]:
    """Use of a venue on every local day from first to last, both included, that had a check-in."""
    bounds: dict[str, int | datetime] = {
        "venue_id": venue_id,
        "start": midnight(first),
        "end": midnight(last + timedelta(days=1)),
    }
    with connection.cursor() as cursor:
        cursor.execute(blocks("queries.sql")["scans_by_day"], bounds)
        return [DayOfScans(*row) for row in cursor.fetchall()]
