"""Agencies of the demonstration with invented staff: most of them scan at work on most days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from dauchan.compliance.participation.keeping import keep_turnout
from dauchan.people.roster.actions import keep_agency
from dauchan.people.roster.importing import OFFICE_HOURS, keep_roster
from dauchan.people.roster.models import Agency, Leave, Member
from dauchan.people.roster.roster_list import Entry, Pattern, RosterRow
from dauchan.qr import make_short_code
from dauchan.simulation.names import person_name
from dauchan.simulation.population import phone_number
from dauchan.venues.models import Category, Poster, Venue, VenueStatus
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.people.models import Person
    from dauchan.units.models import Unit

#: Of so many of the staff one is a guard, one has no phone.
GUARD_OF, WITHOUT_PHONE = 12, 15
DAYS = 21
HOUR = 3600
#: The last of the people, whom no account and no card belongs to.
FIRST_PERSON = 1200
DEPARTMENTS = ("Văn phòng", "Kinh tế, Hạ tầng và Đô thị", "Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công")
GUARDS = Pattern(0b1111111, dt.time(22), dt.time(6), on_holidays=True)
#: name, staff, how willingly they scan
AGENCIES = (
    ("Ủy ban nhân dân {}", 34, 0.86),
    ("Trạm Y tế {}", 14, 0.93),
    ("Ban Quản lý chợ {}", 6, 0.5),
)


def load_rosters(units: Sequence[Unit], people: Sequence[Person], random: np.random.Generator) -> None:
    """The first unit's agencies, and the people's committees of the others; counted as every night."""
    next_person = FIRST_PERSON
    for place, unit in enumerate(units):
        for name, staff, willing in AGENCIES if place == 0 else AGENCIES[:1]:
            chosen = range(next_person, next_person + staff)
            next_person += staff
            likely = willing if place == 0 else float(random.uniform(0.45, 0.97))
            _load_agency(
                unit, name.format(unit.full_name[0].lower() + unit.full_name[1:]), chosen, people, likely, random
            )
    keep_turnout(timezone.now())


def _load_agency(
    unit: Unit, name: str, chosen: range, people: Sequence[Person], likely: float, random: np.random.Generator
) -> None:
    building = _building(unit, name)
    agency = keep_agency(Agency(name=name, unit=unit), [building.pk], None)
    entries = [_entry(n, index, random) for n, index in enumerate(chosen)]
    rows = [RosterRow(n, (), entry.employee_number, entry) for n, entry in enumerate(entries)]
    keep_roster(agency, rows, None)
    long_ago = timezone.localdate() - dt.timedelta(days=200)
    Member.objects.filter(agency=agency).update(joined_on=long_ago)
    away = agency.members.all()[2:4]
    since = timezone.localdate() - dt.timedelta(days=4)
    Leave.objects.bulk_create(
        Leave(member=member, kind="annual", first_on=since, until_on=since + dt.timedelta(days=9)) for member in away
    )
    _scan(building, [people[index] for index in chosen], likely, random)


def _is_guard(number: int) -> bool:
    return number % GUARD_OF == GUARD_OF - 1


def _entry(number: int, index: int, random: np.random.Generator) -> Entry:
    is_guard = _is_guard(number)
    return Entry(
        employee_number=f"CB{number + 1:03d}",
        full_name=person_name(random),
        phone="" if number % WITHOUT_PHONE == WITHOUT_PHONE - 1 else phone_number(index),
        department="Bảo vệ" if is_guard else DEPARTMENTS[number % len(DEPARTMENTS)],
        pattern=GUARDS if is_guard else OFFICE_HOURS,
    )


def _building(unit: Unit, name: str) -> Venue:
    now = timezone.now() - dt.timedelta(days=40)
    venue = Venue.objects.create(
        name=name,
        category=Category.objects.get(code="office"),
        address="1 Đường Minh Họa",
        unit=unit,
        lat=unit.lat,
        lon=unit.lon,
        status=VenueStatus.APPROVED,
        decided_at=now,
    )
    Poster.objects.create(venue=venue, version=1, short_code=make_short_code(), issued_at=now)
    return venue


def _scan(building: Venue, people: Sequence[Person], likely: float, random: np.random.Generator) -> None:
    """Everybody has a willingness of their own; guards come in the evening."""
    today = timezone.localdate()
    now = int(timezone.now().timestamp())
    rows: list[tuple[int, int, int, int]] = []
    for number, person in enumerate(people):
        own = float(random.beta(likely * 8, (1 - likely) * 8))
        begins, hours = (21.7, 8) if _is_guard(number) else (7.2, 9)
        for back in range(DAYS + 1):
            day = today - dt.timedelta(days=back)
            at = int(dt.datetime.combine(day, dt.time(), LOCAL).timestamp()) + int(
                (begins + random.normal(0, 0.15)) * HOUR
            )
            if random.random() < own and at < now and (_is_guard(number) or day.weekday() < 5):  # noqa: PLR2004 - Saturday
                rows.append((person.pk, building.pk, at, at + hours * HOUR))
    if rows:
        load_visits(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))
