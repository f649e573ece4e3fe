"""Who may act where: the one place that turns an officer's appointments into an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Officer, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


def require_role(officer: Officer, *roles: str) -> None:
    """Raises: RoleMissing if the officer holds none of *roles* anywhere."""
    if not officer.roles() & set(roles):
        raise RoleMissing


def in_area(units: Iterable[Unit], unit_field: str = "unit") -> Q:
    """A filter for rows whose *unit_field* lies in the subtree of one of *units*; no units, no rows."""
    area = Q(pk__in=[])
    for unit in dict.fromkeys(units):  # whoever has several roles has some of them in one unit
        area |= Q(**{unit_field: unit.pk}) | Q(**{f"{unit_field}__path__startswith": f"{unit.path}."})
    return area


def access_unit(officer: Officer, unit_id: int, *roles: str) -> Unit:
    """The unit, if it lies in the area where *officer* holds one of *roles* (any role if none is named).

    Raises: NoSuchThing.
    """
    own = officer.units_as(*(roles or officer.roles()))
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not any(area.contains(unit) for area in own):
        raise NoSuchThing
    return unit
