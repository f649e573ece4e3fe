"""What the clock does to reports: overdue ones are reminded of, and the level above is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance import clocks
from dauchan.oversight.models import RUNNING, Report, ReportEvent
from dauchan.oversight.writing import tell

if TYPE_CHECKING:
    import datetime as dt


def keep_clocks(now: dt.datetime) -> clocks.Done:
    """Every reminder, word to the level above and count anew that is due by *now*."""
    return clocks.keep_clocks(clocks.Papers(Report, ReportEvent, "report", RUNNING, "status", tell, _days_of), now)


def _days_of(report: Report) -> int:
    """Whether the clock that runs is the one of the beginning or of an answer that did not do."""
    if report.clock is None:
        return 0
    return report.clock.days_reopened if report.reopened_at == report.began_at else report.clock.days
