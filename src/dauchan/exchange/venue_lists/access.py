"""The only ways to a list of venues: those who decide on registrations, within their own area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.exchange.venue_lists.models import VenueList
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.venues.access import DECIDES_VENUES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

IMPORTS_VENUES = DECIDES_VENUES


def access_venue_lists(officer: Officer) -> QuerySet[VenueList]:
    """Lists of the area where *officer* decides on venues, the latest first. Raises: RoleMissing."""
    require_role(officer, *IMPORTS_VENUES)
    lists = VenueList.objects.filter(in_area(officer.units_as(*IMPORTS_VENUES)))
    return lists.select_related("officer", "unit").defer("content")


def access_venue_list(officer: Officer, list_id: int) -> VenueList:
    """Raises: RoleMissing, NoSuchThing."""
    found = access_venue_lists(officer).filter(pk=list_id).first()
    if found is None:
        raise NoSuchThing
    return found
