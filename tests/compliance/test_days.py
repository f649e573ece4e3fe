"""Days are counted from the ledger, again when something lands for them, and outlive it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from django.db import connection
from django.test import override_settings

from dauchan.compliance.days import count_late, count_recent, forget_days
from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.compliance.venue_days import counted_days, counts_between
from dauchan.units.models import Unit
from dauchan.venues.models import Venue
from dauchan.visits.retention import keep_house
from dauchan.visits.segments.keeping import keep
from tests.compliance.listed_scans import DAY, NOW, fail, instant, scan, unit, venue

ONE_DAY = dt.timedelta(days=1)
SHOWS_EVERYTHING, SHOWS_NOTHING = "999999999:999999999:", "1:1:"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[None]:
    with override_settings(SEGMENTS_ROOT=str(tmp_path / "segments")), patch("os.fsync"):
        yield


@pytest.fixture
def shop(province: Unit) -> Venue:
    return venue(unit("Đông", "91.1", province), DAY - 30 * ONE_DAY)


def figures(of: Venue, day: dt.date = DAY) -> tuple[int, ...] | None:
    return VenueDay.objects.filter(venue=of, day=day).values_list("scans", "people", "failed").first()


def of_province(day: dt.date = DAY) -> tuple[int, ...] | None:
    names = ("registered", "new", "active", "scans", "people", "failed")
    return UnitDay.objects.filter(unit__path="91", day=day).values_list(*names).first()


def flood(person: int, at: Venue) -> None:
    scan(person, at, "04:00")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL dauchan.retention = 'on'")
        cursor.execute("ALTER TABLE check_in DISABLE TRIGGER ALL")
        cursor.execute("UPDATE check_in SET labels = 32 WHERE person_id = %s", [person])
        cursor.execute("ALTER TABLE check_in ENABLE TRIGGER ALL")


def test_scans_people_and_failures_are_counted_of_venues_and_of_units_at_every_level(shop: Venue) -> None:
    for person, clock in ((1, "00:00"), (1, "09:00"), (2, "23:59")):
        scan(person, shop, clock)
    fail(shop, "12:00")
    assert set(count_recent(NOW)) >= {DAY, DAY + ONE_DAY}
    assert figures(shop) == (3, 2, 1)
    assert figures(shop, DAY + ONE_DAY) is None
    assert of_province() == (1, 0, 1, 3, 2, 1)
    assert of_province(DAY + ONE_DAY) == (1, 0, 0, 0, 0, 0)
    assert UnitDay.objects.filter(day=DAY).count() == 2


def test_what_lands_late_is_counted_at_night_and_nothing_else_is(shop: Venue) -> None:
    scan(1, shop, "09:00")
    count_recent(NOW)
    # A test is one transaction, which no snapshot shows; one that shows it is written down instead.
    CountedDay.objects.update(seen=SHOWS_EVERYTHING)
    assert count_late(NOW) == [DAY + ONE_DAY]  # today is never over
    scan(2, shop, "10:00", DAY - ONE_DAY)
    CountedDay.objects.filter(day=DAY - ONE_DAY).update(seen=SHOWS_NOTHING)
    assert count_late(NOW) == [DAY + ONE_DAY, DAY - ONE_DAY]
    assert figures(shop, DAY - ONE_DAY) == (1, 1, 0)


def test_a_failed_scan_that_lands_late_makes_its_day_due(shop: Venue) -> None:
    count_recent(NOW)
    fail(shop, "10:00", DAY - 5 * ONE_DAY)
    assert count_late(NOW) == [DAY + ONE_DAY, DAY - 5 * ONE_DAY]
    assert figures(shop, DAY - 5 * ONE_DAY) == (0, 0, 1)


def test_a_day_on_disk_is_counted_like_one_in_the_ledger(shop: Venue) -> None:
    other = venue(shop.unit, DAY - ONE_DAY)
    for person, at, clock in ((1, shop, "08:00"), (1, other, "09:00"), (2, other, "10:00")):
        scan(person, at, clock)
    flood(9, shop)
    count_recent(NOW)
    expected = [figures(shop), figures(other), of_province()]
    assert expected == [(1, 1, 0), (2, 2, 0), (2, 0, 2, 3, 2, 0)]
    VenueDay.objects.all().delete()
    UnitDay.objects.all().delete()
    CountedDay.objects.all().delete()
    assert keep(NOW)
    count_recent(NOW)
    assert [figures(shop), figures(other), of_province()] == expected


def test_counts_outlive_the_scans_and_are_never_counted_to_nothing(shop: Venue) -> None:
    scan(1, shop, "09:00")
    count_recent(NOW)
    later = NOW + 30 * ONE_DAY
    keep_house(later)
    count_late(later)
    assert figures(shop) == (1, 1, 0)
    forget_days(later)
    assert figures(shop) == (1, 1, 0)
    forget_days(NOW + 500 * ONE_DAY)
    assert figures(shop) is None
    assert of_province() == (1, 0, 1, 1, 1, 0)
    forget_days(NOW + 3000 * ONE_DAY)
    assert of_province() is None


def test_what_was_registered_on_a_past_day_stays_when_a_venue_closes(shop: Venue) -> None:
    scan(1, shop, "09:00")
    count_recent(NOW)
    shop.status = "closed"
    shop.save()
    scan(2, shop, "10:00")
    count_recent(NOW)
    assert of_province() == (1, 0, 0, 2, 2, 0)
    assert of_province(DAY + ONE_DAY) == (0, 0, 0, 0, 0, 0)


def test_counts_come_as_columns(shop: Venue) -> None:
    scan(1, shop, "09:00")
    scan(1, shop, "10:00", DAY - ONE_DAY)
    fail(shop, "11:00")
    count_recent(NOW)
    days = counts_between(DAY - ONE_DAY, DAY)
    order = np.argsort(days.day)
    assert days.venue_id.tolist() == [shop.pk, shop.pk]
    assert days.day[order].astype(str).tolist() == [str(DAY - ONE_DAY), str(DAY)]
    assert [column[order].tolist() for column in (days.scans, days.people, days.failed)] == [[1, 1], [1, 1], [0, 1]]
    assert [column.dtype for column in (days.scans, days.people, days.failed)] == [np.int32] * 3
    assert len(counts_between(DAY + ONE_DAY, DAY + ONE_DAY)) == 0
    assert counted_days(DAY, DAY + ONE_DAY) == {DAY: NOW, DAY + ONE_DAY: NOW}
    assert instant("08:00", DAY + ONE_DAY) == NOW
