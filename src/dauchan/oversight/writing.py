"""What every step on a report shares: the row locked, its revision checked, the line of its history, the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.compliance.clocks import set_clock
from dauchan.oversight.errors import AlreadyAnswered, ChangedMeanwhile, NotAtThisPoint
from dauchan.oversight.models import EventKind, Report, ReportEvent, ReportStatus
from dauchan.oversight.rule_models import ReportRule
from dauchan.units import audit
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from dauchan.units.models import Officer

#: What a citizen did is in the history of the report; the audit log is of officers and of the clock.
BY_CITIZENS = (EventKind.FILED, EventKind.REOPENED, EventKind.RATED)


def opened(report: Report, revision: int, states: Collection[str]) -> Report:
    """The row, locked for one step, its revision counted up. Raises: ChangedMeanwhile, AlreadyAnswered, NotAtThisPoint."""
    seen = ("unit", "clock", "venue__unit", "venue__category")
    found = Report.objects.select_for_update(of=("self",)).select_related(*seen).get(pk=report.pk)
    if found.revision != revision:
        raise AlreadyAnswered if found.is_answered and not report.is_answered else ChangedMeanwhile
    if found.status not in states:
        raise AlreadyAnswered if found.is_answered else NotAtThisPoint
    found.revision += 1
    return found


def tell(report: Report, kind: str, officer: Officer | None, **said: Any) -> ReportEvent:  # noqa: ANN401 - fields of the line
    """Add a line to its history and, of officers and the clock, to the audit log; the words stay in the history."""
    said = {"unit": report.unit, "due_at": report.due_at, "at": timezone.now(), **said}
    event = ReportEvent.objects.create(report=report, kind=kind, officer=officer, **said)
    if kind not in BY_CITIZENS:
        detail = {"unit": event.unit_id, **{name: said[name] for name in ("outcome", "mark") if said.get(name)}}
        audit.record(officer, f"report.{kind}", f"report:{report.pk}", detail=detail)
    return event


def start_clock(report: Report, now: dt.datetime, *, reopened: bool = False) -> None:
    """A whole new deadline by the rule of the day."""
    report.clock = ReportRule.on(timezone.localdate(now))
    days = report.clock.days_reopened if reopened else report.clock.days
    set_clock(report, now, days, office_calendar())
    report.reminders, report.escalated_to = 0, None


def standing_report(report: Report) -> Report:
    """The one that is answered: itself, or what it was merged into."""
    return report.merged_into if report.status == ReportStatus.MERGED and report.merged_into else report
