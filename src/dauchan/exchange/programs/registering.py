"""Venues that a program hands in: each waits for the officer of its commune, like one that its owner registers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils import timezone

from dauchan.exchange.programs import questions, schemas
from dauchan.exchange.programs.models import Program, Registration
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.units import audit
from dauchan.units.models import Unit, UnitLevel
from dauchan.venues.models import Category, Venue, VenueStatus
from dauchan.vietnamese import PhoneRefused, clean_text, read_phone

if TYPE_CHECKING:
    from dauchan.exchange.programs.admission import Caller

#: A licence register has thousands of shops; more than this nobody decides on, and it is a mistake.
MOST_WAITING = 5000
SHORTEST_TEXT = 3


@transaction.atomic
def register(caller: Caller, new: questions.NewVenue) -> tuple[schemas.Registration, bool]:
    """What became of it, and whether it is new. The same again gets what it got before. Raises: Refused."""
    program = Program.objects.select_for_update().get(pk=caller.program.pk)  # one after the other: no second venue
    digest = hashlib.sha256(msgspec.json.encode(new)).digest()
    known = program.registrations.filter(registration_id=new.registration_id).select_related("venue").first()
    if known:
        if bytes(known.digest) != digest:
            raise Refused(Code.ID_TAKEN)
        return _told(known), False
    if program.registrations.filter(venue__status=VenueStatus.PENDING).count() >= MOST_WAITING:
        raise Refused(Code.TOO_MANY_WAITING)
    venue = _venue(caller, new)
    venue.save()
    made = program.registrations.create(registration_id=new.registration_id, venue=venue, digest=digest)
    audit.record(None, "venue.registered", f"venue:{venue.pk}", detail={"unit": venue.unit.code, "program": program.pk})
    return _told(made), True


def registration(caller: Caller, asked: questions.RegistrationAsked) -> schemas.Registration:
    """Raises: Refused."""
    own = Registration.objects.filter(program=caller.program, registration_id=asked.registration_id)
    found = own.select_related("venue").first()
    if found is None:
        raise Refused(Code.NOT_FOUND)
    return _told(found)


def _venue(caller: Caller, new: questions.NewVenue) -> Venue:
    communes = Unit.objects.within(caller.program.unit).valid_on(timezone.localdate())
    unit = communes.filter(pk=new.unit_id, level=UnitLevel.COMMUNE).first()
    if unit is None:
        raise Refused(Code.MALFORMED, "unit_id: no commune of the area today")
    category = Category.objects.filter(code=new.category).first()
    if category is None:
        raise Refused(Code.MALFORMED, "category: no such kind of venue")
    return Venue(
        name=_text("name", new.name),
        category=category,
        address=_text("address", new.address),
        unit=unit,
        lat=new.lat,
        lon=new.lon,
        phone=_phone(new.phone),
        capacity=new.capacity,
    )


def _text(name: str, text: str) -> str:
    """One line in order. Raises: Refused."""
    cleaned = " ".join(clean_text(text).split())
    if len(cleaned) < SHORTEST_TEXT:
        raise Refused(Code.MALFORMED, f"{name}: {SHORTEST_TEXT} characters at least")
    return cleaned


def _phone(text: str) -> str:
    try:
        return read_phone(text, landline=True) if text.strip() else ""
    except PhoneRefused:
        raise Refused(Code.MALFORMED, "phone: no telephone number") from None


def _told(made: Registration) -> schemas.Registration:
    venue = made.venue
    return schemas.Registration(made.registration_id, venue.pk, venue.status, venue.decision_note, made.made_at)
