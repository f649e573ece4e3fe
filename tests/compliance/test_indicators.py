"""The published figures of a unit and day, on a listed handful of scans."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dauchan.compliance.days import count_day
from dauchan.compliance.indicators import indicators_of
from dauchan.units.models import Unit
from tests.compliance.listed_scans import DAY, NOW, scan, unit, venue


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
    count_day(DAY, NOW)
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
