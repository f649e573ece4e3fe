"""Zones as a map draws them: outlines with their level, whole communes and places of cases as points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dauchan.tracing.models import CaseStatus
from dauchan.tracing.zones.outlines import places_of
from dauchan.tracing.zones.public import PublicZone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.tracing.zones.models import ZoneOrder

#: Cases whose places are drawn at most; a map of more says nothing.
MOST_CASES = 50


def collection(zones: Iterable[ZoneOrder | PublicZone], href: str = "") -> dict[str, Any]:
    """A GeoJSON document of the outlines, the mildest first: the severest lies on top."""
    features = [_feature(zone, href) for zone in sorted(zones, key=lambda zone: zone.level.rank) if zone.geometry]
    return {"type": "FeatureCollection", "features": features}


def _feature(zone: ZoneOrder | PublicZone, href: str) -> dict[str, Any]:
    properties = {"label": zone.name, "text": str(zone.level), "colour": f"level-{zone.level.rank}"}
    return {"type": "Feature", "geometry": zone.geometry, "properties": properties | ({"href": href} if href else {})}


def bounds_of(zones: Iterable[ZoneOrder | PublicZone]) -> list[float]:
    """The box around all outlines, [west, south, east, north]; empty where there is none."""
    corners = [corner for zone in zones if zone.geometry for corner in _corners(zone.geometry)]
    if not corners:
        return []
    lons, lats = zip(*corners, strict=True)
    return [min(lons), min(lats), max(lons), max(lats)]


def _corners(geometry: dict[str, Any]) -> Iterable[Sequence[float]]:
    return (corner for polygon in geometry["coordinates"] for corner in polygon[0])


def commune_points(order: ZoneOrder | PublicZone) -> list[dict[str, Any]]:
    """Whole communes: their borders are not drawn, so a point stands in the middle of each."""
    if order.geometry:
        return []
    units = order.units if isinstance(order, PublicZone) else list(order.communes.all())
    return [
        {
            "lat": unit.lat,
            "lon": unit.lon,
            "label": f"{order.name}: {unit}",
            "text": str(order.level),
            "colour": f"level-{order.level.rank}",
        }
        for unit in units
        if unit.lat is not None
    ]


def case_points(cases: QuerySet[Case]) -> list[dict[str, Any]]:
    """Places where cases were while infectious, for tracers."""
    confirmed = cases.filter(status=CaseStatus.CONFIRMED).order_by("-registered_at")[:MOST_CASES]
    text = _("Nơi ca bệnh đã đến")
    return [
        {"lat": point.lat, "lon": point.lon, "label": name, "text": text, "colour": "series-1"}
        for name, point in places_of(confirmed).values()
    ]
