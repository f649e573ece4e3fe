"""The only ways to the figures of units, to what heads explained, and to weekly reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.oversight.accountability.models import Explanation, WeeklyReport
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who sees how the units of their area do.
SEES_ACCOUNTS = (Role.HEAD, Role.MONITOR, Role.LEADER)
#: Who answers for a unit, and signs for it.
EXPLAINS = (Role.HEAD,)
#: To whom units are compared by rank, and who gets the weekly report.
SEES_LEAGUE = (Role.LEADER,)
SEES_WEEKLY = (Role.LEADER, Role.MONITOR)


def access_explanations(officer: Officer) -> QuerySet[Explanation]:
    """What heads of the area signed: a head's own and those of the units below. Raises: RoleMissing."""
    require_role(officer, *SEES_ACCOUNTS)
    return Explanation.objects.filter(in_area(officer.units_as(*SEES_ACCOUNTS))).select_related("unit", "head")


def access_explanation(officer: Officer, explanation_id: int) -> Explanation:
    """Raises: RoleMissing, NoSuchThing."""
    explanation = access_explanations(officer).filter(pk=explanation_id).first()
    if explanation is None:
        raise NoSuchThing
    return explanation


def access_weekly_reports(officer: Officer) -> QuerySet[WeeklyReport]:
    """The reports of the areas that *officer* leads or watches. Raises: RoleMissing."""
    require_role(officer, *SEES_WEEKLY)
    return WeeklyReport.objects.filter(in_area(officer.units_as(*SEES_WEEKLY))).select_related("unit")


def access_weekly_report(officer: Officer, report_id: int) -> WeeklyReport:
    """Raises: RoleMissing, NoSuchThing."""
    report = access_weekly_reports(officer).filter(pk=report_id).first()
    if report is None:
        raise NoSuchThing
    return report
