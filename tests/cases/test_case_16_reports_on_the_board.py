"""Aarogya Setu read out sick counts per building: numbers of citizens' reports have fixed cells and say no small number."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client

from dauchan.oversight.models import Finding, Report
from dauchan.oversight.queries import public_numbers

if TYPE_CHECKING:
    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def reported(unit: Unit, number: int, venue: Venue | None = None, day: int = 10) -> None:
    at = dt.datetime(2026, 4, day, 2, tzinfo=dt.UTC)
    common = {"unit": unit, "venue": venue, "finding": Finding.NO_QR_POSTED, "address_hash": b"", "reported_at": at}
    before = Report.objects.count()
    Report.objects.bulk_create(Report(code=f"T{before + n:08}", **common) for n in range(number))


def test_case_16_tens_of_whole_communes_and_months_that_are_over(
    commune: Unit, other_commune: Unit, make_venue: MakeVenue
) -> None:
    hidden = make_venue(commune, "Nhà Tạm Lánh", sensitive=True)
    reported(commune, 9)
    reported(commune, 5, hidden)
    reported(other_commune, 19, day=30)
    assert {one.unit: one.number for one in public_numbers(APRIL, MAY)} == {commune: None, other_commune: 10}
    reported(commune, 1)
    told = {one.unit: one.number for one in public_numbers(APRIL, MAY)}
    assert told == {commune: 10, other_commune: 10}, "a sensitive venue's count nowhere"
    with time_machine.travel("2026-05-20T02:00:00Z", tick=False):
        pages = {Client().get(f"/reports/{asked}").content.decode().partition("<table")[2]
                 for asked in ("", "?finding=no_qr_posted", f"?commune={commune.pk}", "?month=2026-03", "?day=2026-04-10")}  # fmt: skip
    assert len({page.partition("</table>")[0] for page in pages}) == 1, "who asks does not choose the cell"
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        assert "<table" not in Client().get("/reports/").content.decode(), "the month that runs is not told"
