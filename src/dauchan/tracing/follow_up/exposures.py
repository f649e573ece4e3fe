"""The exposure an order cites: taken from the contact's row, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.tracing.follow_up.errors import NoExposure
from dauchan.tracing.interviews.models import NamedPerson

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.models import Contact


@dataclass(frozen=True)
class Exposure:
    """Where, when and for how long, under the names of the columns of `Order`."""

    exposed_from: dt.datetime
    exposed_to: dt.datetime
    exposure_seconds: int
    exposure_is_told: bool
    exposure_venue_id: int | None
    exposure_place: str | None


def exposure_of(contact: Contact) -> Exposure:
    """Raises: NoExposure where neither a scan nor the case itself tells of a place and a time."""
    if contact.overlap_seconds > 0 and contact.venue_id:
        return Exposure(contact.first_at, contact.last_at, contact.overlap_seconds, False, contact.venue_id, None)
    named = NamedPerson.objects.filter(case=contact.run.case_id, person=contact.person_id).first()
    if not contact.is_named or named is None or not (named.venue_id or named.place):
        raise NoExposure
    return Exposure(
        named.last_contact_at, named.last_contact_at, 0, True, named.venue_id, None if named.venue_id else named.place
    )
