"""What officers do with webhooks: enter, change, pause, end them, roll their secret, send again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dauchan.exchange.programs.actions import subject_of
from dauchan.exchange.programs.addresses import target_of
from dauchan.exchange.programs.errors import HasEnded
from dauchan.exchange.programs.models import Delivery, Event, EventKind, Program, Webhook
from dauchan.exchange.programs.signatures import new_secret
from dauchan.exchange.programs.webhook_models import DeliveryState
from dauchan.units import audit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Signatures with the former secret too: so long the other end has to change over.
OVERLAP = dt.timedelta(hours=24)


@transaction.atomic
def enter_webhook(program: Program, officer: Officer, url: str, kinds: list[str]) -> Webhook:
    """A new address to be told. Raises: AddressRefused, HasEnded."""
    target_of(url, settings.WEBHOOK_NETWORKS)
    current = Program.objects.select_for_update().get(pk=program.pk)
    if current.ended_at:
        raise HasEnded
    webhook = current.webhooks.create(url=url, kinds=kinds, secret=new_secret(), made_by=officer)
    _record(officer, "webhook.entered", webhook, kinds=kinds)
    return webhook


@transaction.atomic
def change_kinds(webhook: Webhook, officer: Officer, kinds: list[str]) -> None:
    _update(webhook, kinds=kinds)
    _record(officer, "webhook.changed", webhook, kinds=kinds)


@transaction.atomic
def roll_secret(webhook: Webhook, officer: Officer) -> str:
    """Another secret; the former one signs beside it for a day. Raises: HasEnded."""
    current = Webhook.objects.select_for_update().get(pk=webhook.pk)
    text = new_secret()
    _update(webhook, secret=text, former_secret=current.secret, former_until=timezone.now() + OVERLAP)
    _record(officer, "webhook.secret_rolled", webhook)
    return text


@transaction.atomic
def pause(webhook: Webhook, officer: Officer) -> None:
    """Nothing is sent; what happens waits. Raises: HasEnded."""
    _update(webhook, paused_at=timezone.now(), paused_by=officer)
    _record(officer, "webhook.paused", webhook)


@transaction.atomic
def resume(webhook: Webhook, officer: Officer) -> None:
    """What waits is due at once. Raises: HasEnded."""
    _update(webhook, paused_at=None, paused_by=None, failing_since=None)
    webhook.deliveries.filter(state=DeliveryState.WAITING).update(due_at=timezone.now())
    _record(officer, "webhook.resumed", webhook)


@transaction.atomic
def end_webhook(webhook: Webhook, officer: Officer) -> None:
    """Raises: HasEnded."""
    _update(webhook, ended_at=timezone.now())
    _record(officer, "webhook.ended", webhook)


@transaction.atomic
def send_test(webhook: Webhook, officer: Officer) -> Delivery:
    """An event that says nothing, within a minute. Raises: HasEnded."""
    if webhook.ended_at:
        raise HasEnded
    now = timezone.now()
    event = Event.objects.create(kind=EventKind.TEST, told={"program_id": webhook.program_id}, spread_at=now, at=now)
    _record(officer, "webhook.tested", webhook)
    return webhook.deliveries.create(event=event)


@transaction.atomic
def send_again(webhook: Webhook, officer: Officer, chosen: QuerySet[Delivery]) -> int:
    """Delivered or given up: they are due now, under the identifier they had. How many. Raises: HasEnded."""
    if webhook.ended_at:
        raise HasEnded
    again = chosen.filter(webhook=webhook).exclude(state=DeliveryState.WAITING)
    sent = again.update(state=DeliveryState.WAITING, tries=0, due_at=timezone.now(), ended_at=None)
    _record(officer, "webhook.sent_again", webhook, deliveries=sent)
    return sent


def _update(webhook: Webhook, **now: object) -> None:
    """Raises: HasEnded."""
    if not Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(**now):
        raise HasEnded


def _record(officer: Officer, action: str, webhook: Webhook, **said: object) -> None:
    audit.record(officer, action, subject_of(webhook.program), detail={"webhook": webhook.pk, **said})
