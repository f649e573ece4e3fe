"""What the clock does to appeals: reminders, telling the level above, deadlines counted anew once holidays are known.

It never touches a door. Every run does all that is due and was not done: running twice changes nothing, and a worker that
was down makes up for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.compliance.referrals.schedule import UP, Terms, strikes_due
from dauchan.oversight.sanctions.models import Appeal, EventKind, SanctionEvent
from dauchan.oversight.sanctions.owner_steps import set_due
from dauchan.oversight.sanctions.writing import tell
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.compliance.referrals.schedule import Strike
    from dauchan.units.deadlines import OfficeCalendar


def keep_appeal_clocks(now: dt.datetime) -> int:
    """How many reminders and reports to a level above were made."""
    calendar = office_calendar()
    pks = list(Appeal.objects.filter(outcome="").order_by("pk").values_list("pk", flat=True))
    return sum(_keep(pk, calendar, now) for pk in pks)


@transaction.atomic
def _keep(pk: int, calendar: OfficeCalendar, now: dt.datetime) -> int:
    rows = Appeal.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, outcome="")
    appeal = rows.select_related("sanction", "unit", "clock").first()
    if appeal is None:
        return 0
    if appeal.is_provisional:
        _recount(appeal, calendar)
    above = [Unit.objects.get(pk=int(key)) for key in appeal.unit.path.split(".")[-2::-1]]
    rule = appeal.clock
    terms = Terms(rule.remind_before, rule.remind_every, rule.reminders, len(above))
    marked = SanctionEvent.objects.filter(sanction=appeal.sanction_id).exclude(mark="")
    struck = dict(marked.values_list("mark", "at"))
    due = strikes_due(appeal.filed_at, appeal.due_at, terms, calendar, now, struck)
    for strike in due:
        _carry_out(appeal, strike, above, now)
    appeal.save(update_fields=["due_at", "is_provisional", "reminders", "escalated_to"])
    return len(due)


def _carry_out(appeal: Appeal, strike: Strike, above: list[Unit], now: dt.datetime) -> None:
    said = {"mark": strike.mark, "planned_at": strike.planned_at, "at": now}
    if strike.kind == UP:
        appeal.escalated_to = above[strike.number - 1]
        tell(appeal.sanction, EventKind.ESCALATED, None, unit=appeal.escalated_to, **said)
        return
    appeal.reminders += 1
    tell(appeal.sanction, EventKind.REMINDED, None, unit=appeal.unit, **said)


def _recount(appeal: Appeal, calendar: OfficeCalendar) -> None:
    before = appeal.due_at
    set_due(appeal, calendar)
    if appeal.due_at != before:
        tell(appeal.sanction, EventKind.RECOUNTED, None, unit=appeal.unit)
