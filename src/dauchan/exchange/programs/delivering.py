"""Deliveries on their way: a few addresses at a time, each in its own order, tried again after longer and longer pauses."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dauchan.exchange.programs import schemas
from dauchan.exchange.programs.models import Attempt, Delivery, Webhook
from dauchan.exchange.programs.posting import Outcome, post
from dauchan.exchange.programs.signatures import signed_headers
from dauchan.exchange.programs.webhook_models import DeliveryState
from dauchan.units import audit

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: After the first, second … try; then a delivery is given up and waits for somebody to send it again. A day and a half in all.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 480, 600, 600))
#: A webhook that failed for so long is paused by itself, and an officer asks there what is wrong.
PATIENCE = dt.timedelta(days=3)
AT_ONCE = 4
MOST_A_TURN = 100


def deliver(seconds: float) -> int:
    """Hand over what is due, for about that many seconds at most; how many were taken."""
    ends = time.monotonic() + seconds
    by_webhook: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in _due(timezone.now()):
        by_webhook[delivery.webhook_id].append(delivery)
    taken = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # Threads post; what came of it is written here, by the one connection.
        for tried in pool.map(partial(_hand_over, ends=ends), by_webhook.values()):
            taken += sum(_note(delivery, outcome) for delivery, outcome in tried)
    return taken


def _due(now: dt.datetime) -> QuerySet[Delivery]:
    due = Delivery.objects.filter(
        state=DeliveryState.WAITING,
        due_at__lte=now,
        webhook__ended_at=None,
        webhook__paused_at=None,
        webhook__program__ended_at=None,
    )
    return due.select_related("webhook", "event").order_by("due_at", "pk")[:MOST_A_TURN]


def _hand_over(deliveries: list[Delivery], ends: float) -> list[tuple[Delivery, Outcome]]:
    """Those of one webhook in their order; after a failure the rest waits for the next turn."""
    tried = []
    for delivery in deliveries:
        if time.monotonic() >= ends:
            break
        outcome = _post(delivery)
        tried.append((delivery, outcome))
        if not outcome.is_taken:
            break
    return tried


def _post(delivery: Delivery) -> Outcome:
    webhook, event, now = delivery.webhook, delivery.event, timezone.now()
    body = msgspec.json.encode(schemas.Event(event.kind, event.at, event.told))
    former = webhook.former_secret if webhook.former_until and webhook.former_until > now else None
    known = [webhook.secret, *([former] if former else [])]
    headers = signed_headers(str(event.event_id), body, known, int(now.timestamp()))
    return post(webhook.url, body, headers, settings.WEBHOOK_NETWORKS)


@transaction.atomic
def _note(delivery: Delivery, outcome: Outcome) -> bool:
    """Write down what came of a try; whether it was taken."""
    now, webhook = timezone.now(), delivery.webhook
    Attempt.objects.create(delivery=delivery, at=now, **vars(outcome))
    delivery.tries += 1
    if outcome.is_taken:
        delivery.state, delivery.ended_at = DeliveryState.DELIVERED, now
        Webhook.objects.filter(pk=webhook.pk).exclude(failing_since=None).update(failing_since=None)
    else:
        _failed(delivery, outcome, now)
    delivery.save(update_fields=["state", "tries", "due_at", "ended_at"])
    return outcome.is_taken


def _failed(delivery: Delivery, outcome: Outcome, now: dt.datetime) -> None:
    webhook = Webhook.objects.get(pk=delivery.webhook_id)
    if delivery.tries > len(PAUSES) or outcome.is_unwanted:
        delivery.state, delivery.ended_at = DeliveryState.GIVEN_UP, now
    else:
        delivery.due_at = now + PAUSES[delivery.tries - 1]
    webhook.failing_since = webhook.failing_since or now
    gone = outcome.is_unwanted or now - webhook.failing_since >= PATIENCE
    if gone and webhook.paused_at is None:
        webhook.paused_at = now
        detail = {"webhook": webhook.pk, "status": outcome.status, "failure": outcome.failure}
        audit.record(None, "webhook.paused_itself", f"program:{webhook.program_id}", detail=detail)
    webhook.save(update_fields=["failing_since", "paused_at"])
