"""Who carries a card: what is known of them, encrypted, and how they are found again.

Names are ciphertext in the database, so search goes through keyed hashes (blind indexes) of the folded name, of the name
with the year of birth, and of the telephone number: exact, but with or without diacritics.
"""

from __future__ import annotations

from dataclasses import dataclass

from dauchan.people.encryption import keyed_hash
from dauchan.people.models import Identity, Person
from dauchan.vietnamese import fold


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
