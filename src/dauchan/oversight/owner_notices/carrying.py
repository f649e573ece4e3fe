"""Sending the notices that are due: each at most once, an owner not more than so many a day, nothing at night."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.made_known.limits import is_quiet
from dauchan.oversight.owner_messages import reachable, wants_none
from dauchan.oversight.owner_notices.limits import LIMITS
from dauchan.oversight.owner_notices.models import OwnerNotice, State, Why
from dauchan.people.sms import gateway

if TYPE_CHECKING:
    from django.db.models import QuerySet


def send_due(now: dt.datetime) -> int:
    """How many went out. What is above the day's limit of all owners waits for the next day."""
    if is_quiet(now):
        return 0
    carrier, sent = gateway(), 0
    left = LIMITS["most_a_day"] - _sent_today(now).count()
    while sent < min(LIMITS["most_a_minute"], left) and (notice := _next(now)):
        notice.hand_over(carrier)
        sent += 1
    return sent


@transaction.atomic
def _next(now: dt.datetime) -> OwnerNotice | None:
    """The next that may go out, marked; those that may not are set aside with the reason."""
    waiting = OwnerNotice.objects.select_for_update(skip_locked=True, of=("self",))
    waiting = waiting.filter(state=State.WAITING, goes_out_at__lte=now).order_by("goes_out_at", "pk")
    while (notice := waiting.first()) is not None:
        why = _why_not(notice, now)
        if not why:
            notice.take_up()
            return notice
        notice.state, notice.why = State.SKIPPED, why
        notice.save(update_fields=["state", "why"])
    return None


def _why_not(notice: OwnerNotice, now: dt.datetime) -> str:
    if notice.person_id is None or not reachable([notice.person_id]):
        return Why.NO_PHONE
    if not notice.is_duty and wants_none([notice.person_id]):
        return Why.RESTRICTED
    has_many = _sent_today(now).filter(person=notice.person_id).count() >= LIMITS["most_an_owner_a_day"]
    return Why.MANY if has_many else ""


def _sent_today(now: dt.datetime) -> QuerySet[OwnerNotice]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return OwnerNotice.objects.filter(sent_at__gte=midnight)


def forget_receivers(now: dt.datetime) -> int:
    """That it was sent stays told; to whom is forgotten. Returns: of how many."""
    old = now - dt.timedelta(days=LIMITS["known_days"])
    return OwnerNotice.objects.filter(made_at__lt=old, person__isnull=False).update(person=None)
