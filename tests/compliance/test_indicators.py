"""The published figures of a unit and day, on a listed handful of scans."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dauchan.compliance.indicators import indicators_of
from dauchan.units.models import Unit
from dauchan.venues.models import Category, Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

DAY = dt.date(2026, 3, 10)
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def unit(name: str, path: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(
        code=path, level="commune" if parent else "province", name=name, full_name=name, name_en=name, path=path,
        parent=parent, valid_from=dt.date(2025, 7, 1), search_key=name, sort_key=name,
    )  # fmt: skip


@pytest.fixture
def province(db: None) -> Unit:
    return unit("Tỉnh", "91")


def venue(at: Unit, decided_on: dt.date, status: str = "approved") -> Venue:
    category, _ = Category.objects.get_or_create(
        code="thu", defaults={"name_vi": "Thử", "name_en": "Trial", "default_stay_minutes": 60, "position": 1}
    )
    decided = dt.datetime.combine(decided_on, dt.time(9), LOCAL)
    return Venue.objects.create(
        name="Quán Thử", category=category, address="1", unit=at, status=status, decided_at=decided
    )


def scan(person: int, at: Venue, clock: str, day: dt.date = DAY) -> None:
    entered = int(dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL).timestamp())
    load_visits(*(np.array([value], np.int64) for value in (person, at.pk, entered, MISSING)))


def test_figures_of_communes_and_of_the_province_above(province: Unit) -> None:
    busy, quiet, empty = (unit(name, f"91.{n}", province) for n, name in enumerate(["Đông", "Vắng", "Trống"]))
    old, fresh = venue(busy, DAY - dt.timedelta(days=9)), venue(busy, DAY)
    shut = venue(busy, DAY, status="closed")
    venue(quiet, DAY - dt.timedelta(days=1))
    scan(1, old, "00:00")
    scan(1, old, "12:00")
    scan(1, fresh, "13:00")
    scan(2, fresh, "23:59")
    scan(2, shut, "08:00")
    scan(3, old, "23:59", DAY - dt.timedelta(days=1))
    scan(3, old, "00:00", DAY + dt.timedelta(days=1))
    with CaptureQueriesContext(connection) as queries:
        figures = indicators_of([province, busy, quiet, empty], DAY)
    assert len(queries) == 1
    assert [(f.unit, f.registered, f.new, f.active, f.scans, f.people) for f in figures] == [
        (province, 3, 1, 2, 5, 2),
        (busy, 2, 1, 2, 5, 2),
        (quiet, 1, 0, 0, 0, 0),
        (empty, 0, 0, 0, 0, 0),
    ]
    assert [f.is_silent for f in figures] == [False, False, True, False]
    assert [f.active_share for f in figures] == [2 / 3, 1.0, 0.0, None]
