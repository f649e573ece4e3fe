"""Placing and releasing holds: the only way into and out of the state 'suspended'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from dauchan.venues.hold_models import VenueHold
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

HELD_IN = (VenueStatus.APPROVED, VenueStatus.SUSPENDED)


@dataclass(frozen=True)
class Grounds:
    """Why venues are held; `mode` "" suspends them, `until_at` is when it is meant to end (None: until further notice)."""

    cause: str
    title: str
    document_number: str
    until_at: dt.datetime | None = None
    mode: str = ""


@transaction.atomic
def hold_venues(venue_ids: Collection[int], grounds: Grounds, now: dt.datetime) -> list[int]:
    """Hold those of the venues that are in use and not yet held for this cause. Returns which."""
    standing = VenueHold.objects.filter(cause=grounds.cause, released_at=None).values("venue")
    venues = _locked(venue_ids).filter(status__in=HELD_IN).exclude(pk__in=standing)
    below = _statuses_below(venue_ids)
    holds = [
        VenueHold(venue=venue, status_before=below.get(venue.pk, venue.status), placed_at=now, **vars(grounds))
        for venue in venues
    ]
    VenueHold.objects.bulk_create(holds)
    held = [hold.venue_id for hold in holds]
    if not grounds.mode:
        _set_status(held, VenueStatus.SUSPENDED)
    return held


@transaction.atomic
def release_venues(cause: str, now: dt.datetime, *, but: Collection[int] = ()) -> list[int]:
    """End the holds of a cause, except at the venues *but*; a venue without another gets its state back. Returns which."""
    ended = VenueHold.objects.filter(cause=cause, released_at=None).exclude(venue__in=but)
    list(_locked(set(ended.values_list("venue", flat=True))))
    holds = list(ended)
    ended.filter(pk__in=[hold.pk for hold in holds]).update(released_at=now)
    freed = [hold for hold in holds if hold.suspends]
    still = set(_suspending({hold.venue_id for hold in freed}).values_list("venue", flat=True))
    for status in {hold.status_before for hold in freed}:
        back = [hold.venue_id for hold in freed if hold.status_before == status and hold.venue_id not in still]
        _set_status(back, status)
    return [hold.venue_id for hold in holds]


def holds_on(venue: Venue) -> list[VenueHold]:
    """What holds the venue now, the oldest first."""
    return list(venue.holds.filter(released_at=None))


def _locked(venue_ids: Iterable[int]) -> QuerySet[Venue]:
    # In one order, whoever locks: two zones that begin in the same minute must not wait for each other.
    return Venue.objects.select_for_update().filter(pk__in=venue_ids).order_by("pk")


def _suspending(venue_ids: Iterable[int]) -> QuerySet[VenueHold]:
    return VenueHold.objects.filter(venue__in=venue_ids, released_at=None, mode="")


def _statuses_below(venue_ids: Iterable[int]) -> dict[int, str]:
    """The state below all holds that stand, of venues that have one."""
    return dict(_suspending(venue_ids).values_list("venue", "status_before"))


def _set_status(venue_ids: Collection[int], status: str) -> None:
    """The revision goes up: a form that was opened before must not write the old state back."""
    changed = Venue.objects.filter(pk__in=venue_ids, status__in=HELD_IN).exclude(status=status)
    changed.update(status=status, revision=F("revision") + 1)
