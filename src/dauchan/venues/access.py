"""The only ways to a venue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who sees the venues of the area they are appointed to; approving is the unit officer's alone.
SEES_VENUES = (Role.OFFICER, Role.HEAD, Role.MONITOR, Role.TRACER, Role.LEADER, Role.AGENT)
DECIDES_VENUES = (Role.OFFICER, Role.HEAD)


def access_venue(officer: Officer, venue_id: int, *roles: str) -> Venue:
    """The venue, if it lies in the area where *officer* holds one of *roles* (those who see venues, if none is named).

    Raises: NoSuchThing.
    """
    venue = access_venues(officer, *roles).filter(pk=venue_id).first()
    if venue is None:
        raise NoSuchThing
    return venue


def access_venues(officer: Officer, *roles: str) -> QuerySet[Venue]:
    """All venues in that area."""
    area = in_area(officer.units_as(*(roles or SEES_VENUES)))
    return Venue.objects.filter(area).select_related("unit", "category")


def access_own_venue(person_id: int, venue_id: int) -> Venue:
    """The venue, if this person owns it.

    Raises: NoSuchThing.
    """
    venue = Venue.objects.select_related("unit", "category").filter(pk=venue_id, owner_id=person_id).first()
    if venue is None:
        raise NoSuchThing
    return venue


def access_public_venue(venue_id: int) -> Venue:
    """The venue, if its page is public: approved or suspended, and not sensitive.

    Raises: NoSuchThing; the same for a sensitive venue as for one that does not exist.
    """
    venue = Venue.objects.select_related("unit", "category").filter(pk=venue_id).first()
    if venue is None or not venue.is_public:
        raise NoSuchThing
    return venue


def public_venues() -> QuerySet[Venue]:
    return Venue.objects.select_related("unit", "category").filter(
        sensitive=False, category__sensitive=False, status__in=[VenueStatus.APPROVED, VenueStatus.SUSPENDED]
    )
