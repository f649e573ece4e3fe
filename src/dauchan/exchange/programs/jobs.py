"""Telling others, run by `dauchan worker`."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.exchange.programs.delivering import deliver
from dauchan.exchange.programs.models import Event
from dauchan.exchange.programs.spreading import spread
from dauchan.exchange.programs.webhook_models import DeliveryState

#: A turn ends before the next is due.
TURN_SECONDS = 40.0
#: How long the log of deliveries can be looked at and sent again.
KEPT = dt.timedelta(days=30)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="programs_tell", lock="programs_tell", pass_context=False)
def tell_programs(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    while spread():
        pass
    deliver(TURN_SECONDS)


# 02:30 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="programs_forget", pass_context=False)
def forget_events(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    forget_before(timezone.now() - KEPT)


def forget_before(before: dt.datetime) -> int:
    """Events of which nothing waits any more, with how they were delivered; how many."""
    old = Event.objects.filter(at__lt=before).exclude(spread_at=None)
    waiting = old.filter(deliveries__state=DeliveryState.WAITING).values("pk")
    _rows, by_kind = old.exclude(pk__in=waiting).delete()
    return by_kind.get("programs.Event", 0)
