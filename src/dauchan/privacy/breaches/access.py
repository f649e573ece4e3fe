"""The only ways to a breach: of the area where an officer protects data; leaders see them too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.privacy.breaches.breach_models import Breach
from dauchan.privacy.rights.access import PROTECTS_DATA
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

SEES_BREACHES = (*PROTECTS_DATA, Role.LEADER)


def access_breaches(officer: Officer, *roles: str) -> QuerySet[Breach]:
    """Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_BREACHES))
    area = in_area(officer.units_as(*(roles or SEES_BREACHES)))
    return Breach.objects.filter(area).select_related("unit", "recorded_by")


def access_breach(officer: Officer, breach_id: int, *roles: str) -> Breach:
    """Raises: RoleMissing, NoSuchThing."""
    found = access_breaches(officer, *roles).filter(pk=breach_id).first()
    if found is None:
        raise NoSuchThing
    return found
