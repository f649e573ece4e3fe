"""What an officer's first page says of accountability: a head sees what is overdue before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.oversight.accountability.access import EXPLAINS, SEES_WEEKLY, access_weekly_reports
from dauchan.oversight.accountability.overdue import overdue_in, shown_in_full

if TYPE_CHECKING:
    from dauchan.units.models import Officer

MOST_SHOWN = 5


def first_of(officer: Officer) -> dict[str, Any]:
    """For the template `accountability/first.html`."""
    context: dict[str, Any] = {}
    if headed := officer.units_as(*EXPLAINS):
        now = timezone.now()
        found = overdue_in(headed, now)
        context |= {"overdue_items": shown_in_full(found[:MOST_SHOWN], now), "overdue_count": len(found)}
        context["overdue_unexplained"] = sum(item.needs_explanation for item in found)
    if officer.roles() & set(SEES_WEEKLY):
        context["new_report"] = access_weekly_reports(officer).exclude(looks__officer=officer).first()
    return context
