"""A person's own visits, day by day, with how each ended. Only the signed-in person comes here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.units.errors import NoSuchThing
from dauchan.visits.queries import diary_of
from dauchan.visits.registry import Closer
from dauchan.visits.retention import first_kept_instant
from dauchan.web.visitor.remarks import plain_remarks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from dauchan.visits.models import Visit

#: A visit that nobody closed may still be closed by its visitor for this long.
MAY_CLOSE_WITHIN = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Entry:
    """One visit as the diary shows it.

    Attributes:
        is_there: the visitor is still there, as far as is known.
        may_close: whether the button to leave is shown.
    """

    visit: Visit
    is_there: bool
    may_close: bool

    @property
    def remarks(self) -> list[StrOrPromise]:
        return plain_remarks(self.visit.labels)

    @property
    def left_by(self) -> Closer:
        return Closer(self.visit.left_by)


@dataclass(frozen=True)
class Day:
    date: dt.date
    entries: tuple[Entry, ...]


def days_of(person_id: int, now: dt.datetime) -> list[Day]:
    """The visits that are kept, by local day of entry, the latest first."""
    visits = diary_of(person_id).filter(entered_at__gte=first_kept_instant(now))
    return [Day(date, tuple(_entries(found, now))) for date, found in groupby(visits, _local_date)]


def as_file(person_id: int, now: dt.datetime) -> dict[str, Any]:
    """The visits that are kept, for a program to read: instants in UTC, ends with how they are known."""
    entries = [entry for day in days_of(person_id, now) for entry in day.entries]
    return {"made_at": now.isoformat(), "visits": [_written(entry) for entry in entries]}


def _written(entry: Entry) -> dict[str, Any]:
    visit = entry.visit
    return {
        "check_in_id": str(visit.check_in_id),
        "place": visit.venue.name,
        "address": visit.venue.full_address,
        "entered_at": visit.entered_at.isoformat(),
        "left_at": None if entry.is_there else visit.ended_at.isoformat(),
        "left_by": entry.left_by.name.lower(),
        "party": visit.party,
        "labels": list(visit.label_names),
    }


def access_own_visit(person_id: int, check_in_id: UUID) -> Visit:
    """The visit, if it is this person's.

    Raises: NoSuchThing.
    """
    visit = diary_of(person_id).filter(check_in_id=check_in_id).first()
    if visit is None:
        raise NoSuchThing
    return visit


def entry_of(visit: Visit, now: dt.datetime) -> Entry:
    nobody_closed_it = visit.left_by == Closer.DEFAULT_STAY
    return Entry(
        visit,
        is_there=nobody_closed_it and visit.entered_at <= now < visit.ended_at,
        may_close=nobody_closed_it and now - visit.entered_at < MAY_CLOSE_WITHIN,
    )


def _entries(visits: Iterable[Visit], now: dt.datetime) -> Iterable[Entry]:
    return (entry_of(visit, now) for visit in visits)


def _local_date(visit: Visit) -> dt.date:
    return timezone.localtime(visit.entered_at).date()
