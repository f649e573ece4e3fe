"""What everybody may know of zones: a list of allowed fields, never the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dauchan.tracing.zones.effects import venues_inside
from dauchan.tracing.zones.models import ZoneOrder
from dauchan.units.models import Unit
from dauchan.venues.access import public_venues

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.tracing.zones.models import RiskLevel


@dataclass(frozen=True)
class PublicZone:
    """The public face of a zone in force: no case, no count of cases, no venue, nobody's name.

    Attributes:
        geometry: a GeoJSON MultiPolygon, or None for whole communes.
        units: the communes it lies in, as far as places that everybody may know show.
    """

    code: str
    name: str
    area_words: str
    disease: str
    level: RiskLevel
    measures: Sequence[Any]
    measures_words: str
    document_number: str
    from_at: dt.datetime | None
    to_at: dt.datetime | None
    effect: str
    mode: Any
    categories: Sequence[str]
    geometry: dict[str, Any] | None
    units: Sequence[Unit]


def zones_in_force(now: dt.datetime) -> list[PublicZone]:
    """The severest first."""
    orders = ZoneOrder.objects.holding_at(now).select_related("zone__unit", "zone__disease", "level")
    orders = orders.prefetch_related("communes", "categories").order_by("-level__rank", "holds_from", "pk")
    return [_face(order) for order in orders]


def _face(order: ZoneOrder) -> PublicZone:
    return PublicZone(
        code=order.zone.code,
        name=order.name,
        area_words=order.area_words,
        disease=str(order.zone.disease),
        level=order.level,
        measures=order.measure_words,
        measures_words=order.measures_words,
        document_number=order.document_number,
        from_at=order.holds_from,
        to_at=order.holds_to,
        effect=order.effect,
        mode=order.get_mode_display(),
        categories=[category.name for category in order.categories.all() if not category.sensitive],
        geometry=order.geometry,
        units=_units(order),
    )


def _units(order: ZoneOrder) -> list[Unit]:
    if order.geometry is None:
        return list(order.communes.all())
    known = venues_inside(order).filter(pk__in=public_venues().order_by().values("pk"))
    return list(Unit.objects.filter(pk__in=known.order_by().values("unit")).order_by("sort_key"))
