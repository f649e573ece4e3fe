"""Who scanned at work, on a listed handful of scans; and what is kept of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from dauchan.compliance.participation.keeping import keep_turnout
from dauchan.compliance.participation.models import AgencyDay
from dauchan.compliance.participation.queries import agencies_by_share, member_days, turnout_of, whole_turnout
from dauchan.people.models import Person
from dauchan.people.roster.actions import forget_leavers, keep_agency
from dauchan.people.roster.importing import OFFICE_HOURS, keep_roster
from dauchan.people.roster.models import Agency, Leave, Member
from dauchan.people.roster.roster_list import Entry, Pattern, RosterRow
from dauchan.screening.participation import DayState
from dauchan.units.calendar_models import CalendarDay
from dauchan.units.errors import ReferenceRefused
from dauchan.units.models import Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import Venue
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING
from tests.web.conftest import make_category, make_person, make_unit, registered

LOCAL = dt.timezone(dt.timedelta(hours=7))
TODAY = dt.date(2026, 3, 13)  # a Friday
NOW = dt.datetime(2026, 3, 13, 12, tzinfo=LOCAL)
NIGHT = Pattern(0b1111111, dt.time(22), dt.time(6), on_holidays=True)


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def phone(number: int) -> str:
    return f"+8490500{number:04d}"


@pytest.fixture
def commune(db: None) -> Unit:
    return make_unit("90001", "commune", "Phường Thuận Thử")


@pytest.fixture
def office(commune: Unit) -> Venue:
    return registered(make_person(phone(9000), "Chủ"), make_category(), commune, "Trụ sở")


def agency_of(office: Venue, *entries: Entry, name: str = "Ủy ban") -> Agency:
    agency = keep_agency(Agency(name=name, unit=office.unit), [office.pk], None)
    with travel(dt.datetime(2026, 2, 1, tzinfo=LOCAL), tick=False):
        keep_roster(agency, [RosterRow(n, (), entry.employee_number, entry) for n, entry in enumerate(entries)], None)
    return agency


def entry(number: int, pattern: Pattern = OFFICE_HOURS, *, has_phone: bool = True) -> Entry:
    return Entry(f"NV{number:02d}", f"Trần Văn {number}", phone(number) if has_phone else "", "Văn phòng", pattern)


def scan(person: Person, at: Venue, when: dt.datetime) -> None:
    load_visits(*(np.array([value], np.int64) for value in (person.pk, at.pk, int(when.timestamp()), MISSING)))


def at(number: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, number, hour, minute, tzinfo=LOCAL)


def states(agency: Agency, first: int, until: int) -> list[list[DayState]]:
    found = member_days([agency.pk], day(first), day(until), NOW).states
    return [[DayState(value) for value in row] for row in found]


def test_only_scans_at_the_own_agency_count(office: Venue, commune: Unit) -> None:
    agency = agency_of(office, entry(1), entry(2, has_phone=False), entry(3, NIGHT))
    elsewhere = registered(make_person(phone(9001), "Chủ khác"), office.category, commune, "Quán")
    one, three = make_person(phone(1), "Một"), make_person(phone(3), "Ba")
    scan(one, office, at(11, 7, 20))
    scan(one, elsewhere, at(12, 7, 20))
    scan(three, office, at(12, 1))
    missed, scanned, open_, unknown = DayState.MISSED, DayState.SCANNED, DayState.OPEN, DayState.UNVERIFIABLE
    assert states(agency, 11, 14) == [
        [scanned, missed, open_],
        [unknown, unknown, unknown],
        [scanned, missed, DayState.NOT_DUE],
    ]
    assert turnout_of(member_days([agency.pk], day(11), day(14), NOW).states).percent == 50


def test_leave_joining_and_leaving(office: Venue) -> None:
    agency = agency_of(office, entry(1), entry(2), entry(3))
    one, two, three = agency.members.order_by("employee_number")
    Leave.objects.create(member=one, kind="annual", first_on=day(10), until_on=day(12))
    Member.objects.filter(pk=two.pk).update(joined_on=day(11))
    Member.objects.filter(pk=three.pk).update(left_on=day(11))
    off, missed = DayState.NOT_DUE, DayState.MISSED
    assert states(agency, 10, 13) == [[off, off, missed], [off, missed, missed], [missed, off, off]]


def test_holidays_are_loaded_once_and_spare_offices(office: Venue, tmp_path: Path) -> None:
    assert load_holidays().added > 80
    assert load_holidays().added == 0
    agency = agency_of(office, entry(1), entry(2, NIGHT))
    tet = dt.date(2026, 2, 17)
    found = member_days([agency.pk], tet, tet + dt.timedelta(days=1), NOW).states
    assert found.ravel().tolist() == [DayState.NOT_DUE, DayState.MISSED]
    for made_up in CalendarDay.objects.filter(kind="made_up"):
        assert made_up.stands_for is not None
        assert made_up.day.weekday() >= 5 > made_up.stands_for.weekday()
        assert CalendarDay.objects.filter(day=made_up.stands_for, kind="holiday").exists()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("day,kind,stands_for,name_vi,name_en,source\n2027-01-01,made_up,,x,x,x\n", encoding="utf-8")
    with pytest.raises(ReferenceRefused):
        load_holidays(wrong)


def test_counts_are_kept_of_days_that_are_over_and_outlive_their_members(office: Venue) -> None:
    agency = agency_of(office, *(entry(n) for n in range(1, 13)))
    small = agency_of(office, entry(50), name="Trạm nhỏ")
    for n in (1, 2, 3):
        scan(make_person(phone(n), f"Số {n}"), office, at(12, 8))
    keep_turnout(NOW)
    assert (AgencyDay.objects.get(agency=agency, day=day(12)).scanned) == 3
    assert not AgencyDay.objects.filter(day__gte=TODAY).exists()
    scan(make_person(phone(4), "Số 4"), office, at(12, 9))  # handed in late
    keep_turnout(NOW)
    kept = AgencyDay.objects.get(agency=agency, day=day(12))
    assert (kept.members, kept.scanned, kept.unverifiable) == (12, 4, 0)

    ranked = list(agencies_by_share(Agency.objects.all(), day(12), day(13)))
    assert [(one.pk, vars(one)["share"]) for one in ranked] == [(agency.pk, pytest.approx(1 / 3)), (small.pk, None)]
    whole = whole_turnout(agencies_by_share(Agency.objects.all(), day(12), day(13)))
    assert (whole.due, whole.scanned) == (12, 4)  # without the small one, whom a total would give away

    Member.objects.update(left_on=day(13))
    assert forget_leavers(NOW + dt.timedelta(days=40)) == 13
    keep_turnout(NOW + dt.timedelta(days=40))
    assert AgencyDay.objects.filter(agency=agency, day=day(12), scanned=4).exists()


def test_queries_do_not_grow_with_agencies(office: Venue) -> None:
    agencies = [agency_of(office, entry(n), name=f"Cơ quan {n}") for n in range(3)]
    with CaptureQueriesContext(connection) as one:
        member_days([agencies[0].pk], day(1), day(13), NOW)
    with CaptureQueriesContext(connection) as three:
        member_days([agency.pk for agency in agencies], day(1), day(13), NOW)
    assert len(one) == len(three)
