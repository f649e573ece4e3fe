"""What happens to a venue: registered, changed, decided on, closed; its posters issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dauchan.qr import make_short_code, make_venue_code
from dauchan.units import audit
from dauchan.venues.errors import ChangedBeforeDecision, ChangedMeanwhile, NotThisState, TooManyWaiting
from dauchan.venues.models import Poster, Venue, VenueStatus

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: Fields that stand on the poster: their change makes a posted code tell something untrue, so a new one is issued.
PRINTED_FIELDS = frozenset({"name", "address", "category_id"})
#: Fields that an officer has looked at: in a venue in use their change waits until the officer has looked again.
REVIEWED_FIELDS = PRINTED_FIELDS | {"lat", "lon"}
OWNERS_FIELDS = REVIEWED_FIELDS | {"unit_id", "opening_hours", "phone", "description", "sensitive"}
IN_USE = frozenset({VenueStatus.APPROVED, VenueStatus.SUSPENDED})
#: A chain has some dozens of shops; more registrations than this from one phone are somebody playing.
MOST_WAITING = 50


@transaction.atomic
def register_venue(venue: Venue, person_id: int) -> Venue:
    """Keep a new registration; it waits for the officer of its commune.

    Raises: TooManyWaiting.
    """
    if Venue.objects.filter(owner_id=person_id, status=VenueStatus.PENDING).count() >= MOST_WAITING:
        raise TooManyWaiting
    venue.owner_id = person_id
    venue.status = VenueStatus.PENDING
    venue.save()
    audit.record(None, "venue.registered", f"venue:{venue.pk}", detail={"unit": venue.unit.code})
    return venue


@transaction.atomic
def change_venue(venue: Venue, seen_revision: int) -> Venue:
    """Keep the owner's changes.

    In a venue in use those that an officer looked at become a proposal: until it is approved the door goes on under the
    old name. A registration that was sent back is handed in again.

    Args:
        venue: as the owner wants it, all of it.
        seen_revision: of the venue when it was shown.

    Raises: ChangedMeanwhile if somebody saved the venue since; NotThisState if it is closed.
    """
    current = _locked(venue.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile
    if current.status == VenueStatus.CLOSED:
        raise NotThisState
    changed = {field for field in OWNERS_FIELDS if getattr(venue, field) != getattr(current, field)}
    if current.status in IN_USE:
        _propose(venue, current, changed & REVIEWED_FIELDS)
    elif current.status == VenueStatus.REFUSED:
        venue.status = VenueStatus.PENDING
    venue.revision = seen_revision + 1
    venue.save()
    audit.record(None, "venue.changed", f"venue:{venue.pk}", detail={"fields": sorted(changed)})
    return venue


def _propose(venue: Venue, current: Venue, fields: set[str]) -> None:
    """Move the new values of *fields* aside; they take the place of an earlier proposal."""
    venue.proposal = {field: getattr(venue, field) for field in fields} or None
    for field in fields:
        setattr(venue, field, getattr(current, field))
    if venue.proposal:
        venue.decision_note = ""


@transaction.atomic
def approve_venue(venue: Venue, officer: Officer, seen_revision: int | None = None) -> Venue:
    """Let the venue be checked in at, or let a proposed change take effect; issue the poster where what it says changed.

    Raises: NotThisState if nothing waits for approval; ChangedBeforeDecision if it was saved after `seen_revision`
        was shown: nobody approves what they have not seen.
    """
    venue = _locked(venue.pk)
    proposal = venue.proposal or {}
    if not venue.is_waiting:
        raise NotThisState
    if seen_revision not in {None, venue.revision}:
        raise ChangedBeforeDecision
    for field, value in proposal.items():
        setattr(venue, field, value)
    venue.proposal = None
    is_new = venue.status == VenueStatus.PENDING
    _decide(venue, officer, VenueStatus.APPROVED if is_new else venue.status, "")
    if is_new or PRINTED_FIELDS & proposal.keys():
        issue_poster(venue)
    audit.record(officer, "venue.approved", f"venue:{venue.pk}", detail={"fields": sorted(proposal)})
    return venue


@transaction.atomic
def send_back_venue(venue: Venue, officer: Officer, note: str) -> Venue:
    """Ask the owner to mend the registration, or drop the change they proposed; *note* tells what is wrong.

    Raises: NotThisState if nothing waits for approval.
    """
    venue = _locked(venue.pk)
    if not venue.is_waiting:
        raise NotThisState
    venue.proposal = None
    _decide(venue, officer, VenueStatus.REFUSED if venue.status == VenueStatus.PENDING else venue.status, note)
    audit.record(officer, "venue.sent_back", f"venue:{venue.pk}", detail={"note": note})
    return venue


@transaction.atomic
def undo_send_back(venue: Venue, officer: Officer) -> Venue:
    """A registration sent back by mistake waits for approval again.

    Raises: NotThisState if it is no longer with the owner.
    """
    venue = _locked(venue.pk)
    if venue.status != VenueStatus.REFUSED:
        raise NotThisState
    _decide(venue, officer, VenueStatus.PENDING, "")
    audit.record(officer, "venue.send_back_undone", f"venue:{venue.pk}")
    return venue


def _decide(venue: Venue, officer: Officer, status: str, note: str) -> None:
    if venue.status != status:  # a change of a venue in use does not make it a new one
        venue.status, venue.decided_by, venue.decided_at = status, officer, timezone.now()
    venue.decision_note = note
    venue.revision += 1
    venue.save()


@transaction.atomic
def close_venue(venue: Venue) -> Venue:
    """Its owner has given the place up: it leaves all lists; scans that still arrive are kept with a mark.

    Raises: NotThisState if it is closed already, or suspended: that is lifted first.
    """
    venue = _locked(venue.pk)
    if venue.status in {VenueStatus.CLOSED, VenueStatus.SUSPENDED}:
        raise NotThisState
    venue.status = VenueStatus.CLOSED
    venue.proposal = None
    venue.revision += 1
    venue.save()
    audit.record(None, "venue.closed", f"venue:{venue.pk}")
    return venue


@transaction.atomic
def reopen_venue(venue: Venue) -> Venue:
    """The owner opens a closed place again; its officer looks at it anew.

    Raises: NotThisState if it is not closed.
    """
    venue = _locked(venue.pk)
    if venue.status != VenueStatus.CLOSED:
        raise NotThisState
    venue.status = VenueStatus.PENDING
    venue.revision += 1
    venue.save()
    audit.record(None, "venue.reopened", f"venue:{venue.pk}")
    return venue


@transaction.atomic
def reissue_poster(venue: Venue) -> Poster:
    """A new issue of the poster, as its owner wishes when the old one was lost, covered or tampered with.

    Raises: NotThisState if the venue is not in use.
    """
    venue = _locked(venue.pk)
    if venue.status not in IN_USE:
        raise NotThisState
    poster = issue_poster(venue)
    audit.record(None, "poster.reissued", f"venue:{venue.pk}", detail={"version": poster.version})
    return poster


def _locked(venue_id: int) -> Venue:
    return Venue.objects.select_for_update(of=("self",)).select_related("unit", "category").get(pk=venue_id)


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
