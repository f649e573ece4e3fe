"""What an officer's first page says of accountability: a head sees what is overdue before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.oversight.accountability.access import EXPLAINS, SEES_WEEKLY, access_weekly_reports
from dauchan.oversight.accountability.overdue import overdue_items

if TYPE_CHECKING:
    from dauchan.units.models import Officer

MOST_SHOWN = 5


def first_of(officer: Officer) -> dict[str, Any]:
    """For the template `accountability/first.html`."""
    context: dict[str, Any] = {}
    if headed := officer.units_as(*EXPLAINS):
        items = overdue_items(headed, timezone.now())
        items.sort(key=lambda item: not item.needs_explanation)
        context |= {"overdue_items": items[:MOST_SHOWN], "overdue_count": len(items)}
        context["overdue_unexplained"] = sum(item.needs_explanation for item in items)
    if officer.roles() & set(SEES_WEEKLY):
        context["new_report"] = access_weekly_reports(officer).exclude(looks__officer=officer).first()
    return context
