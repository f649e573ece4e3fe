"""The people and places of the demonstration province, written to the database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.people.actions import NOTICE_VERSION, phone_lookup
from dauchan.people.models import Consent, Identity, Person
from dauchan.qr import make_short_code
from dauchan.simulation import names
from dauchan.venues.models import Category, Poster, Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from dauchan.units.models import Officer, Unit

#: Kinds of venue by how often one meets them, the rest sharing what is left.
COMMON = {"grocery": 8, "eatery": 6, "cafe": 6, "shop": 5, "market": 2, "pharmacy": 2, "office": 2, "school": 2}
HOURS = {
    "early": [["05:00", "18:00"]],
    "shop": [["07:00", "21:30"]],
    "office": [["07:30", "11:30"], ["13:30", "17:00"]],
}
PATTERN = {"market": "early", "office": "office", "school": "office", "bank": "office"}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: About 800 m in degrees: demonstration venues lie around the point of their commune.
SPREAD = 0.008


def phone_number(index: int) -> str:
    """E.164 numbers of one block, all invented."""
    return f"+849000{index:05d}"


def make_people(how_many: int, random: np.random.Generator, tick: Callable[[], object]) -> list[Person]:
    """People with consent, name and phone; the first ones belong to the demonstration accounts."""
    now = timezone.now()
    people = Person.objects.bulk_create([Person(id=2**41 + int(n)) for n in _distinct(how_many, random)])
    identities = []
    for index, person in enumerate(people):
        identities.append(_identity(person, phone_number(index), names.person_name(random)))
        tick()
    Identity.objects.bulk_create(identities, batch_size=1000)
    Consent.objects.bulk_create(
        Consent(person=person, notice_version=NOTICE_VERSION, language="vi", given_at=now) for person in people
    )
    return people


def _identity(person: Person, phone: str, full_name: str) -> Identity:
    return Identity(
        person=person, full_name=full_name, phone=phone, phone_hash=phone_lookup(phone), verified_at=timezone.now()
    )


def make_venues(
    units: list[Unit], per_unit: int, owner: Person, officer: Officer, random: np.random.Generator
) -> list[Venue]:
    """Approved venues with a poster each; the first unit also has one registration that waits for approval."""
    categories = list(Category.objects.filter(sensitive=False))
    now = timezone.now() - dt.timedelta(days=40)
    venues = [_venue(unit, _category(categories, random), random) for unit in units for _ in range(per_unit)]
    for venue in venues[:3]:
        venue.owner = owner
    for venue in venues:
        venue.decided_by, venue.decided_at = officer, now
    venues[2].status, venues[2].decided_by, venues[2].decided_at = VenueStatus.PENDING, None, None
    made = Venue.objects.bulk_create(venues)
    decided = Venue.objects.filter(pk__in=[venue.pk for venue in made], decided_at__isnull=False)
    decided.update(registered_at=now - dt.timedelta(days=2))
    Poster.objects.bulk_create(
        Poster(venue=venue, version=1, short_code=make_short_code(), issued_at=now)
        for venue in made
        if venue.status == VenueStatus.APPROVED
    )
    return made


def _venue(unit: Unit, category: Category, random: np.random.Generator) -> Venue:
    venue = Venue(
        name=names.venue_name(category.name_vi, random),
        category=category,
        address=names.street_address(random),
        unit=unit,
        lat=unit.lat + random.normal(0, SPREAD) if unit.lat is not None else None,
        lon=unit.lon + random.normal(0, SPREAD) if unit.lon is not None else None,
        opening_hours=dict.fromkeys(WEEK, HOURS[PATTERN.get(category.code, "shop")]),
        status=VenueStatus.APPROVED,
    )
    venue.search_key = venue.searchable()
    return venue


def _category(categories: list[Category], random: np.random.Generator) -> Category:
    weights = [COMMON.get(category.code, 1) for category in categories]
    total = sum(weights)
    return categories[random.choice(len(categories), p=[weight / total for weight in weights])]


def _distinct(how_many: int, random: np.random.Generator) -> list[int]:
    return list(dict.fromkeys(random.integers(0, 2**52, how_many * 2).tolist()))[:how_many]
