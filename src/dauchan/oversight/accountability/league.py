"""Ranking units by one figure: pure. Whoever is too small is listed after the others, and has no rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dauchan.oversight.accountability.columns import Figure

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place(Generic[Item]):
    """Attributes:
    rank: from 1; those of one size share it, and the next rank counts them all. None where the unit is not ranked.
    """

    rank: int | None
    item: Item


def ranked(
    items: Iterable[Item], figure: Callable[[Item], Figure], least: int, *, more_is_better: bool
) -> list[Place[Item]]:
    """The best first. Who has a denominator below *least*, or nothing to be compared by, comes last in the given order."""
    large: list[Item] = []
    small: list[Item] = []
    for item in items:
        own = figure(item)
        (large if own.size is not None and (own.of or 0) >= least else small).append(item)
    sign = -1 if more_is_better else 1
    large.sort(key=lambda item: sign * (figure(item).size or 0))
    places: list[Place[Item]] = []
    for number, item in enumerate(large, start=1):
        ties = places and figure(places[-1].item).size == figure(item).size
        places.append(Place(places[-1].rank if ties else number, item))
    return [*places, *(Place(None, item) for item in small)]
