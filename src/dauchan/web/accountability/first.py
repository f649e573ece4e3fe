"""What an officer's first page says of accountability: a head sees what is overdue before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.oversight.accountability.access import EXPLAINS, SEES_WEEKLY, access_weekly_reports
from dauchan.oversight.accountability.overdue import overdue_work

if TYPE_CHECKING:
    from dauchan.units.models import Officer

MOST_SHOWN = 5


def first_of(officer: Officer) -> dict[str, Any]:
    """For the template `accountability/first.html`."""
    context: dict[str, Any] = {}
    if headed := officer.units_as(*EXPLAINS):
        work = overdue_work(headed, timezone.now(), MOST_SHOWN)
        context |= {"overdue_items": work.first, "overdue_count": work.count, "overdue_unexplained": work.unexplained}
    if officer.roles() & set(SEES_WEEKLY):
        context["new_report"] = access_weekly_reports(officer).exclude(looks__officer=officer).first()
    return context
