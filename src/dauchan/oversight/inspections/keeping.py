"""What the clock does to measures: a reminder before the deadline, the mark 'overdue', reminders after it.

Every run does all that is due and was not done: running twice changes nothing, and a worker that was down makes up for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from dauchan.compliance.referrals.schedule import Terms, strikes_due
from dauchan.oversight.inspections.measure_models import Kind
from dauchan.oversight.inspections.measuring import set_deadline, tell
from dauchan.oversight.inspections.models import Measure, MeasureEvent, MeasureState
from dauchan.units.working_days import office_calendar
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from dauchan.units.deadlines import OfficeCalendar

ROWS_A_STEP = 200
#: Working days: one reminder a day before the deadline, three after it, two days apart. What follows is for people to decide.
TERMS = Terms(remind_before=1, remind_every=2, reminders=3, levels=0)


@dataclass
class Done:
    reminded: int = 0
    overdue: int = 0
    recounted: int = 0


def keep_measure_clocks(now: dt.datetime) -> Done:
    """Everything that is due by *now*, a few measures at a time, each in one piece."""
    calendar, done, after = office_calendar(), Done(), 0
    while step := _step(after, calendar, now, done):
        after = step
    return done


@transaction.atomic
def _step(after: int, calendar: OfficeCalendar, now: dt.datetime, done: Done) -> int:
    """The next measures by key; returns the last of them, 0 at the end."""
    running = Measure.objects.filter(state=MeasureState.OPEN, pk__gt=after).order_by("pk")
    locked = list(running.select_for_update(skip_locked=True)[:ROWS_A_STEP])
    struck = _struck(locked)
    for measure in locked:
        done.recounted += measure.is_provisional and _recount(measure, calendar)
        done.overdue += _mark_overdue(measure, struck[measure.pk], now)
        for strike in strikes_due(measure.began_at, measure.due_at, TERMS, calendar, now, struck[measure.pk]):
            Measure.objects.filter(pk=measure.pk).update(reminders=F("reminders") + 1)
            tell(measure, Kind.REMINDED, None, mark=strike.mark, planned_at=strike.planned_at, at=now)
            done.reminded += 1
    return locked[-1].pk if locked else 0


def _struck(measures: Collection[Measure]) -> dict[int, dict[str, dt.datetime]]:
    found: dict[int, dict[str, dt.datetime]] = defaultdict(dict)
    marked = MeasureEvent.objects.filter(measure__in=measures).exclude(mark="")
    for measure, mark, at in marked.values_list("measure_id", "mark", "at"):
        found[measure][mark] = at
    return found


def _mark_overdue(measure: Measure, struck: dict[str, dt.datetime], now: dt.datetime) -> bool:
    mark = f"{measure.due_at.astimezone(LOCAL):%Y-%m-%d}:overdue"
    if now <= measure.due_at or mark in struck:
        return False
    Measure.objects.filter(pk=measure.pk).update(overdue_at=now)
    tell(measure, Kind.OVERDUE, None, mark=mark, planned_at=measure.due_at, at=now)
    return True


def _recount(measure: Measure, calendar: OfficeCalendar) -> bool:
    """The holidays may have been announced since; a deadline only ever moves on the day they become known."""
    before = measure.due_at
    set_deadline(measure, measure.days, calendar)
    Measure.objects.filter(pk=measure.pk).update(due_at=measure.due_at, is_provisional=measure.is_provisional)
    if measure.due_at == before:
        return False
    tell(measure, Kind.RECOUNTED, None)
    return True
