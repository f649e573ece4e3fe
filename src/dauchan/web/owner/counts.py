"""How much a venue is used: numbers only. Who came is never shown to an owner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from dauchan.visits.models import CheckIn
from dauchan.visits.partitions import midnight

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = 7


@dataclass(frozen=True)
class Use:
    """Check-ins of one venue: today, and on the last seven days, today included."""

    today: int = 0
    week: int = 0


def use_of(venue_ids: Iterable[int]) -> dict[int, Use]:
    """The use of each venue by its id, in one query; venues that nobody came to are not in it."""
    today = timezone.localdate()
    rows = (
        CheckIn.objects.filter(
            venue_id__in=list(venue_ids),
            entered_at__gte=midnight(today - dt.timedelta(days=DAYS - 1)),
            entered_at__lt=midnight(today + dt.timedelta(days=1)),
        )
        .values_list("venue_id")
        .annotate(today=Count("pk", filter=Q(entered_at__gte=midnight(today))), week=Count("pk"))
    )
    return {venue_id: Use(today_count, week_count) for venue_id, today_count, week_count in rows}
