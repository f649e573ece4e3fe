"""Planted violators: venues whose code is not used as it should be, each with one of the signs that screening looks for."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dauchan.simulation.province import DEGREE, Order, Province

HONEST_SHARE = (18.0, 2.0)
"""Beta distribution of the share of visitors who scan at an honest venue: nine in ten."""
BAD_NETWORK = 0.05
"""Share of venues where four scans in ten wait for a network; elsewhere one in a hundred."""


class Sign(StrEnum):
    """The signs of the design, in its order."""

    SILENT = "silent"
    FALLEN = "fallen"
    UNDERUSED = "underused"
    MISPLACED = "misplaced"
    UNREADABLE = "unreadable"
    DESK_SCANNED = "desk_scanned"
    DUPLICATED = "duplicated"


@dataclass(frozen=True, slots=True)
class Violator:
    """One violation.

    Attributes:
        venue: dense number.
        sign: which.
        since: day of the simulation from which it holds, 0 for all days.
        size: share of visitors who still scan, or metres between the registered and the other place, or devices at the desk.
        direction: radians, of the other place.
    """

    venue: int
    sign: Sign
    since: int
    size: float
    direction: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Conduct:
    """How venues behave.

    Attributes:
        scanning: share of visitors who scan by venue and day, shape (m, days).
        failing: share of those who do not whose scan failed, shape (m,).
        checking_out: share of those who scan who also scan out, shape (m,).
        offline: share of scans that were made without a network and came later, shape (m,).
        offset: metres north and east from a venue to where its scans are made, shape (m, 2).
        second: the same for the second place of a code posted twice; NaN where there is one place.
        violators: the planted ones.
    """

    scanning: NDArray[np.float32]
    failing: NDArray[np.float32]
    checking_out: NDArray[np.float32]
    offline: NDArray[np.float32]
    offset: NDArray[np.float32]
    second: NDArray[np.float32]
    violators: tuple[Violator, ...]


def plant(order: Order, province: Province, usual: NDArray[np.float64]) -> Conduct:
    """Decide how each venue behaves; `usual` are its visits on an ordinary day, shape (m,)."""
    random = np.random.default_rng([order.seed, 2])
    count = len(province.venue_id)
    honest = random.beta(*HONEST_SHARE, count).astype(np.float32)
    conduct = Conduct(
        scanning=np.repeat(honest[:, None], order.days, axis=1),
        failing=np.full(count, 0.08, np.float32),
        checking_out=random.beta(6, 4, count).astype(np.float32),
        offline=np.where(random.random(count) < BAD_NETWORK, 0.4, 0.01).astype(np.float32),
        offset=np.zeros((count, 2), np.float32),
        second=np.full((count, 2), np.nan, np.float32),
        violators=_violators(order, usual, random),
    )
    for violator in conduct.violators:
        _behave(conduct, violator)
    return conduct


def _violators(order: Order, usual: NDArray[np.float64], random: np.random.Generator) -> tuple[Violator, ...]:
    busy = np.flatnonzero(usual >= order.busy)
    wanted = min(len(busy), round(order.violators * len(usual)))
    chosen = random.permutation(busy)[:wanted]
    signs = list(Sign)
    return tuple(_violator(int(venue), signs[at % len(signs)], order.days, random) for at, venue in enumerate(chosen))


def _violator(venue: int, sign: Sign, days: int, random: np.random.Generator) -> Violator:
    """A violation; what changes on a day does so in the middle third."""
    later = int(random.integers(days // 3, max(days // 3 + 1, 2 * days // 3)))
    since = {Sign.SILENT: int(random.choice([0, later])), Sign.FALLEN: later, Sign.UNREADABLE: later}.get(sign, 0)
    return Violator(venue, sign, since, float(_size(sign, random)), float(random.uniform(0, 2 * np.pi)))


def _size(sign: Sign, random: np.random.Generator) -> float:
    """Share that still scans, metres or devices."""
    ranges = {
        Sign.SILENT: (0.0, 0.0),
        Sign.FALLEN: (0.05, 0.25),
        Sign.UNDERUSED: (0.05, 0.25),
        Sign.MISPLACED: (400.0, 4000.0),
        Sign.UNREADABLE: (0.15, 0.45),
        Sign.DUPLICATED: (600.0, 8000.0),
    }
    return float(random.integers(1, 4)) if sign is Sign.DESK_SCANNED else random.uniform(*ranges[sign])


def _behave(conduct: Conduct, violator: Violator) -> None:
    at, since = violator.venue, violator.since
    way = np.array([np.cos(violator.direction), np.sin(violator.direction)]) * violator.size
    match violator.sign:
        case Sign.SILENT | Sign.FALLEN | Sign.UNDERUSED:
            conduct.scanning[at, since:] *= violator.size
        case Sign.UNREADABLE:
            conduct.scanning[at, since:] *= violator.size
            conduct.failing[at] = 0.8
        case Sign.DESK_SCANNED:
            conduct.scanning[at] *= 0.05  # hardly a visitor is asked; the desk makes the scans
        case Sign.MISPLACED:
            conduct.offset[at] = way
        case Sign.DUPLICATED:
            conduct.second[at] = way


def moved(
    lat: NDArray[np.float64], lon: NDArray[np.float64], metres: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places so many metres north and east of others, shape (k, 2)."""
    return lat + metres[:, 0] / DEGREE, lon + metres[:, 1] / (DEGREE * np.cos(np.radians(lat)))
