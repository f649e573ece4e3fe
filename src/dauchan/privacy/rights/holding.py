"""Whose data a case still needs: erased only when it lets go."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from dauchan.tracing.follow_up.models import FollowUp, FollowUpStatus, Order
from dauchan.tracing.models import Case, CaseStatus, Contact
from dauchan.visits.rules import RETENTION_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So long after the infectious period can a case's contacts still fall ill, and visits still tell where.
HELD_FOR = dt.timedelta(days=RETENTION_DAYS)


def held_among(people: Iterable[int], now: dt.datetime) -> set[int]:
    """Those of *people* whose data a case, a follow-up or an order in force still needs; four queries."""
    asked = list(people)
    cases = Case.objects.filter(status=CaseStatus.CONFIRMED, infectious_to__gt=now - HELD_FOR)
    watched = FollowUp.objects.filter(person_id__in=asked, status=FollowUpStatus.ACTIVE)
    ordered = Order.objects.filter(
        Q(contact__person_id__in=asked), signed_at__isnull=False, revoked_at=None, until_on__gte=timezone.localdate(now)
    )
    return {
        *cases.filter(person__in=asked).values_list("person_id", flat=True),
        *Contact.objects.filter(person_id__in=asked, run__case__in=cases).values_list("person_id", flat=True),
        *watched.values_list("person_id", flat=True),
        *ordered.values_list("contact__person_id", flat=True),
    }


def is_held(person_id: int, now: dt.datetime) -> bool:
    return bool(held_among([person_id], now))
