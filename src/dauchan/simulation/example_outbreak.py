"""A listed outbreak small enough to trace by hand: nine people, three places nobody else visits.

`docs/example-outbreak.md` traces it on paper; the tests hold page, command and paper against each other.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from dauchan.people.actions import NOTICE_VERSION, phone_lookup
from dauchan.people.models import Consent, Identity, Person
from dauchan.qr import make_short_code
from dauchan.venues.models import Category, Poster, Venue, VenueStatus
from dauchan.vietnamese.dates import LOCAL
from dauchan.visits.actions import load_visits
from dauchan.visits.arrays import MISSING

if TYPE_CHECKING:
    from dauchan.units.models import Unit

#: Below every other id of the demonstration, in the order of the letters.
FIRST_ID = 2**40 + 1
PEOPLE = "ABCDEFGHI"

#: letter: (name, category, address)
PLACES = {
    "cafe": ("Cà phê Diễn Tập", "cafe", "1 Đường Minh Họa"),
    "market": ("Chợ Mẫu", "market", "2 Đường Minh Họa"),
    "office": ("Trụ sở Ví Dụ", "office", "3 Đường Minh Họa"),
}

#: person, place, day counted from today, in, out (- where nobody checked out); local time
VISITS = """
A cafe   -6 08:00 12:00
A cafe   -3 08:00 09:00
A market -3 14:00 -
A office -2 07:30 11:30
B cafe   -3 08:30 09:30
B cafe   -3 20:00 21:00
B market -1 10:00 11:00
C cafe   -3 09:20 10:20
C office -2 11:25 11:40
D cafe   -3 09:30 10:30
E cafe   -6 09:00 11:00
F market -3 14:10 14:40
F market -1 10:15 11:15
G market -1 10:30 11:30
H cafe   -3 20:00 21:00
I market -1 11:20 12:20
"""


def example_phone(letter: str) -> str:
    """E.164; A is 0900 009 001 and so on."""
    return f"+84900009{PEOPLE.index(letter) + 1:03d}"


def example_person(letter: str) -> int:
    return FIRST_ID + PEOPLE.index(letter)


def load_example_outbreak(unit: Unit, today: dt.date) -> dict[str, Venue]:
    """Put the people, places and visits above into the database, days counted from *today*. Returns places by key."""
    for letter in PEOPLE:
        _make_person(letter)
    venues = {key: _make_venue(unit, *place) for key, place in PLACES.items()}
    rows = [_visit(line, venues, today) for line in VISITS.strip().splitlines()]
    load_visits(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))
    return venues


def _make_person(letter: str) -> None:
    phone, now = example_phone(letter), timezone.now()
    person = Person.objects.create(pk=example_person(letter))
    Identity.objects.create(
        person=person, full_name=f"Thử Nghiệm {letter}", phone=phone, phone_hash=phone_lookup(phone), verified_at=now
    )
    Consent.objects.create(person=person, notice_version=NOTICE_VERSION, language="vi", given_at=now)


def _make_venue(unit: Unit, name: str, category: str, address: str) -> Venue:
    now = timezone.now()
    venue = Venue.objects.create(
        name=name,
        category=Category.objects.get(code=category),
        address=address,
        unit=unit,
        lat=unit.lat,
        lon=unit.lon,
        status=VenueStatus.APPROVED,
        decided_at=now,
    )
    Poster.objects.create(venue=venue, version=1, short_code=make_short_code(), issued_at=now)
    return venue


def _visit(line: str, venues: dict[str, Venue], today: dt.date) -> tuple[int, int, int, int]:
    letter, place, days, entered, left = line.split()
    day = today + dt.timedelta(days=int(days))
    return example_person(letter), venues[place].pk, _epoch(day, entered), MISSING if left == "-" else _epoch(day, left)


def _epoch(day: dt.date, clock: str) -> int:
    return int(dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL).timestamp())
