"""Whose session it is, and which phones somebody is signed in on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.people.phones.models import FROM_AFAR, CodesRefused, OwnPhone
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.models import Identity

#: Ended phones are shown so long, so that somebody sees what was signed out.
SHOWN = dt.timedelta(days=30)


def signed_in_on(person_id: int, phone_id: int) -> Person | None:
    """The person of a session, while that phone is signed in; that it was used today is noted once a day."""
    found = (
        Person.objects.select_related("identity")
        .filter(pk=person_id, identity__isnull=False, phones=phone_id, phones__ended_at=None)
        .annotate(seen_on=F("phones__seen_on"))
        .first()
    )
    today = timezone.localdate()
    if found is not None and found.seen_on != today:
        OwnPhone.objects.filter(pk=phone_id).update(seen_on=today)
    return found


def phones_of(person: Person) -> QuerySet[OwnPhone]:
    """Those signed in, the one used last first, and those ended lately."""
    ended = OwnPhone.objects.filter(ended_at__gt=timezone.now() - SHOWN)
    return (
        (OwnPhone.objects.filter(ended_at=None) | ended)
        .filter(person=person)
        .order_by(F("ended_at").desc(nulls_first=True), "-seen_on", "-pk")
    )


def knows(person: Person, phone_id: int) -> bool:
    """Whether this browser is one in which *person* was signed in before, and which nobody signed out from afar."""
    return OwnPhone.objects.filter(pk=phone_id, person=person).exclude(ending__in=FROM_AFAR).exists()


def code_is_refused(person_id: int, made_at: int) -> bool:
    """Whether a code that was made at *made_at* (epoch seconds) was made before the person's phones were signed out."""
    refused = CodesRefused.objects.filter(person=person_id).first()
    return refused is not None and made_at < refused.made_before.timestamp()


def is_named(identity: Identity, full_name: str) -> bool:
    """Whether they are called so, diacritics and capitals or not."""
    return bool(full_name.strip()) and fold(full_name) == fold(identity.full_name)
