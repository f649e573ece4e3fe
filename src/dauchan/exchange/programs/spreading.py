"""From an event to those who are to know: one delivery for each webhook that asks for it and may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.programs.models import Delivery, Event, Webhook
from dauchan.exchange.programs.webhook_models import SCOPE_OF, EventKind

if TYPE_CHECKING:
    import datetime as dt

EVENTS_A_TURN = 1000


@transaction.atomic
def spread(now: dt.datetime | None = None) -> int:
    """Make the deliveries of what has happened; how many events that were."""
    now = now or timezone.now()
    waiting = Event.objects.select_for_update(skip_locked=True, of=("self",)).filter(spread_at=None).order_by("pk")
    events = list(waiting.select_related("unit")[:EVENTS_A_TURN])
    webhooks = list(Webhook.objects.filter(ended_at=None).select_related("program__unit"))
    Delivery.objects.bulk_create(
        [
            Delivery(webhook=webhook, event=event, due_at=now)
            for event in events
            for webhook in webhooks
            if is_for(event, webhook)
        ],
        ignore_conflicts=True,
    )
    Event.objects.filter(pk__in=[event.pk for event in events]).update(spread_at=now)
    return len(events)


def is_for(event: Event, webhook: Webhook) -> bool:
    """It asks for such events, may read what they are about, and they happened in its area while it was there."""
    scope = SCOPE_OF.get(EventKind(event.kind))
    wanted = event.kind in webhook.kinds and scope is not None and webhook.program.may(scope)
    here = event.unit is None or webhook.program.unit.contains(event.unit)
    return wanted and here and event.at >= webhook.made_at
