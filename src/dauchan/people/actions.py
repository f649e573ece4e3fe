"""What changes people: signing in by phone, consent."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.people.encryption import keyed_hash
from dauchan.people.models import Consent, Identity, Person
from dauchan.people.sealing import PHONE, SUBJECT

#: What the telephone line tells of the notice in its first answer: where it stands and how long data is kept. Who then goes
#: on using the line agrees to that much, and is asked for the whole when they first sign in.
LINE_NOTICE_VERSION = "2026-1-line"
#: Version of the privacy notice in `web/visitor`; a new one asks everybody for consent again.
NOTICE_VERSION = "2026-1"
#: Consent is asked for again after a year; who does not come back is forgotten (`privacy.retention.lapsing`).
CONSENT_DAYS = 365


def phone_lookup(phone: str) -> bytes:
    """The keyed hash under which an identity with this phone (E.164) is found."""
    return keyed_hash(phone, PHONE)


def person_with_phone(phone: str) -> Person | None:
    return Person.objects.filter(identity__phone_hash=phone_lookup(phone)).first()


def person_for_phone(phone: str, full_name: str = "") -> Person:
    """The person who proved to hold *phone*, made at first sight; a name given now replaces an older one."""
    known = person_with_phone(phone)
    if known is None:
        return _new_person(phone, full_name, timezone.now())
    if known.identity.verified_at is None:
        known.identity.verified_at = timezone.now()
        known.identity.save(update_fields=["verified_at"])
    if full_name and known.identity.full_name != full_name:
        known.identity.full_name = full_name
        known.identity.save(update_fields=["full_name"])
    return known


def person_with_claimed_phone(phone: str) -> Person:
    """Whoever this number (E.164) stands for, which was only said at a gate: found, or made with an unverified number."""
    return person_with_phone(phone) or _new_person(phone, "", None)


def person_with_document(kind: str, subject: str) -> Person:
    """Whoever a shown document stands for, made at first sight. Of *subject* only a keyed hash is kept."""
    subject_hash = keyed_hash(subject, SUBJECT)
    known = Person.objects.filter(credentials__subject_hash=subject_hash).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            person = Person.objects.create()
            person.credentials.create(kind=kind, subject_hash=subject_hash, first_seen_at=timezone.now())
    except IntegrityError:  # two gates saw one card at the same moment
        return Person.objects.get(credentials__subject_hash=subject_hash)
    return person


def _new_person(phone: str, full_name: str, verified_at: dt.datetime | None) -> Person:
    try:
        with transaction.atomic():
            person = Person.objects.create()
            Identity.objects.create(
                person=person,
                full_name=full_name,
                phone=phone,
                phone_hash=phone_lookup(phone),
                verified_at=verified_at,
            )
    except IntegrityError:  # two devices of one phone finished at the same moment
        return Person.objects.get(identity__phone_hash=phone_lookup(phone))
    return person


@transaction.atomic
def admit_person(phone: str, full_name: str, language: str) -> Person:
    """The person who proved to hold *phone*, told their name and agreed to the privacy notice in *language*."""
    person = person_for_phone(phone, full_name)
    give_consent(person, language)
    return person


def give_consent(person: Person, language: str) -> Consent:
    return Consent.objects.create(
        person=person, notice_version=NOTICE_VERSION, language=language, given_at=timezone.now()
    )


def has_consented(person: Person) -> bool:
    since = timezone.now() - dt.timedelta(days=CONSENT_DAYS)
    return person.consents.filter(notice_version=NOTICE_VERSION, withdrawn_at=None, given_at__gt=since).exists()


def note_line_use(person: Person, language: str) -> bool:
    """Keep that *person* uses the telephone line; True where it is for the first time, so that they are to be told."""
    if person.consents.filter(notice_version=LINE_NOTICE_VERSION, withdrawn_at=None).exists():
        return False
    person.consents.create(notice_version=LINE_NOTICE_VERSION, language=language, given_at=timezone.now())
    return True


def has_withdrawn(person: Person) -> bool:
    """Whether this person took their consent back and has not given it again."""
    given = person.consents
    return given.exists() and not given.filter(withdrawn_at=None).exists()


def withdraw_consent(person: Person) -> None:
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
