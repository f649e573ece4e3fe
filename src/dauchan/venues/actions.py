"""What happens to a venue: registered, changed, approved, sent back; its posters issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dauchan.qr import make_short_code, make_venue_code
from dauchan.units import audit
from dauchan.venues.errors import ChangedMeanwhile, NotThisState
from dauchan.venues.models import Poster, Venue, VenueStatus

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: Fields whose change makes a posted code tell something untrue: the change is looked at again, the poster reissued.
PRINTED_FIELDS = frozenset({"name", "address", "unit", "category"})


@transaction.atomic
def register_venue(venue: Venue, person_id: int) -> Venue:
    """Keep a new registration; it waits for the officer of its commune."""
    venue.owner_id = person_id
    venue.status = VenueStatus.PENDING
    venue.save()
    audit.record(None, "venue.registered", f"venue:{venue.pk}", detail={"unit": venue.unit.code})
    return venue


@transaction.atomic
def change_venue(venue: Venue, changed_fields: set[str], seen_revision: int) -> Venue:
    """Keep the owner's changes; what stands on the poster is looked at again by the officer.

    Raises: ChangedMeanwhile if somebody saved the venue after `seen_revision` was read.
    """
    current = Venue.objects.select_for_update().get(pk=venue.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile
    if current.status == VenueStatus.REFUSED or (
        current.status == VenueStatus.APPROVED and changed_fields & PRINTED_FIELDS
    ):
        venue.status = VenueStatus.PENDING
    venue.revision = seen_revision + 1
    venue.save()
    audit.record(None, "venue.changed", f"venue:{venue.pk}", detail={"fields": sorted(changed_fields)})
    return venue


@transaction.atomic
def approve_venue(venue: Venue, officer: Officer) -> Venue:
    """Let the venue be checked in at and issue its poster, anew if what is printed has changed.

    Raises: NotThisState if it is not waiting for approval.
    """
    venue = _decide(venue, officer, VenueStatus.APPROVED, "")
    issue_poster(venue)
    audit.record(officer, "venue.approved", f"venue:{venue.pk}")
    return venue


@transaction.atomic
def send_back_venue(venue: Venue, officer: Officer, note: str) -> Venue:
    """Ask the owner to mend the registration; *note* tells what is wrong.

    Raises: NotThisState if it is not waiting for approval.
    """
    venue = _decide(venue, officer, VenueStatus.REFUSED, note)
    audit.record(officer, "venue.sent_back", f"venue:{venue.pk}", detail={"note": note})
    return venue


def _decide(venue: Venue, officer: Officer, status: VenueStatus, note: str) -> Venue:
    venue = Venue.objects.select_for_update(of=("self",)).select_related("unit", "category").get(pk=venue.pk)
    if venue.status != VenueStatus.PENDING:
        raise NotThisState
    venue.status = status
    venue.decided_by = officer
    venue.decided_at = timezone.now()
    venue.decision_note = note
    venue.revision += 1
    venue.save()
    return venue


@transaction.atomic
def issue_poster(venue: Venue) -> Poster:
    """A new version of the venue's poster; earlier ones stay readable, they name the same venue."""
    last = venue.posters.select_for_update().first()
    now = timezone.now()
    venue.posters.filter(withdrawn_at=None).update(withdrawn_at=now)
    version = last.version + 1 if last else 1
    return Poster.objects.create(venue=venue, version=version, short_code=_free_short_code(), issued_at=now)


def _free_short_code() -> str:
    # 35 bits are drawn: a taken one is rare, and the unique index refuses what slips between the look and the write.
    while Poster.objects.filter(short_code=(code := make_short_code())).exists():
        pass
    return code


def code_of(poster: Poster) -> str:
    """The signed code that this poster's QR carries."""
    return make_venue_code(poster.venue_id, poster.version, settings.VENUE_CODE_KEYS)
