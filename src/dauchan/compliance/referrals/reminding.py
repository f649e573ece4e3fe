"""What the clock does to referrals: reminders, telling the level above, deadlines counted anew once holidays are known.

Every run does all that is due and was not done: running twice changes nothing, and a worker that was down makes up for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from dauchan.compliance.referrals.models import RUNNING, Kind, Referral, ReferralEvent
from dauchan.compliance.referrals.schedule import UP, Strike, Terms, strikes_due
from dauchan.compliance.referrals.writing import set_clock, tell
from dauchan.units.models import Unit
from dauchan.units.working_days import office_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from dauchan.units.deadlines import OfficeCalendar

ROWS_A_STEP = 200


@dataclass
class Done:
    reminded: int = 0
    escalated: int = 0
    recounted: int = 0


def keep_clocks(now: dt.datetime) -> Done:
    """Everything that is due by *now*, a few referrals at a time, each in one piece."""
    calendar, done, after = office_calendar(), Done(), 0
    while step := _step(after, calendar, now, done):
        after = step
    return done


@transaction.atomic
def _step(after: int, calendar: OfficeCalendar, now: dt.datetime, done: Done) -> int:
    """The next referrals by key; returns the last of them, 0 at the end."""
    running = Referral.objects.filter(state__in=RUNNING, pk__gt=after).order_by("pk")
    locked = list(
        running.select_for_update(skip_locked=True, of=("self",)).select_related("unit", "clock")[:ROWS_A_STEP]
    )
    struck = _struck(locked)
    above = _units_above(locked)
    for referral in locked:
        if referral.is_provisional and _recount(referral, calendar):
            done.recounted += 1
        ladder = above[referral.pk]
        for strike in _due(referral, len(ladder), calendar, now, struck[referral.pk]):
            _carry_out(referral, strike, ladder, now)
            done.escalated += strike.kind == UP
            done.reminded += strike.kind != UP
    return locked[-1].pk if locked else 0


def _due(
    referral: Referral, levels: int, calendar: OfficeCalendar, now: dt.datetime, struck: dict[str, dt.datetime]
) -> list[Strike]:
    rule = referral.clock
    terms = Terms(rule.remind_before, rule.remind_every, rule.reminders, levels)
    return strikes_due(referral.began_at, referral.due_at, terms, calendar, now, struck)


def _struck(referrals: Collection[Referral]) -> dict[int, dict[str, dt.datetime]]:
    found: dict[int, dict[str, dt.datetime]] = defaultdict(dict)
    marked = ReferralEvent.objects.filter(referral__in=referrals).exclude(mark="")
    for referral, mark, at in marked.values_list("referral_id", "mark", "at"):
        found[referral][mark] = at
    return found


def _units_above(referrals: Collection[Referral]) -> dict[int, list[Unit]]:
    """The units above the one that answers, the nearest first."""
    paths = {one.pk: one.unit.path.split(".")[-2::-1] for one in referrals}
    units = Unit.objects.in_bulk([int(key) for path in paths.values() for key in path])
    return {pk: [units[int(key)] for key in path] for pk, path in paths.items()}


def _carry_out(referral: Referral, strike: Strike, ladder: list[Unit], now: dt.datetime) -> None:
    said = {"mark": strike.mark, "planned_at": strike.planned_at, "at": now}
    if strike.kind == UP:
        told = ladder[strike.number - 1]
        Referral.objects.filter(pk=referral.pk).update(escalated_to=told)
        tell(referral, Kind.ESCALATED, None, unit=told, **said)
        return
    Referral.objects.filter(pk=referral.pk).update(reminders=F("reminders") + 1)
    tell(referral, Kind.REMINDED, None, **said)


def _recount(referral: Referral, calendar: OfficeCalendar) -> bool:
    """The holidays may have been announced since; a deadline only ever moves on the day they become known."""
    before, days = referral.due_at, _days_of(referral)
    set_clock(referral, referral.began_at, days, calendar)
    fields = {"due_at": referral.due_at, "is_provisional": referral.is_provisional}
    Referral.objects.filter(pk=referral.pk).update(**fields)
    if referral.due_at == before:
        return False
    tell(referral, Kind.RECOUNTED, None)
    return True


def _days_of(referral: Referral) -> int:
    """Whether the clock that runs is the one of the beginning or of an answer that was given back."""
    last = referral.events.filter(kind__in=[Kind.HANDED, Kind.MOVED, Kind.RETURNED]).last()
    was_returned = last is not None and last.kind == Kind.RETURNED
    return referral.clock.days_returned if was_returned else referral.clock.days
