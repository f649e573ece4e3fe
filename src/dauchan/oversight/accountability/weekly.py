"""The weekly report: made once for each week and province, kept as a file with its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from dauchan.compliance.models import CountedDay
from dauchan.compliance.periods import Period
from dauchan.oversight.accountability.models import ReportLook, WeeklyReport
from dauchan.oversight.accountability.weekly_figures import week_of
from dauchan.oversight.accountability.weekly_paper import pages_of, weekly_pdf
from dauchan.oversight.accountability.weeks import MAKES_UP, WEEK, last_whole_week, weeks_due
from dauchan.units import audit
from dauchan.units.models import Unit, UnitLevel

if TYPE_CHECKING:
    from dauchan.units.models import Officer

_LOCK = 7254


def make_due_reports(now: dt.datetime) -> list[WeeklyReport]:
    """Every report that is due and was not made. Running twice makes none twice, a worker that was down makes up for it."""
    first = last_whole_week(now) - WEEK * (MAKES_UP - 1)
    counted = set(CountedDay.objects.filter(day__gte=first).values_list("day", flat=True))
    made: list[WeeklyReport] = []
    for province in Unit.objects.valid_on(timezone.localdate(now)).filter(level=UnitLevel.PROVINCE):
        known = WeeklyReport.objects.filter(unit=province, first_on__gte=first).values_list("first_on", flat=True)
        made += filter(None, (make_report(province, monday, now) for monday in weeks_due(now, counted, set(known))))
    return made


@transaction.atomic
def make_report(unit: Unit, monday: dt.date, now: dt.datetime) -> WeeklyReport | None:
    """The report of one week; None where another process has just made it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if WeeklyReport.objects.filter(unit=unit, first_on=monday).exists():
        return None
    week = week_of(unit, Period(monday, monday + WEEK - dt.timedelta(days=1)), now)
    pdf = weekly_pdf(week)
    report = WeeklyReport(unit=unit, first_on=monday, made_at=now, pages=pages_of(pdf), figures=week.told())
    report.digest = hashlib.sha256(pdf).hexdigest()
    report.file.save("", ContentFile(pdf), save=True)
    detail = {"unit": unit.pk, "week": str(report), "digest": report.digest}
    audit.record(None, "accountability.week_reported", f"weekly_report:{report.pk}", detail=detail)
    return report


def is_intact(report: WeeklyReport) -> bool:
    """Whether the file is still the one that was made."""
    try:
        with report.file.open("rb") as kept:
            return hashlib.sha256(kept.read()).hexdigest() == report.digest
    except (FileNotFoundError, ValueError):  # the latter where no file was ever named
        return False


def note_look(report: WeeklyReport, officer: Officer) -> None:
    """The officer has it now; their first page announces it no longer."""
    ReportLook.objects.get_or_create(report=report, officer=officer)
    audit.record(officer, "accountability.week_opened", f"weekly_report:{report.pk}")
