"""What is past its purpose goes: health reports after a follow-up, names and letters after an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dauchan.tracing.follow_up.models import (
    Appeal,
    FollowUp,
    FollowUpStatus,
    LinkMessage,
    Order,
    RetentionPurpose,
    RetentionRule,
)
from dauchan.units import audit

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Where no rule is in force yet: nothing is kept for ever.
USUAL_DAYS = {RetentionPurpose.FOLLOW_UP: 60, RetentionPurpose.ORDERS: 730}
LINK_MESSAGES_KEPT = dt.timedelta(days=2)


@dataclass(frozen=True)
class Forgotten:
    follow_ups: int
    orders: int


def days_kept(purpose: RetentionPurpose, day: dt.date) -> int:
    rule = RetentionRule.objects.filter(purpose=purpose, valid_from__lte=day).order_by("-valid_from").first()
    return rule.days if rule else USUAL_DAYS[purpose]


@transaction.atomic
def forget(now: dt.datetime) -> Forgotten:
    """Remove what is past its purpose. That somebody was watched, or an order given, stays in the log without a name."""
    LinkMessage.objects.filter(sent_at__lt=now - LINK_MESSAGES_KEPT).delete()
    follow_ups = _past_follow_ups(now)
    gone = follow_ups.count()
    follow_ups.delete()
    emptied = _empty_orders(now)
    if gone or emptied:
        audit.record(None, "follow_up.purged", "follow_up", detail={"follow_ups": gone, "orders": emptied})
    return Forgotten(gone, emptied)


def _past_follow_ups(now: dt.datetime) -> QuerySet[FollowUp]:
    """Ended long ago; or never ended by anybody, but with their days over as long."""
    kept = days_kept(RetentionPurpose.FOLLOW_UP, timezone.localdate(now))
    before = now - dt.timedelta(days=kept)
    left = Q(status=FollowUpStatus.ACTIVE, until_on__lt=timezone.localdate(before))
    past = FollowUp.objects.filter(Q(ended_at__lt=before) | left)
    return FollowUp.objects.filter(pk__in=list(past.values_list("pk", flat=True)))


def _empty_orders(now: dt.datetime) -> int:
    """Drafts nobody signed go; of orders that were in force the person, the place and the letters."""
    before = now - dt.timedelta(days=days_kept(RetentionPurpose.ORDERS, timezone.localdate(now)))
    Order.objects.filter(signed_by=None, drafted_at__lt=before).delete()
    past = (
        Order.objects.filter(until_on__lt=timezone.localdate(before)).exclude(signed_by=None).exclude(person_gone=True)
    )
    ids = list(past.values_list("pk", flat=True))
    Appeal.objects.filter(order__in=ids).update(words="", answer="")
    told = Order.objects.filter(pk__in=ids).exclude(exposure_place=None)
    told.update(exposure_place="")
    return Order.objects.filter(pk__in=ids).update(holder="", where="", revoked_note="", person_gone=True)
