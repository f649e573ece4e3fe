"""What the orders in force do to venues, and venues that lie inside."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.zones.geometry import within
from dauchan.tracing.zones.models import VenueEffect, Zone, ZoneOrder
from dauchan.units import audit
from dauchan.units.jurisdiction import in_area
from dauchan.venues.holds import HELD_IN, Grounds, hold_venues, release_venues
from dauchan.venues.models import Venue, VenueHold

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

log = logging.getLogger(__name__)


def venues_inside(order: ZoneOrder) -> QuerySet[Venue]:
    """Venues in use within the outline, of the area that the zone belongs to.

    Those of whole communes by their address; the others by their position: without one they are in no outline.
    """
    used = Venue.objects.filter(in_area([order.zone.unit]), status__in=HELD_IN)
    if order.geometry is None:
        return used.filter(in_area(order.communes.all()))
    near = used.filter(lon__range=(order.west, order.east), lat__range=(order.south, order.north))
    rows = list(near.order_by().values_list("pk", "lon", "lat"))
    if not rows:
        return Venue.objects.none()
    ids, lons, lats = zip(*rows, strict=True)
    inside = within(order.geometry, lons, lats)
    return Venue.objects.filter(pk__in=[pk for pk, is_inside in zip(ids, inside, strict=True) if is_inside])


def venues_touched(order: ZoneOrder) -> QuerySet[Venue]:
    """Those inside whose state the order changes."""
    if order.effect == VenueEffect.NONE:
        return Venue.objects.none()
    return venues_inside(order).filter(category__in=order.categories.all())


@transaction.atomic
def settle_zone(zone: Zone, now: dt.datetime) -> None:
    """Make the venues' states say what the order in force at *now* asks for. Doing it again changes nothing.

    Venues that opened, moved or changed their kind since the last time are found, too.
    """
    Zone.objects.select_for_update().get(pk=zone.pk)
    held = list(zone.orders.holding_at(now).select_related("zone__unit"))
    for order in held:
        touched = list(venues_touched(order).values_list("pk", flat=True))
        _record(order, "venues_released", release_venues(order.cause, now, but=touched))
        _record(order, "venues_held", hold_venues(touched, _grounds(order), now))
    over = zone.orders.filter(approved=True).exclude(pk__in=[order.pk for order in held])
    standing = set(
        VenueHold.objects.filter(cause__in=[order.cause for order in over], released_at=None).values_list(
            "cause", flat=True
        )
    )
    for order in over:
        if order.cause in standing:
            _record(order, "venues_released", release_venues(order.cause, now))


def _grounds(order: ZoneOrder) -> Grounds:
    mode = order.mode if order.effect == VenueEffect.MODE else ""
    return Grounds(order.cause, order.name, order.document_number, order.holds_to, mode)


def _record(order: ZoneOrder, what: str, venue_ids: list[int]) -> None:
    if venue_ids:
        detail = {"order": order.number, "effect": order.effect, "venues": sorted(venue_ids)}
        audit.record(None, f"zone.{what}", f"zone:{order.zone_id}", detail=detail)


def settle_zones(now: dt.datetime | None = None) -> int:
    """Begin and end what is due, zone by zone: one that fails does not keep the others. Returns how many were looked at."""
    now = now or timezone.now()
    zones = Zone.objects.filter(pk__in=_unsettled(now))
    for zone in zones:
        try:
            settle_zone(zone, now)
        except Exception:
            log.exception("zone %s could not be settled", zone.code)
    return len(zones)


def _unsettled(now: dt.datetime) -> set[int]:
    """Zones in force, and those whose holds may have to go."""
    holding = set(ZoneOrder.objects.holding_at(now).values_list("zone", flat=True))
    causes = VenueHold.objects.filter(cause__startswith="zone_order:", released_at=None)
    orders = {int(cause.partition(":")[2]) for cause in causes.order_by().values_list("cause", flat=True).distinct()}
    return holding | set(ZoneOrder.objects.filter(pk__in=orders).values_list("zone", flat=True))
