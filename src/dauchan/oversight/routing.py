"""To which unit a report goes: the commune of the day that holds the place, and who its neighbours are where that is unsure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dauchan.oversight.errors import OutsideArea, PlaceMissing
from dauchan.units.borders import METRES_A_DEGREE, borders_on, metres_between
from dauchan.units.models import Successor, Unit, UnitLevel
from dauchan.venues.models import Venue, VenueStatus

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from dauchan.units.borders import Borders

#: Where the areas of a map are not known: a registered place so near tells the commune, and after that its written centre.
KNOWN_PLACE_METRES = 2_000
FURTHEST_CENTRE_METRES = 25_000


@dataclass(frozen=True)
class Routed:
    """Who answers, and the communes so near that the place may be theirs, the nearest first."""

    unit: Unit
    neighbours: tuple[Unit, ...] = ()


def route(
    venue: Venue | None, point: tuple[float, float] | None, commune: Unit | None, day: dt.date, border_metres: float
) -> Routed:
    """The unit for a place, told as a registered venue, as a point (lat, lon), or as a commune; the first that is known counts.

    Raises: OutsideArea for a point in no commune where no commune was said either, PlaceMissing.
    """
    if venue is not None:
        return Routed(in_force(venue.unit, day))
    if point is not None and (found := communes_at(point, day, border_metres)):
        return Routed(found[0], tuple(found[1:]))
    if commune is not None:
        return Routed(in_force(commune, day))
    raise OutsideArea if point is not None else PlaceMissing


def communes_at(point: tuple[float, float], day: dt.date, border_metres: float) -> list[Unit]:
    """The commune of the map of *day* that holds the point or is nearest to it within *border_metres*, then its neighbours there."""
    borders = borders_on(day)
    if borders is None:
        nearest = _by_known_places(point, day)
        return [nearest] if nearest else []
    return _by_borders(borders, point, day, border_metres)


def _by_borders(borders: Borders, point: tuple[float, float], day: dt.date, metres: float) -> list[Unit]:
    codes = [one.code for one in borders.near(*point, metres)]
    units = {unit.code: unit for unit in _communes(day).filter(code__in=codes)}
    return [units[code] for code in codes if code in units]


def _by_known_places(point: tuple[float, float], day: dt.date) -> Unit | None:
    """Of a map whose areas are not known: the commune of the nearest venue in use, else the one with the nearest centre."""
    reach = KNOWN_PLACE_METRES / METRES_A_DEGREE
    box = {
        "lat__range": (point[0] - reach, point[0] + reach),
        "lon__range": (point[1] - 2 * reach, point[1] + 2 * reach),
    }
    venues = Venue.objects.filter(status=VenueStatus.APPROVED, unit__in=_communes(day), **box).select_related("unit")
    near = [(metres_between(point, (one.lat or 0, one.lon or 0)), one.pk, one.unit) for one in venues]
    near = [one for one in near if one[0] <= KNOWN_PLACE_METRES]
    if not near:
        placed = _communes(day).filter(lat__isnull=False, lon__isnull=False)
        near = [(metres_between(point, (one.lat or 0, one.lon or 0)), one.pk, one) for one in placed]
        near = [one for one in near if one[0] <= FURTHEST_CENTRE_METRES]
    return min(near)[2] if near else None


def _communes(day: dt.date) -> QuerySet[Unit]:
    return Unit.objects.valid_on(day).filter(level=UnitLevel.COMMUNE)


def in_force(unit: Unit, day: dt.date) -> Unit:
    """*unit*, or who took over its area on the map of *day*; itself where nobody is known to have."""
    if unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to):
        return unit
    heirs = Successor.objects.filter(earlier=unit, later__in=Unit.objects.valid_on(day)).select_related("later")
    heir = heirs.order_by("-whole", "later__sort_key").first()
    return heir.later if heir else unit


def may_pass_to(unit: Unit, day: dt.date) -> list[Unit]:
    """Communes of the same province on the map of *day*, without *unit*, in the order of the dictionary."""
    root = unit.path.split(".")[0]
    others = _communes(day).filter(path__startswith=f"{root}.").exclude(pk=unit.pk)
    return list(others.order_by("sort_key"))
