"""The signs `misplaced` and `duplicated`: where phones were when they scanned.

Phones that tell where they are scatter by some metres around the poster. Scans of a venue that lie close together somewhere else than
where it is registered say that the poster, or the register, is in the wrong place; two such heaps say that one code hangs at two places. Scans that lie
anywhere, from home or from a bus, form no heap and say nothing.

The heaps are found by counting neighbours: the scan with most others near it is the middle of the first heap; of those that remain, the next. A heap
counts only with scans of several people. The confidence is the probability that more than half of all scans (two heaps: more than a
tenth in the smaller) belong there, given those that were seen: a beta distribution.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.usual_use import Floats, Places

NEAR = 60.0
"""Metres beside the accuracy within which two scans are at one place."""
FAR = 200.0
"""Metres from the registered place, or between two heaps, below which a large market would do the same."""
WORST_ACCURACY = 150.0
"""Metres; what is less exact says nothing."""
FEWEST_SCANS, FEWEST_PEOPLE = 8, 5
MOST_SCANS = 160
"""Of one venue, drawn at random: more say nothing more."""
LEAST_SECOND = 0.15
"""Share of a second heap below which people scan from afar, not a second poster."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Where scans of one venue were made: metres north and east of the registered place, accuracy in metres, who scanned."""

    north: Floats
    east: Floats
    accuracy: Floats
    person: Places


@dataclass(frozen=True, slots=True)
class Heap:
    """Scans at one place: how many, of how many people, and where in metres from the registered place."""

    scans: int
    people: int
    north: float
    east: float

    @property
    def away(self) -> float:
        """Metres from the registered place."""
        return math.hypot(self.north, self.east)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the code of a venue is scanned: how sure each sign is, the heaps, and how many scans told their place."""

    misplaced: float
    duplicated: float
    heaps: tuple[Heap, ...]
    scans: int


def whereabouts(seen: Seen) -> Whereabouts:
    """Judge the located scans of one venue."""
    exact = seen.accuracy <= WORST_ACCURACY
    seen = Seen(seen.north[exact], seen.east[exact], seen.accuracy[exact], seen.person[exact])
    count = len(seen.north)
    heaps = _heaps(seen) if count >= FEWEST_SCANS else ()
    if not heaps:
        return Whereabouts(0.0, 0.0, heaps, count)
    first = heaps[0]
    misplaced = beyond(0.5, first.scans, count) if first.away > FAR else 0.0
    duplicated = 0.0
    if len(heaps) > 1 and heaps[1].scans >= LEAST_SECOND * count:
        duplicated = beyond(0.1, heaps[1].scans, count)
        misplaced = 0.0
    return Whereabouts(misplaced, duplicated, heaps, count)


def _heaps(seen: Seen) -> tuple[Heap, ...]:
    """At most two heaps, the larger first; a second one lies far from the first."""
    reach = NEAR + np.minimum(seen.accuracy, WORST_ACCURACY) * 1.5
    apart = np.hypot(seen.north[:, None] - seen.north, seen.east[:, None] - seen.east)
    near = apart <= (reach[:, None] + reach) / 2
    left, found = np.ones(len(reach), np.bool_), []
    for _ in range(2):
        middle = int((near & left).sum(axis=1).argmax())
        own = near[middle] & left
        people = len(np.unique(seen.person[own]))
        if own.sum() < FEWEST_SCANS // 2 or people < FEWEST_PEOPLE:
            break
        heap = Heap(int(own.sum()), people, float(np.median(seen.north[own])), float(np.median(seen.east[own])))
        found.append(heap)
        left &= np.hypot(seen.north - heap.north, seen.east - heap.east) > FAR + reach
    return tuple(found)


def beyond(share: float, hits: int, tries: int) -> float:
    """Probability that the true share is larger, all shares being as probable beforehand.

    For whole numbers the beta distribution's upper tail is a binomial sum (Abramowitz & Stegun 26.5.24).
    """
    a, n = hits + 1, tries + 1
    logarithms = [
        math.lgamma(n + 1)
        - math.lgamma(k + 1)
        - math.lgamma(n - k + 1)
        + k * math.log(share)
        + (n - k) * math.log1p(-share)
        for k in range(a)
    ]
    return min(1.0, math.fsum(math.exp(each) for each in logarithms))


def moved_metres(
    lat: NDArray[np.floating], lon: NDArray[np.floating], home_lat: Floats, home_lon: Floats
) -> tuple[Floats, Floats]:
    """Metres north and east of home, on a plane that touches the earth there: exact to a thousandth within fifty kilometres."""
    degree = 111_320.0
    north = (lat.astype(np.float64) - home_lat) * degree
    return north, (lon.astype(np.float64) - home_lon) * degree * np.cos(np.radians(home_lat))
