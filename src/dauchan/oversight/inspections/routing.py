"""In which order to go to places: always to the nearest that is left. Pure; as the crow flies."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_METRES_A_DEGREE = 111_195


class Place(NamedTuple):
    """A place to go to; without a point it comes last."""

    key: int
    lat: float | None
    lon: float | None


def metres_between(one: Place, other: Place) -> float:
    """The sphere laid flat: exact enough within a province. 0 where one of them has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0
    east = (other.lon - one.lon) * cos(radians((one.lat + other.lat) / 2))
    return _METRES_A_DEGREE * hypot(other.lat - one.lat, east)


def route(places: Sequence[Place], start: Place | None = None) -> list[Place]:
    """All *places*, beginning with the nearest to *start* (without one: the northernmost), each followed by the nearest left.

    Of two at the same distance the smaller key comes first, so that the order is always the same.
    """
    left = sorted((place for place in places if place.lat is not None), key=lambda place: place.key)
    without = sorted((place for place in places if place.lat is None), key=lambda place: place.key)
    here = start if start is not None and start.lat is not None else None
    if here is None and left:
        here = max(left, key=lambda place: (place.lat or 0, -place.key))
    found: list[Place] = []
    while left and here is not None:
        at = here
        nearest = min(left, key=lambda place: (metres_between(at, place), place.key))
        left.remove(nearest)
        found.append(nearest)
        here = nearest
    return found + without


def length_metres(places: Sequence[Place]) -> int:
    """From the first of *places* to the last, one after another."""
    return round(sum(metres_between(one, other) for one, other in pairwise(places)))
