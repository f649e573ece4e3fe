"""The only ways to signs, to what set them aside, and to screenings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance.signs.models import Dismissal, ScreeningRun, Sign
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit

SEES_SIGNS = (Role.MONITOR, Role.OFFICER, Role.HEAD, Role.LEADER)
#: Who sets signs aside and screens by hand: the department that watches, not the unit that is watched.
JUDGES_SIGNS = (Role.MONITOR,)


def access_signs(officer: Officer) -> QuerySet[Sign]:
    """The signs of all screenings at venues of the area. Raises: RoleMissing."""
    require_role(officer, *SEES_SIGNS)
    area = in_area(officer.units_as(*SEES_SIGNS), "venue__unit")
    return Sign.objects.filter(area).select_related("venue__unit", "venue__category", "run")


def access_sign(officer: Officer, sign_id: int) -> Sign:
    """Raises: RoleMissing, NoSuchThing."""
    sign = access_signs(officer).filter(pk=sign_id).first()
    if sign is None:
        raise NoSuchThing
    return sign


def access_dismissals(officer: Officer) -> QuerySet[Dismissal]:
    """What was set aside at venues of the area. Raises: RoleMissing."""
    require_role(officer, *SEES_SIGNS)
    area = in_area(officer.units_as(*SEES_SIGNS), "venue__unit")
    return Dismissal.objects.filter(area).select_related("venue__unit", "dismissed_by", "withdrawn_by")


def access_dismissal(officer: Officer, dismissal_id: int) -> Dismissal:
    """Raises: RoleMissing, NoSuchThing."""
    dismissal = access_dismissals(officer).filter(pk=dismissal_id).first()
    if dismissal is None:
        raise NoSuchThing
    return dismissal


def access_runs(officer: Officer) -> QuerySet[ScreeningRun]:
    """Screenings concern every area alike: they say how many signs there were, not where. Raises: RoleMissing."""
    require_role(officer, *SEES_SIGNS)
    return ScreeningRun.objects.select_related("asked_by")


def may_judge(officer: Officer, unit: Unit) -> bool:
    return any(own.contains(unit) for own in officer.units_as(*JUDGES_SIGNS))


def require_judge(officer: Officer, unit: Unit) -> None:
    """Raises: RoleMissing for somebody who may look at a sign but not set it aside."""
    if not may_judge(officer, unit):
        raise RoleMissing
