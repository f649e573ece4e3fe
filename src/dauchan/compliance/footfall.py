"""How many people enter venues on a day, as far as inspectors have counted; screening holds scans against it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from dauchan.compliance.hand_counts.models import HandCount
from dauchan.screening.footfall import DayProfile, Footfall, footfall_of_counts, profile_of
from dauchan.visits.partitions import midnight
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Collection

#: A count says something about a venue for so long.
TELLING_DAYS = 90
#: Whole weeks, and fewer days than the ledger keeps.
PROFILE_DAYS = 21
MOST_VENUES = 500


def profile_of_category(category_id: int, today: dt.date) -> DayProfile:
    """When people scan at venues of a category, from the last three whole weeks of a sample of its venues."""
    scans = np.zeros((7, 24), np.int64)
    first = today - dt.timedelta(days=PROFILE_DAYS)
    given: dict[str, Any] = {
        "category": category_id,
        "start": midnight(first),
        "end": midnight(today),
        "most": MOST_VENUES,
    }
    with connection.cursor() as cursor:
        cursor.execute(blocks("footfall.sql", "dauchan.compliance.sql")["scans_by_hour"], given)
        for weekday, hour, count in cursor.fetchall():
            scans[weekday, hour] = count
    return profile_of(scans)


def footfall_of(venues: Collection[int] | None, on: dt.date) -> dict[int, Footfall]:
    """Measured daily footfall of *venues* (None: of all), from the counts of the 90 days up to *on*; one query."""
    since = midnight(on - dt.timedelta(days=TELLING_DAYS))
    counts = HandCount.objects.filter(started_at__gte=since, started_at__lt=midnight(on + dt.timedelta(days=1)))
    if venues is not None:
        counts = counts.filter(venue__in=venues)
    of_each: dict[int, list[tuple[int, float]]] = {}
    for venue, entered, share in counts.order_by().values_list("venue_id", "entered", "day_share"):
        of_each.setdefault(venue, []).append((entered, share))
    return {
        venue: footfall_of_counts([entered for entered, _share in found], [share for _entered, share in found])
        for venue, found in of_each.items()
    }


def measured_footfall(on: dt.date) -> dict[int, float]:
    """Visitors of an average day by venue, for screening."""
    return {venue: found.daily for venue, found in footfall_of(None, on).items()}
