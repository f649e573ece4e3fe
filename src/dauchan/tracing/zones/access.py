"""The only ways to a zone, to an order on it and to the people once inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dauchan.tracing.access import access_cases
from dauchan.tracing.zones.models import PresenceDisclosure, PresenceList, Zone, ZoneOrder
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer, Unit

SEES_ZONES = (Role.TRACER, Role.APPROVER, Role.LEADER, Role.OFFICER, Role.HEAD)
DRAFTS_ZONES = (Role.TRACER, Role.OFFICER)
#: Who may see which cases a zone is about, and who was inside.
TRACES = (Role.TRACER, Role.APPROVER)


def access_zones(officer: Officer) -> QuerySet[Zone]:
    """Zones of the area where *officer* serves: those below, and those from above that may reach into it.

    Raises: RoleMissing.
    """
    require_role(officer, *SEES_ZONES)
    own = officer.units_as(*SEES_ZONES)
    above = Q(unit__in={int(part) for unit in own for part in unit.path.split(".") if part.isdigit()})
    return Zone.objects.filter(above | in_area(own)).select_related("unit", "disease")


def access_zone(officer: Officer, zone_id: int) -> Zone:
    """Raises: RoleMissing, NoSuchThing."""
    zone = access_zones(officer).filter(pk=zone_id).first()
    if zone is None:
        raise NoSuchThing
    return zone


def access_orders(officer: Officer) -> QuerySet[ZoneOrder]:
    """Raises: RoleMissing."""
    orders = ZoneOrder.objects.filter(zone__in=access_zones(officer))
    return orders.select_related("zone__unit", "zone__disease", "level", "drafted_by", "decided_by")


def access_order(officer: Officer, order_id: int) -> ZoneOrder:
    """Raises: RoleMissing, NoSuchThing."""
    order = access_orders(officer).filter(pk=order_id).first()
    if order is None:
        raise NoSuchThing
    return order


def may_draft(officer: Officer, unit: Unit) -> bool:
    return any(own.contains(unit) for own in officer.units_as(*DRAFTS_ZONES))


def may_decide(officer: Officer, unit: Unit) -> bool:
    return officer.may_act_as(Role.APPROVER, unit)


def require_drafter(officer: Officer, unit: Unit) -> None:
    """Raises: RoleMissing for somebody who may look at the zone but not act on it."""
    if not may_draft(officer, unit):
        raise RoleMissing


def waiting_orders(officer: Officer) -> QuerySet[ZoneOrder]:
    """Drafts that wait for a decision this officer may take: of their area and not their own."""
    area = in_area(officer.units_as(Role.APPROVER), "zone__unit")
    orders = ZoneOrder.objects.waiting().filter(area).exclude(drafted_by=officer)
    return orders.select_related("zone__unit", "level", "drafted_by")


def access_presence_lists(officer: Officer) -> QuerySet[PresenceList]:
    """Lists of people for cases of the area where *officer* traces or approves. Raises: RoleMissing."""
    lists = PresenceList.objects.filter(case__in=access_cases(officer), order__zone__in=access_zones(officer))
    return lists.select_related("order__zone__unit", "case__unit", "made_by")


def access_presence_list(officer: Officer, list_id: int) -> PresenceList:
    """Raises: RoleMissing, NoSuchThing."""
    found = access_presence_lists(officer).filter(pk=list_id).first()
    if found is None:
        raise NoSuchThing
    return found


def access_presence_disclosure(officer: Officer, disclosure_id: int) -> PresenceDisclosure:
    """Raises: RoleMissing, NoSuchThing."""
    found = PresenceDisclosure.objects.filter(presence_list__in=access_presence_lists(officer), pk=disclosure_id)
    disclosure = found.select_related("presence_list__case__unit", "presence_list__order__zone", "requested_by").first()
    if disclosure is None:
        raise NoSuchThing
    return disclosure


def open_presence_disclosure(officer: Officer, presence_list: PresenceList) -> PresenceDisclosure | None:
    """The approved request under which *officer* alone may see the names of this list now, if there is one."""
    own = presence_list.disclosures.filter(requested_by=officer, approved=True).order_by("-expires_at").first()
    return own if own and own.is_open() else None


def waiting_disclosures(officer: Officer) -> QuerySet[PresenceDisclosure]:
    """Requests for names that this approver may decide: in their area and not their own."""
    area = in_area(officer.units_as(Role.APPROVER), "presence_list__case__unit")
    waiting = PresenceDisclosure.objects.filter(area, approved=None).exclude(requested_by=officer)
    return waiting.select_related("presence_list__order__zone", "presence_list__case", "requested_by")
