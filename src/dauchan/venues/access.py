"""The only ways to a venue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Q, When

from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.venues.models import Venue, VenuePicture, VenueStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who sees the venues of the area they are appointed to; approving is the unit officer's alone.
SEES_VENUES = (Role.OFFICER, Role.HEAD, Role.MONITOR, Role.TRACER, Role.LEADER, Role.AGENT)
DECIDES_VENUES = (Role.OFFICER, Role.HEAD)
PRINTS_POSTERS = (*DECIDES_VENUES, Role.MONITOR)


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


def access_own_venues(person_id: int) -> QuerySet[Venue]:
    """All venues this person owns, closed ones last."""
    is_closed = Case(When(status=VenueStatus.CLOSED, then=1), default=0)
    return Venue.objects.filter(owner_id=person_id).select_related("unit", "category").order_by(is_closed, "sort_key")


def access_own_venue(person_id: int, venue_id: int) -> Venue:
    """The venue, if this person owns it.

    Raises: NoSuchThing.
    """
    venue = Venue.objects.select_related("unit", "category").filter(pk=venue_id, owner_id=person_id).first()
    if venue is None:
        raise NoSuchThing
    return venue


def access_own_picture(person_id: int, picture_id: int) -> VenuePicture:
    """A picture of a venue this person owns, public or not, or of a form they are filling in.

    Raises: NoSuchThing.
    """
    mine = Q(venue__owner_id=person_id) | Q(venue=None, uploader_id=person_id)
    picture = VenuePicture.objects.filter(mine, pk=picture_id).first()
    if picture is None:
        raise NoSuchThing
    return picture


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
