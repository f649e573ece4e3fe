"""Setting and lifting a restriction. Who may is the caller's to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.people.restrictions.models import Restriction

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.people.models import Person


def restrict(person: Person, scope: str, since: dt.datetime | None = None) -> Restriction:
    """From now on (or *since*); one that holds already stays as it is."""
    found, _made = Restriction.objects.get_or_create(
        person=person, scope=scope, lifted_at=None, defaults={"since": since or timezone.now()}
    )
    return found


def lift(person: Person, scope: str) -> int:
    """End it. Returns: how many were lifted, 0 or 1."""
    return Restriction.objects.filter(person=person, scope=scope, lifted_at=None).update(lifted_at=timezone.now())
