"""Who carries a card: what is known of them, encrypted, and how they are found again.

Names are ciphertext in the database, so search goes through keyed hashes (blind indexes) of the folded name, of the name
with the year of birth, and of the telephone number: exact, but with or without diacritics.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dauchan.people.encryption import keyed_hash
from dauchan.people.models import ControlCard, Identity, Person
from dauchan.vietnamese import fold

#: So long after the last of their cards ended is a holder known, in case they come for another one.
KNOWN_DAYS = 90


@dataclass(frozen=True)
class Holder:
    """What an officer is told about somebody who gets a card.

    Attributes:
        full_name: as in their papers.
        birth_year: None where nobody knows it.
        phone: E.164, their own or a relative's; empty if there is none. It signs nobody in.
        address: thôn, street, in words; may be empty.
    """

    full_name: str
    birth_year: int | None = None
    phone: str = ""
    address: str = ""


def name_lookup(full_name: str) -> bytes:
    return keyed_hash(fold(full_name), "holder-name")


def birth_lookup(full_name: str, birth_year: int) -> bytes:
    return keyed_hash(f"{fold(full_name)}\0{birth_year}", "holder-name-year")


def contact_lookup(phone: str) -> bytes:
    return keyed_hash(phone, "holder-contact")


def new_people(holders: list[Holder]) -> list[Person]:
    """A new person with an identity for each of *holders*, in their order."""
    people = Person.objects.bulk_create([Person() for _ in holders])
    Identity.objects.bulk_create(
        [_identity(person, holder) for person, holder in zip(people, holders, strict=True)], batch_size=1000
    )
    return people


def forget_holders(now: dt.datetime) -> int:
    """Erase name, year, telephone and address of those whose cards all ended long ago; the cards stay, nobody's."""
    limit = now - dt.timedelta(days=KNOWN_DAYS)
    cards = ControlCard.objects.filter(person=OuterRef("person"))
    known = cards.exclude(Q(revoked_at__lt=limit) | Q(expires_on__lt=timezone.localdate(limit)))
    forgotten = Identity.objects.filter(Exists(cards), ~Exists(known), phone_hash=None)
    count, _by_model = forgotten.delete()
    return count


def _identity(person: Person, holder: Holder) -> Identity:
    year = holder.birth_year
    return Identity(
        person=person,
        full_name=holder.full_name,
        phone=holder.phone,
        phone_hash=None,
        birth_year=str(year) if year else None,
        address=holder.address or None,
        name_hash=name_lookup(holder.full_name),
        name_year_hash=birth_lookup(holder.full_name, year) if year else None,
        contact_hash=contact_lookup(holder.phone) if holder.phone else None,
    )
