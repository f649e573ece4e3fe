"""How much a venue is used: numbers only. Who came is never shown to an owner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.visits.queries import scans_by_day

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = 7


@dataclass(frozen=True)
class Use:
    """Check-ins of one venue: today, and on the last seven days, today included; floods count for nothing."""

    today: int = 0
    week: int = 0


def use_of(venue_ids: Iterable[int]) -> dict[int, Use]:
    """The use of each venue by its id, in one query; venues that nobody came to are not in it."""
    today = timezone.localdate()
    found = scans_by_day(venue_ids, today - dt.timedelta(days=DAYS - 1), today)
    return {
        venue_id: Use(sum(day.check_ins for day in days if day.day == today), sum(day.check_ins for day in days))
        for venue_id, days in found.items()
    }
