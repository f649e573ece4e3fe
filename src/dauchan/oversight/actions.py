"""A citizen reports a door; the responsible unit answers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.errors import AlreadyAnswered, TooManyReports
from dauchan.oversight.models import Report, ReportStatus
from dauchan.people.encryption import keyed_hash
from dauchan.qr import make_short_code
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

REPORTS_AN_HOUR = 10
ANSWERS_REPORTS = (Role.OFFICER, Role.HEAD)
SEES_REPORTS = (*ANSWERS_REPORTS, Role.MONITOR, Role.LEADER)


def file_report(venue: Venue, finding: str, words: str, address: str) -> Report:
    """Take a report and hand it to the unit of the venue. Raises: TooManyReports."""
    now = timezone.now()
    address_hash = keyed_hash(address, "report-address")
    recent = Report.objects.filter(address_hash=address_hash, reported_at__gt=now - dt.timedelta(hours=1))
    if recent.count() >= REPORTS_AN_HOUR:
        raise TooManyReports
    return Report.objects.create(
        code=make_short_code(),
        venue=venue,
        unit=venue.unit,
        finding=finding,
        words=words,
        address_hash=address_hash,
        reported_at=now,
    )


@transaction.atomic
def answer_report(report: Report, officer: Officer, answer: str) -> Report:
    """Answer the citizen; everybody who holds the report's code reads it. Raises: AlreadyAnswered."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.status == ReportStatus.ANSWERED:
        raise AlreadyAnswered
    report.status, report.answer = ReportStatus.ANSWERED, answer
    report.answered_by, report.answered_at = officer, timezone.now()
    report.save()
    audit.record(officer, "report.answered", f"report:{report.pk}")
    return report


def access_reports(officer: Officer, *roles: str) -> QuerySet[Report]:
    """Reports in the area where *officer* holds one of *roles* (those who see reports, if none is named)."""
    area = in_area(officer.units_as(*(roles or SEES_REPORTS)))
    return Report.objects.filter(area).select_related("venue__unit", "venue__category", "unit", "answered_by")


def access_report(officer: Officer, report_id: int, *roles: str) -> Report:
    """Raises: NoSuchThing."""
    report = access_reports(officer, *roles).filter(pk=report_id).first()
    if report is None:
        raise NoSuchThing
    return report
