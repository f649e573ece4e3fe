"""A small province whose scans are listed one by one."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection

from dauchan.units.models import Unit
from dauchan.venues.models import Category, Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

DAY = dt.date(2026, 3, 10)
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
#: The day after `DAY`, at eight in the morning.
NOW = dt.datetime(2026, 3, 11, 8, tzinfo=LOCAL)


def unit(name: str, path: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(
        code=path, level="commune" if parent else "province", name=name, full_name=name, name_en=name, path=path,
        parent=parent, valid_from=dt.date(2025, 7, 1), search_key=name, sort_key=name,
    )  # fmt: skip


def venue(at: Unit, decided_on: dt.date, status: str = "approved") -> Venue:
    category, _ = Category.objects.get_or_create(
        code="thu", defaults={"name_vi": "Thử", "name_en": "Trial", "default_stay_minutes": 60, "position": 1}
    )
    decided = dt.datetime.combine(decided_on, dt.time(9), LOCAL)
    return Venue.objects.create(
        name="Quán Thử", category=category, address="1", unit=at, status=status, decided_at=decided
    )


def instant(clock: str, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL)


def scan(person: int, at: Venue, clock: str, day: dt.date = DAY) -> None:
    entered = int(instant(clock, day).timestamp())
    load_visits(*(np.array([value], np.int64) for value in (person, at.pk, entered, MISSING)))


def fail(at: Venue, clock: str, day: dt.date = DAY) -> None:
    """A scan of a venue's code that became no check-in."""
    moment = instant(clock, day)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scan_attempt (attempt_id, venue_id, attempted_at, device_at, received_at, reason, source)"
            " VALUES (%s, %s, %s, %s, %s, 1, 1)",
            [uuid.uuid4(), at.pk, moment, moment, moment],
        )
