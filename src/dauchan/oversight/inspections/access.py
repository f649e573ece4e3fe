"""The only ways to rounds, records, measures and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q

from dauchan.oversight.inspections.models import (
    Inspection,
    InspectionPicture,
    Measure,
    MeasurePicture,
    Round,
)
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit

Row = TypeVar("Row", bound=Model)

#: Who plans, inspects, numbers, and judges what was mended.
INSPECTS = (Role.OFFICER, Role.HEAD)
SEES_INSPECTIONS = (*INSPECTS, Role.MONITOR, Role.LEADER)


def access_rounds(officer: Officer, *roles: str) -> QuerySet[Round]:
    """Those of units within the area where *officer* holds one of *roles*. Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_INSPECTIONS))
    area = in_area(officer.units_as(*(roles or SEES_INSPECTIONS)))
    return Round.objects.filter(area).select_related("unit", "opened_by")


def access_round(officer: Officer, round_id: int, *roles: str) -> Round:
    """Raises: RoleMissing, NoSuchThing; RoleMissing too for one that is in sight but not to be changed in *roles*."""
    return _one(access_rounds, officer, round_id, roles)


def access_inspections(officer: Officer, *roles: str) -> QuerySet[Inspection]:
    """Records of venues within the area. Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_INSPECTIONS))
    area = in_area(officer.units_as(*(roles or SEES_INSPECTIONS)))
    return Inspection.objects.filter(area).select_related(
        "venue__unit", "venue__category", "unit", "inspector", "numbered", "stop__round"
    )


def access_inspection(officer: Officer, inspection_id: int, *roles: str) -> Inspection:
    """Raises: RoleMissing, NoSuchThing; RoleMissing too for one that is in sight but not to be acted on in *roles*."""
    return _one(access_inspections, officer, inspection_id, roles)


def access_measures(officer: Officer, *roles: str) -> QuerySet[Measure]:
    """Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_INSPECTIONS))
    area = in_area(officer.units_as(*(roles or SEES_INSPECTIONS)), "inspection__unit")
    return Measure.objects.filter(area).select_related("inspection__venue__unit", "inspection__unit", "finding")


def access_measure(officer: Officer, measure_id: int, *roles: str) -> Measure:
    """Raises: RoleMissing, NoSuchThing."""
    return _one(access_measures, officer, measure_id, roles)


def _one(rows: Callable[..., QuerySet[Row]], officer: Officer, key: int, roles: tuple[str, ...]) -> Row:
    """The row of *rows* with that key; RoleMissing for one that is in sight, but not in *roles*."""
    found = rows(officer, *roles).filter(pk=key).first()
    if found is not None:
        return found
    if roles and rows(officer).filter(pk=key).exists():
        raise RoleMissing
    raise NoSuchThing


def access_picture(officer: Officer, picture_id: int) -> InspectionPicture:
    """Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *SEES_INSPECTIONS)
    area = in_area(officer.units_as(*SEES_INSPECTIONS), "inspection__unit")
    found = InspectionPicture.objects.filter(area, pk=picture_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_measure_picture(officer: Officer, picture_id: int) -> MeasurePicture:
    """Raises: RoleMissing, NoSuchThing."""
    require_role(officer, *SEES_INSPECTIONS)
    area = in_area(officer.units_as(*SEES_INSPECTIONS), "event__measure__inspection__unit")
    found = MeasurePicture.objects.filter(area, pk=picture_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_own_inspections(person_id: int) -> QuerySet[Inspection]:
    """Records of the venues this person owns; every record that is kept is signed."""
    return Inspection.objects.filter(venue__owner_id=person_id).select_related("venue__unit", "unit", "numbered")


def access_own_inspection(person_id: int, inspection_id: int) -> Inspection:
    """Raises: NoSuchThing."""
    found = access_own_inspections(person_id).filter(pk=inspection_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_own_measure(person_id: int, measure_id: int) -> Measure:
    """Raises: NoSuchThing."""
    mine = Measure.objects.filter(inspection__venue__owner_id=person_id)
    found = mine.select_related("inspection__venue", "inspection__unit", "finding").filter(pk=measure_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_own_picture(person_id: int, picture_id: int) -> InspectionPicture:
    """Raises: NoSuchThing."""
    found = InspectionPicture.objects.filter(inspection__venue__owner_id=person_id, pk=picture_id).first()
    if found is None:
        raise NoSuchThing
    return found


def may_inspect(officer: Officer, unit: Unit) -> bool:
    return any(own.contains(unit) for own in officer.units_as(*INSPECTS))


def inspectors_of(unit: Unit, day: dt.date) -> Q:
    """A filter for accounts that are appointed on *day* to inspect in *unit* or below it."""
    in_force = Q(appointments__since__lte=day) & (Q(appointments__until=None) | Q(appointments__until__gt=day))
    return in_area([unit], "appointments__unit") & Q(appointments__role__in=INSPECTS) & in_force
