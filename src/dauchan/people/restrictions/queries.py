"""Whose data may not be used for something: asked by every read that is not for a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.restrictions.models import Restriction, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable


def restricted_among(people: Iterable[int], scope: Scope) -> set[int]:
    """Those of *people* whose data may not be used for *scope*; one query."""
    found = Restriction.objects.filter(person__in=list(people), scope__in=[scope, Scope.ALL], lifted_at=None)
    return set(found.values_list("person_id", flat=True))


def is_restricted(person_id: int, scope: Scope) -> bool:
    return bool(restricted_among([person_id], scope))
