"""Silence is noticed: missed days are marked, then brought before the head of the team's unit, then the approver.

Every step can be repeated: a worker that was down for days catches up, and one that runs twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.follow_up.models import (
    Escalation,
    EscalationLevel,
    FollowUp,
    FollowUpStatus,
    MissedDay,
    SymptomReport,
)
from dauchan.tracing.follow_up.schedule import days_between, missed_in, missed_in_a_row
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.units.models import Officer

ROWS_A_STEP = 500


def mark_missed(now: dt.datetime) -> tuple[int, int]:
    """Mark the missed days before today of everybody who is watched. Returns: how many days, how many escalations."""
    today = timezone.localdate(now)
    missed = raised = 0
    while True:
        step = _step(today, now)
        if step is None:
            return missed, raised
        missed, raised = missed + step[0], raised + step[1]


@transaction.atomic
def _step(today: dt.date, now: dt.datetime) -> tuple[int, int] | None:
    """Some follow-ups at a time, each in one piece: what was counted before a crash stays counted."""
    unchecked = FollowUp.objects.filter(status=FollowUpStatus.ACTIVE, checked_until__lt=today).order_by("pk")
    followed = list(unchecked.select_for_update(skip_locked=True, of=("self",)).select_related("rule")[:ROWS_A_STEP])
    if not followed:
        return None
    answered = _days(SymptomReport.objects.filter(follow_up__in=followed).values_list("follow_up_id", "for_on"))
    missed = _days(MissedDay.objects.filter(follow_up__in=followed).values_list("follow_up_id", "on"))
    new: list[MissedDay] = []
    for one in followed:
        days = days_between(one.checked_until, min(today, one.until_on))
        found = missed_in(days, answered[one.pk])
        new += [MissedDay(follow_up=one, on=day) for day in found]
        one.missed_in_a_row = missed_in_a_row(missed[one.pk] | set(found), min(today, one.until_on))
        if today in answered[one.pk]:
            one.missed_in_a_row = 0
        one.checked_until = today
    MissedDay.objects.bulk_create(new, ignore_conflicts=True)
    FollowUp.objects.bulk_update(followed, ["missed_in_a_row", "checked_until"])
    return len(new), _escalate(followed, now)


def _days(rows: Iterable[tuple[int, dt.date]]) -> dict[int, set[dt.date]]:
    days: dict[int, set[dt.date]] = defaultdict(set)
    for follow_up, day in rows:
        days[follow_up].add(day)
    return days


def _escalate(followed: list[FollowUp], now: dt.datetime) -> int:
    open_ones = Escalation.objects.filter(follow_up__in=followed, settled_at=None)
    known = set(open_ones.values_list("follow_up_id", "level"))
    new = [
        Escalation(follow_up=one, level=level, raised_at=now, missed_days=one.missed_in_a_row)
        for one in followed
        for level, after in (
            (EscalationLevel.LEAD, one.rule.missed_to_lead),
            (EscalationLevel.APPROVER, one.rule.missed_to_approver),
        )
        if 0 < after <= one.missed_in_a_row and (one.pk, level) not in known
    ]
    Escalation.objects.bulk_create(new)
    for case in sorted({one.follow_up.case_id for one in new}):
        levels = [one.level for one in new if one.follow_up.case_id == case]
        audit.record(None, "follow_up.escalated", f"case:{case}", detail={"levels": sorted(levels)})
    return len(new)


@transaction.atomic
def settle_escalation(escalation: Escalation, officer: Officer, note: str) -> Escalation:
    """Somebody saw to it, and says what they did. Silence that goes on is brought up again."""
    row = Escalation.objects.select_for_update().select_related("follow_up__contact").get(pk=escalation.pk)
    if row.settled_at is None:
        row.settled_at, row.settled_by, row.note = timezone.now(), officer, note
        row.save(update_fields=["settled_at", "settled_by", "note"])
        detail = {"number": row.follow_up.contact.number, "level": row.level}
        audit.record(officer, "follow_up.settled", f"case:{row.follow_up.case_id}", detail=detail)
    return row
