"""Taking in counts from inspectors' phones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.compliance.footfall import profile_of_category
from dauchan.compliance.hand_counts.errors import NotOfThisTime, NotPlausible, TooLong, TooShort
from dauchan.compliance.hand_counts.models import HandCount
from dauchan.screening.footfall import share_of_day
from dauchan.units import audit

if TYPE_CHECKING:
    from uuid import UUID

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

SHORTEST, LONGEST = dt.timedelta(minutes=1), dt.timedelta(hours=12)
OLDEST, CLOCK_ERROR = dt.timedelta(days=30), dt.timedelta(minutes=5)
MOST_A_SECOND = 10


@dataclass(frozen=True)
class Counted:
    """What a phone hands in; see `HandCount`."""

    id: UUID
    started_at: dt.datetime
    ended_at: dt.datetime
    counted_seconds: int
    entered: int
    scanned: int


@transaction.atomic
def keep_count(venue: Venue, officer: Officer, counted: Counted) -> tuple[HandCount, bool]:
    """Keep a count; one that is there already stays as it is. Returns: the count, and whether it is new.

    Raises: TooShort, TooLong, NotOfThisTime, NotPlausible.
    """
    known = HandCount.objects.filter(pk=counted.id).first()
    if known is not None:
        return known, False
    _check(counted, timezone.now())
    started, ended = (timezone.localtime(at) for at in (counted.started_at, counted.ended_at))
    share = share_of_day(
        profile_of_category(venue.category_id, timezone.localdate()), started, ended, counted.counted_seconds
    )
    try:
        with transaction.atomic():
            count = HandCount.objects.create(venue=venue, officer=officer, day_share=share, **vars(counted))
    except IntegrityError:  # the phone sent it twice at the same moment
        return HandCount.objects.get(pk=counted.id), False
    audit.record(officer, "venue.visitors_counted", f"venue:{venue.pk}", detail={"count": str(count.pk)})
    return count, True


def _check(counted: Counted, now: dt.datetime) -> None:
    elapsed = counted.ended_at - counted.started_at
    time = dt.timedelta(seconds=counted.counted_seconds)
    if time < SHORTEST:
        raise TooShort
    if elapsed > LONGEST or time > elapsed + dt.timedelta(seconds=2):
        raise TooLong
    if counted.ended_at > now + CLOCK_ERROR or counted.started_at < now - OLDEST:
        raise NotOfThisTime
    if not 0 <= counted.scanned <= counted.entered <= MOST_A_SECOND * counted.counted_seconds:
        raise NotPlausible
