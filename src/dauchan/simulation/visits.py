"""Visits of an invented population: who was where, in from and out at, as arrays. Pure: the seed decides everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY = 86_400
#: Share of visits whose check-out was scanned; the rest forget, as people do.
CHECKED_OUT = 0.6
#: Share of visits made in one's own commune.
NEAR_HOME = 0.75
#: Nobody changes place faster than this many seconds.
WAY = 300
MISSING = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Places:
    """What the generator knows of m venues: all arrays have the shape (m,).

    Attributes:
        area: index of the commune, 0 to a.
        weight: how much a venue attracts; heavy-tailed in a real province.
        opens, closes: seconds after local midnight.
        stay: median stay in seconds.
    """

    area: NDArray[np.int64]
    weight: NDArray[np.float64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    stay: NDArray[np.float64]


@dataclass(frozen=True)
class SimulatedVisits:
    """n visits of one day by person and time; `left` is MISSING where nobody checked out, `stayed_until` is the truth."""

    person: NDArray[np.int64]
    venue: NDArray[np.int64]
    entered: NDArray[np.int64]
    left: NDArray[np.int64]
    stayed_until: NDArray[np.int64]

    def known_at(self, now: int) -> SimulatedVisits:
        """What has happened by *now*: no later entries, and no check-out of those who are still there."""
        entered = self.entered <= now
        left = np.where(self.left > now, MISSING, self.left)
        return SimulatedVisits(
            self.person[entered], self.venue[entered], self.entered[entered], left[entered], self.stayed_until[entered]
        )


def popularity(venues: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Weights of venues: Pareto with exponent 1.2, as footfall is distributed, cut at the 300-fold of the smallest."""
    return np.minimum(random.pareto(1.2, venues) + 1, 300)


def day_of_visits(
    home_area: NDArray[np.int64], places: Places, midnight: int, visits_per_person: float, random: np.random.Generator
) -> SimulatedVisits:
    """One day of visits.

    Args:
        home_area: commune index of each person, shape (n,).
        places: the venues.
        midnight: local midnight of the day in epoch seconds.
        visits_per_person: mean number of visits; persons differ (negative binomial, dispersion 2).
        random: the generator, the only source of chance.
    """
    activity = random.gamma(2.0, visits_per_person / 2.0, len(home_area))
    person = np.repeat(np.arange(len(home_area)), random.poisson(activity))
    venue = _chosen(home_area[person], places, random)
    entered, stays = _times(venue, places, random)
    order = np.lexsort((entered, person))
    person, venue, entered, stays = person[order], venue[order], entered[order], stays[order]
    until = _without_overlap(person, entered, entered + stays)
    left = np.where(random.random(len(person)) < CHECKED_OUT, until + midnight, MISSING)
    return SimulatedVisits(person, venue, entered + midnight, left, until + midnight)


def _chosen(area: NDArray[np.int64], places: Places, random: np.random.Generator) -> NDArray[np.int64]:
    """A venue for each visit: near home by NEAR_HOME, else anywhere, in proportion to its weight."""
    by_area = np.argsort(places.area, kind="stable")
    cumulative = np.cumsum(places.weight[by_area])
    starts = np.searchsorted(places.area[by_area], np.arange(area.max(initial=0) + 2))
    bounds = np.concatenate(([0.0], cumulative))[starts]
    near = random.random(len(area)) < NEAR_HOME
    near &= bounds[area + 1] > bounds[area]  # a commune may have no venue
    low = np.where(near, bounds[area], 0.0)
    high = np.where(near, bounds[area + 1], cumulative[-1])
    drawn = low + random.random(len(area)) * (high - low)
    chosen: NDArray[np.int64] = by_area[np.minimum(np.searchsorted(cumulative, drawn, side="right"), len(by_area) - 1)]
    return chosen


def _times(
    venue: NDArray[np.int64], places: Places, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Entry within opening hours, more around its middle; stays lognormal around the venue's median, 2 min to 10 h."""
    opens, closes = places.opens[venue], places.closes[venue]
    entered = opens + (random.beta(2, 2, len(venue)) * (closes - opens)).astype(np.int64)
    stays = places.stay[venue] * random.lognormal(0.0, 0.6, len(venue))
    return entered, np.clip(stays, 120, 36_000).astype(np.int64)


def _without_overlap(
    person: NDArray[np.int64], entered: NDArray[np.int64], until: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Ends cut so that a person has left one venue before entering the next."""
    same = person[1:] == person[:-1]
    limit = np.where(same, np.maximum(entered[1:] - WAY, entered[:-1] + 60), until[:-1])
    return np.append(np.minimum(until[:-1], limit), until[-1:])
