"""What a suspension does at the door: the venue is held under its name, and whoever scans reads why, by which document, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from dauchan.oversight.sanctions.errors import VenueNotInUse
from dauchan.venues.holds import Grounds, hold_venues, release_venues

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.oversight.sanctions.models import Sanction

LONGEST_TITLE = 200


def hold(sanction: Sanction, now: dt.datetime) -> None:
    """Raises: VenueNotInUse where the venue is neither open nor suspended."""
    grounds = Grounds(sanction.cause, title_of(sanction), sanction.document_number, sanction.until_at)
    if not hold_venues([sanction.venue_id], grounds, now):
        raise VenueNotInUse


def release(sanction: Sanction, now: dt.datetime) -> None:
    release_venues(sanction.cause, now)


def title_of(sanction: Sanction) -> str:
    """The findings, from the closed list: nothing that an officer typed is shown at the door."""
    with translation.override("vi"):
        words = "; ".join(sanction.finding_words)
    return words[:LONGEST_TITLE]
