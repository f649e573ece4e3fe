"""Signing phones in and out, and letting a number go or changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.people.actions import person_with_phone, phone_lookup
from dauchan.people.models import Identity
from dauchan.people.phones.models import FROM_AFAR, CodesRefused, Ending, NumberLetGo, OwnPhone
from dauchan.people.phones.naming import label_of
from dauchan.units import audit

if TYPE_CHECKING:
    from dauchan.people.models import Person
    from dauchan.units.models import Officer


def note_phone(person: Person, user_agent: str) -> OwnPhone:
    """*person* has signed in in this browser."""
    return OwnPhone.objects.create(person=person, label=label_of(user_agent), seen_on=timezone.localdate())


def adopt_phone(person: Person, user_agent: str) -> OwnPhone | None:
    """A session of a release that kept no phones goes on, unless a phone of theirs was signed out from afar since."""
    if CodesRefused.objects.filter(person=person).exists():
        return None
    return note_phone(person, user_agent)


@transaction.atomic
def sign_out_phones(person: Person, ending: Ending, *, only: int = 0, by: Officer | None = None) -> int:
    """End the phone *only*, or all of them. Returns: how many were signed in.

    From afar, the codes they made before are refused too: whoever holds such a phone may have one open.
    """
    phones = OwnPhone.objects.filter(person=person, ended_at=None)
    if only:
        phones = phones.filter(pk=only)
    now = timezone.now()
    ended = phones.update(ended_at=now, ending=ending, ended_by=by)
    if ending in FROM_AFAR and (ended or not only):
        CodesRefused.objects.update_or_create(
            person=person, defaults={"made_before": now}, create_defaults={"made_before": now}
        )
    if by is not None:
        audit.record(by, "phones.signed_out", f"person:{person.pk}", detail={"phones": ended})
    return ended


@transaction.atomic
def let_number_go(person: Person) -> None:
    """Somebody else has proved to hold this person's number: it leads here no more, and nobody is written to on it.

    Their phones stay signed in, for the diary is theirs; what they have is found again when they prove a new number.
    """
    Identity.objects.filter(person=person).update(phone_hash=None, verified_at=None)
    NumberLetGo.objects.create(person=person, why=NumberLetGo.Why.NEW_HOLDER)
    audit.record(None, "phones.number_let_go", f"person:{person.pk}")


@transaction.atomic
def change_number(person: Person, phone: str) -> None:
    """*person* has proved to hold *phone* (E.164) and keeps everything under it; who had it before lets it go."""
    before = person_with_phone(phone)
    if before is not None and before.pk != person.pk:
        let_number_go(before)
    identity = Identity.objects.select_for_update().get(person=person)
    identity.phone, identity.phone_hash, identity.verified_at = phone, phone_lookup(phone), timezone.now()
    identity.save(update_fields=["phone", "phone_hash", "verified_at"])
    NumberLetGo.objects.create(person=person, why=NumberLetGo.Why.CHANGED)
    audit.record(None, "phones.number_changed", f"person:{person.pk}")
