"""Carrying out the rounds that are due: a few messages at a time, each at most once, within the limits as they are then."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.made_known.limits import LIMITS, is_quiet
from dauchan.oversight.made_known.models import OwnerMessage, Sending, State
from dauchan.oversight.made_known.sending import why_not
from dauchan.people.sms import gateway

#: So long it is known who got a message: a complaint about it comes sooner.
KNOWN = dt.timedelta(days=90)


def forget_receivers(now: dt.datetime) -> int:
    """The log stays; to whom its messages went is forgotten. Returns: of how many."""
    old = OwnerMessage.objects.filter(sending__prepared_at__lt=now - KNOWN, person__isnull=False)
    return old.update(person=None)


def carry_out_due(now: dt.datetime) -> int:
    """Send what is due of every confirmed round; how many messages went out. Nothing in the quiet hours."""
    if is_quiet(now):
        return 0
    due = Sending.objects.filter(goes_out_at__lte=now, called_off_at=None, ended_at=None).order_by("goes_out_at")
    return sum(_carry_out(sending, now) for sending in due)


def _carry_out(sending: Sending, now: dt.datetime) -> int:
    carrier, sent = gateway(), 0
    for _ in range(min(LIMITS["most_a_minute"], _left_today(sending, now))):
        message = _next(sending, now)
        if message is None:
            break
        message.hand_over(carrier)
        sent += 1
    if not sending.messages.filter(state=State.WAITING).exists():
        Sending.objects.filter(pk=sending.pk, called_off_at=None, ended_at=None).update(ended_at=timezone.now())
    return sent


def _left_today(sending: Sending, now: dt.datetime) -> int:
    """How many messages the unit may still send on this local day."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = OwnerMessage.objects.filter(sending__unit=sending.unit_id, sent_at__gte=midnight).count()
    return max(0, LIMITS["most_a_unit_a_day"] - sent)


@transaction.atomic
def _next(sending: Sending, now: dt.datetime) -> OwnerMessage | None:
    """The next message that may go out, marked as handed over before it is: a crash may lose it, but never doubles it."""
    waiting = sending.messages.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.WAITING, sending__called_off_at=None
    )
    while (message := waiting.first()) is not None:
        why = why_not([message.person_id], now).get(message.person_id) if message.person_id else "no_phone"
        if not why:
            message.take_up()
            return message
        message.state, message.why = State.SKIPPED, why
        message.save(update_fields=["state", "why"])
    return None
