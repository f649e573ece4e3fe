"""The only ways to what a case told: through the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.tracing.access import access_cases
from dauchan.tracing.interviews.models import NamedPerson, ToldStay
from dauchan.units.errors import NoSuchThing

if TYPE_CHECKING:
    from dauchan.units.models import Officer


def access_stay(officer: Officer, stay_id: int) -> ToldStay:
    """Raises: RoleMissing, NoSuchThing."""
    stays = ToldStay.objects.filter(case__in=access_cases(officer)).select_related("case__unit")
    stay = stays.filter(pk=stay_id).first()
    if stay is None:
        raise NoSuchThing
    return stay


def access_named(officer: Officer, named_id: int) -> NamedPerson:
    """Raises: RoleMissing, NoSuchThing."""
    people = NamedPerson.objects.filter(case__in=access_cases(officer)).select_related("case__unit", "person__identity")
    named = people.filter(pk=named_id).first()
    if named is None:
        raise NoSuchThing
    return named
