"""The only ways to an agency and to its members.

Names are the business of the head of the very unit that an agency belongs to. Whoever stands above, a head of a larger area
included, is shown shares (`dauchan.compliance.participation`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.people.roster.models import Agency, Member, RosterList
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who keeps the rosters of their own unit.
KEEPS_ROSTERS = (Role.HEAD,)
#: Who sees how many of the staff of their whole area scan.
SEES_SHARES = (Role.HEAD, Role.MONITOR, Role.LEADER)


def access_rosters(officer: Officer) -> QuerySet[Agency]:
    """Agencies of the units that *officer* heads: of these, not of those below."""
    return Agency.objects.filter(unit__in=officer.units_as(*KEEPS_ROSTERS), closed_at=None).select_related("unit")


def access_roster(officer: Officer, agency_id: int) -> Agency:
    """Raises: NoSuchThing."""
    agency = access_rosters(officer).filter(pk=agency_id).first()
    if agency is None:
        raise NoSuchThing
    return agency


def access_member(officer: Officer, agency_id: int, member_id: int) -> Member:
    """Raises: NoSuchThing."""
    member = Member.objects.filter(pk=member_id, agency=access_roster(officer, agency_id)).first()
    if member is None:
        raise NoSuchThing
    return member


def access_list(officer: Officer, agency_id: int, list_id: int) -> RosterList:
    """Raises: NoSuchThing."""
    found = RosterList.objects.filter(pk=list_id, agency=access_roster(officer, agency_id)).first()
    if found is None:
        raise NoSuchThing
    return found


def access_agencies(officer: Officer) -> QuerySet[Agency]:
    """Agencies of the whole area, for their shares; nothing of their members."""
    return Agency.objects.filter(in_area(officer.units_as(*SEES_SHARES)), closed_at=None).select_related("unit")
