"""What is done to venues by the thousand, with a handful of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from dauchan.qr import make_short_code
from dauchan.venues.models import Poster, Venue, VenueStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ROWS_AT_ONCE = 1000


def issue_first_posters(venues: Sequence[Venue]) -> None:
    """The first poster of venues that have none yet."""
    now, codes = timezone.now(), _free_short_codes(len(venues))
    posters = (
        Poster(venue=venue, version=1, short_code=code, issued_at=now)
        for venue, code in zip(venues, codes, strict=True)
    )
    Poster.objects.bulk_create(posters, batch_size=ROWS_AT_ONCE)


def _free_short_codes(count: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {make_short_code() for _ in range(count - len(codes))} - codes
        codes |= drawn - set(Poster.objects.filter(short_code__in=drawn).values_list("short_code", flat=True))
    return list(codes)


def close_all(venue_ids: Collection[int]) -> int:
    """They leave all lists; a form that was opened before must not open them again. Returns: how many."""
    venues = Venue.objects.filter(pk__in=venue_ids).exclude(status=VenueStatus.CLOSED)
    return venues.update(status=VenueStatus.CLOSED, proposal=None, revision=F("revision") + 1)
