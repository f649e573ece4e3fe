"""What a screening looks at: the register of venues and what was counted of them, up to a local day."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Min
from django.utils import timezone

from dauchan.compliance.footfall import measured_footfall
from dauchan.compliance.models import CountedDay
from dauchan.compliance.signs.ledger import counts_of_days, failed_scans, scans_on
from dauchan.compliance.venue_days import counted_days, counts_between
from dauchan.screening import ScreenedVenue, Tally
from dauchan.screening.tally import CLOSE_LOOK, HISTORY
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.partitions import local_day
from dauchan.visits.retention import first_kept_instant

if TYPE_CHECKING:
    from collections.abc import Callable

IN_REGISTER = (VenueStatus.APPROVED, VenueStatus.SUSPENDED, VenueStatus.CLOSED)
ONE_DAY = dt.timedelta(days=1)


def register_on(on: dt.date) -> list[ScreenedVenue]:
    """The venues that had been approved by that day, by number; those that are suspended or closed now are not judged."""
    footfall = measured_footfall(on)
    rows = Venue.objects.filter(status__in=IN_REGISTER).order_by("pk").values_list(
        "pk", "category__code", "category__setting", "decided_at", "status", "lat", "lon", "unit__code"
    )  # fmt: skip
    return [
        ScreenedVenue(
            venue_id,
            # What moves has no place of its own, whatever it is called here.
            "coach" if setting == "vehicle" else category,
            local_day(decided_at) if decided_at else None,
            status == VenueStatus.APPROVED,
            footfall.get(venue_id),
            None,
            math.nan if lat is None else lat,
            math.nan if lon is None else lon,
            unit_code,
        )
        for venue_id, category, setting, decided_at, status, lat, lon, unit_code in rows.iterator(chunk_size=5000)
        if decided_at is None or local_day(decided_at) <= on
    ]


def first_day() -> dt.date:
    """The first day of which anything is kept: scans in the ledger, or counts of the days before."""
    kept = local_day(first_kept_instant(timezone.now()))
    counted = CountedDay.objects.aggregate(first=Min("day"))["first"]
    return min(kept, counted) if counted else kept


def tally_on(on: dt.date, venues: list[ScreenedVenue], step: Callable[[dt.date], object] = lambda _day: None) -> Tally:
    """Count what was scanned at these venues up to a day.

    The last days are looked at scan by scan as far as the ledger keeps them; of the days before only their counts are
    read.

    Args:
        on: the last local day.
        venues: the register.
        step: told of each day that is looked at scan by scan.
    """
    lat, lon = (np.array([getattr(venue, name) for venue in venues], np.float64) for name in ("lat", "lon"))
    tally = Tally(np.array([venue.venue_id for venue in venues], np.int64), lat, lon, on)
    first = on - (HISTORY - 1) * ONE_DAY
    kept = local_day(first_kept_instant(timezone.now()))
    close = max(on - (CLOSE_LOOK - 1) * ONE_DAY, kept)
    add_counted_days(tally, first, min(on, close - ONE_DAY), kept)
    for day in (close + ONE_DAY * n for n in range((on - close).days + 1)):
        step(day)
        tally.add(scans_on(day))
        for venue, at in failed_scans(day, day):
            tally.add_attempts(venue, at, np.ones(len(at), np.bool_))
    return tally


def add_counted_days(tally: Tally, first: dt.date, last: dt.date, kept: dt.date) -> None:
    """Days of which only counts are looked at. They outlive the ledger, which is asked for what has not been counted yet.

    The kept counts do not tell why scans failed, so that only failed scans that the ledger still has say anything of a poster.
    """
    days = counts_between(first, last)
    tally.add_days(days.venue_id, days.day, days.scans.astype(np.int64), np.zeros(len(days), np.int64))
    in_ledger = [max(first, kept) + ONE_DAY * n for n in range((last - max(first, kept)).days + 1)]
    for each in sorted(set(in_ledger) - counted_days(first, last).keys()):
        for venue, day, scans in counts_of_days(each, each):
            tally.add_days(venue, day, scans, np.zeros(len(scans), np.int64))
    if in_ledger:
        for venue, at in failed_scans(in_ledger[0], last):
            tally.add_attempts(venue, at, np.ones(len(at), np.bool_))
