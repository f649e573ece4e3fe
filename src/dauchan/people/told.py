"""People whom an officer writes down because somebody told of them: cases, and whom cases have met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.people.actions import phone_lookup
from dauchan.people.encryption import keyed_hash
from dauchan.people.models import Credential, Identity, Person
from dauchan.people.sealing import SUBJECT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


@dataclass(frozen=True)
class ToldOf:
    """What is known of somebody nobody has met here.

    Attributes:
        full_name: may be empty where there is a number.
        phone: E.164, or empty.
        owns_phone: False where the number is another's: it is kept to call, and signs nobody in as this person.
        birth_year: None where nobody knows it.
        address: in words; may be empty.
    """

    full_name: str
    phone: str = ""
    owns_phone: bool = True
    birth_year: int | None = None
    address: str = ""


@transaction.atomic
def people_told_of(told: Sequence[ToldOf], ids: Sequence[int | None] = ()) -> list[Person]:
    """A new person with an unverified number for each, in their order. That nobody has these numbers is the caller's to know.

    Args:
        told: what is known of each.
        ids: under which the ledger is to know them, None for any; of people of another system whose visits come along.
    """
    chosen = ids or [None] * len(told)
    people = Person.objects.bulk_create([Person() if pk is None else Person(pk=pk) for pk in chosen], batch_size=1000)
    identities = [_identity(person, one) for person, one in zip(people, told, strict=True)]
    Identity.objects.bulk_create(identities, batch_size=1000)
    return people


def _identity(person: Person, told: ToldOf) -> Identity:
    return Identity(
        person=person,
        full_name=told.full_name,
        phone=told.phone,
        phone_hash=phone_lookup(told.phone) if told.phone and told.owns_phone else None,
        birth_year=str(told.birth_year) if told.birth_year else None,
        address=told.address or None,
    )


def document_lookup(subject: str) -> bytes:
    """The keyed hash under which the holder of a document is found; *subject* as of `dauchan.qr.claims.CarriedCode`."""
    return keyed_hash(subject, SUBJECT)


def identities_with_phones(phones: Collection[str]) -> dict[str, Identity]:
    """Who has each of these numbers (E.164); one query."""
    by_hash = {phone_lookup(phone): phone for phone in phones}
    found = Identity.objects.filter(phone_hash__in=list(by_hash)).select_related("person")
    return {by_hash[bytes(identity.phone_hash or b"")]: identity for identity in found}


def people_with_documents(subjects: Collection[str]) -> dict[str, Person]:
    """Whom each of these documents stands for; one query."""
    by_hash = {document_lookup(subject): subject for subject in subjects}
    found = Credential.objects.filter(subject_hash__in=list(by_hash)).select_related("person__identity")
    return {by_hash[bytes(credential.subject_hash)]: credential.person for credential in found}


def note_documents(held: Iterable[tuple[Person, str, str]]) -> None:
    """Keep which document (kind, subject) stands for whom; one that stands for somebody already stays theirs."""
    now = timezone.now()
    Credential.objects.bulk_create(
        [
            Credential(person=person, kind=kind, subject_hash=document_lookup(subject), first_seen_at=now)
            for person, kind, subject in held
        ],
        ignore_conflicts=True,
    )
