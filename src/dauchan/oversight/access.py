"""The only ways to a report and its photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.oversight.models import Outcome, Report, ReportPhoto, ReportStatus
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

ANSWERS_REPORTS = (Role.OFFICER, Role.HEAD)
SEES_REPORTS = (*ANSWERS_REPORTS, Role.MONITOR, Role.LEADER)


def access_reports(officer: Officer, *roles: str) -> QuerySet[Report]:
    """Reports in the area where *officer* holds one of *roles* (those who see reports, if none is named)."""
    area = in_area(officer.units_as(*(roles or SEES_REPORTS)))
    seen = ("venue__unit", "venue__category", "unit", "answered_by", "clock", "escalated_to", "merged_into")
    return Report.objects.filter(area).select_related(*seen)


def access_report(officer: Officer, report_id: int, *roles: str) -> Report:
    """Raises: NoSuchThing."""
    report = access_reports(officer, *roles).filter(pk=report_id).first()
    if report is None:
        raise NoSuchThing
    return report


def may_answer(officer: Officer, report: Report) -> bool:
    return any(own.contains(report.unit) for own in officer.units_as(*ANSWERS_REPORTS))


def access_photo(officer: Officer, photo_id: int, *roles: str) -> ReportPhoto:
    """A photograph of a report the officer may see. Raises: NoSuchThing."""
    area = in_area(officer.units_as(*(roles or SEES_REPORTS)), "report__unit")
    photo = ReportPhoto.objects.filter(area, pk=photo_id).select_related("report__unit", "published_by").first()
    if photo is None:
        raise NoSuchThing
    return photo


def followed_report(code: str) -> Report:
    """The report behind a code that its reporter was given. Raises: NoSuchThing."""
    found = Report.objects.select_related("unit", "clock", "merged_into__unit", "merged_into__clock").filter(code=code)
    report = found.first()
    if report is None:
        raise NoSuchThing
    return report


def open_to_the_public(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Without those at a sensitive venue, which nobody outside is told of, and without those about something else."""
    told = reports.exclude(Q(venue__sensitive=True) | Q(venue__category__sensitive=True))
    return told.exclude(outcome=Outcome.IDLE)


def board_reports() -> QuerySet[Report]:
    """What the public board may tell of: answered with an outcome of the list, and open to the public."""
    answered = open_to_the_public(Report.objects.filter(status=ReportStatus.ANSWERED)).exclude(outcome="")
    return answered.select_related("unit", "venue__category", "venue__unit")


def public_photo(photo_id: int) -> ReportPhoto:
    """A photograph that was let out, of a report on the board. Raises: NoSuchThing."""
    found = ReportPhoto.objects.filter(pk=photo_id, report__in=board_reports()).exclude(published="").first()
    if found is None:
        raise NoSuchThing
    return found
