"""The sign `underused`: far fewer scans than peers of the same kind have, given how many visitors and staff the venue has.

How many scans are usual for its size is `size_expected`. A violation moves the logarithm of the use down by one of `RATIOS`; honest venues scatter around the
middle, to either side as widely as the venues show. Beside the size stands how often those who scanned scan again (`returning`): that falls with the share of
visitors who scan, whatever the size. A venue is named only where it has fewer scans than its size lets expect.

How common underuse is, is read from the venues too, with what was thought beforehand as so many venues more; scatter and frequency are found in turns (expectation and
maximisation), so that many violators do not make honest venues look scattered.
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import ENOUGH, TAILS, honest_below, normal, posterior, prevalence, scatter_of
from dauchan.screening.returning import Returns
from dauchan.screening.size_expected import FOOTFALL, Compared, Expected, expected_use, slope
from dauchan.screening.usual_use import Bools, Floats, Places, UsualUse

BEFOREHAND = 0.01
UNSIZED_TAILS = 3, 5
"""Degrees of freedom where nobody tells how many visitors there are: a small place is far from others of its kind."""
RATIOS = np.log(np.geomspace(0.02, 1 / 3, 12))
"""Use beside that of peers: from hardly any to a third."""
TELLING = 20
SHORTEST = 5.0
"""Days' worth of the calendar that must be known."""
TURNS = 4
FEWER = np.log(0.8)
"""A venue that has more than this of its expected scans is not underused, however seldom people scan again."""
LEAST_SCATTER = 0.02
"""Variance of the returns of honest venues that is assumed at least: a seventh either way."""


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """What is known of v venues, shape (v,): visitors on an ordinary day and staff (0 where nobody says), and the number of the unit."""

    footfall: Floats
    staff: Floats
    unit: Places


@dataclass(frozen=True, slots=True, eq=False)
class Underuse:
    """Of v venues, shape (v,).

    Attributes:
        confidence: how sure underuse is.
        expected: the scans that peers of its size would have had.
        usual_rate: the same per unit of the calendar.
        scatter: variance of the logarithm of that rate among honest venues, on the side of fewer scans.
        again: how often people scan again beside peers; 1 is as often, NaN where that says nothing.
        is_learned: whether the venues of this province taught what underuse looks like (`resembling`).
    """

    confidence: Floats
    expected: Floats
    usual_rate: Floats
    scatter: Floats
    again: Floats
    is_learned: bool = False


def underuse(use: UsualUse, sizes: Sizes, is_active: Bools, returns: Returns, otherwise: Bools) -> Underuse:
    """How each venue's use compares with that of its peers.

    Args:
        use: its scans, and what calendar and scatter are usual.
        sizes: of the venues.
        is_active: the venues that are to be judged, and that others are compared with, shape (v,).
        returns: how often those who scanned scan again.
        otherwise: venues of whose scans it is known that they are not as usual, shape (v,): they say nothing of honest ones.
    """
    seen, known = use.counts.sum(axis=1), use.weight.sum(axis=1)
    rate = np.log((seen + 0.5) / np.maximum(known, 1e-9))
    days = (use.weight**2).sum(axis=1) / np.maximum(known, 1e-9) ** 2
    counting = 1 / (seen + 0.5) + use.unevenness * days
    judged = is_active & (seen > 0) & (known >= SHORTEST)
    able, beforehand = judged & ~otherwise, BEFOREHAND
    says = able * (seen >= TELLING).astype(np.float64)
    for _ in range(TURNS):
        found = expected_use(Compared(rate, counting, sizes.footfall, sizes.staff, use.group, sizes.unit, says))
        away = rate - found.usual
        # By what is expected, not by what was seen: else the quietest would say nothing of how quiet honest venues are.
        tells = able & (np.exp(found.usual) * known >= TELLING)
        seldom = _seldom(use, rate, tells * says, found.known, returns)
        factor = _factors(away, counting, found, tells, seldom)
        confidence = np.where(judged & (away < FEWER), posterior(factor, beforehand), 0.0)
        says = tells * (1 - confidence)
        beforehand = prevalence(confidence[tells], BEFOREHAND)
    return Underuse(confidence, np.exp(found.usual) * known, np.exp(found.usual), found.below, np.exp(seldom.value))


@dataclass(frozen=True, slots=True, eq=False)
class Seldom:
    """How often people scan again beside peers, as a logarithm.

    Attributes:
        value: NaN where that says nothing, shape (v,).
        variance: among honest venues below the middle, shape (v,).
        tells: whether it says anything, shape (v,).
        shown: the part of a fall of the use that returns show.
    """

    value: Floats
    variance: Floats
    tells: Bools
    shown: float


def _seldom(use: UsualUse, rate: Floats, says: Floats, known: Places, returns: Returns) -> Seldom:
    """Returns, as far as the use itself does not explain them: where people come from anywhere, a place twice as full sees twice as many again.

    Staff come every day, so places whose staff is known are compared with such places.
    """
    value, counting = returns.logarithm()
    tells = (returns.days >= TELLING) & (use.counts.sum(axis=1) > 0)
    says = says * tells
    if (says > 0).sum() < ENOUGH or not returns.pairs.any():
        return Seldom(np.full(len(value), np.nan), np.ones(len(value)), tells & False, 0.0)
    grows = slope(rate, value, says, use.group, (0.0, 1.0))
    value = value - grows * rate
    variance = np.ones(len(value))
    for which in np.unique(known):
        own = known == which
        scatter = scatter_of(value[own], counting[own], use.group[own], says[own], LEAST_SCATTER)
        value[own] -= scatter.middle
        variance[own] = counting[own] + np.maximum(scatter.below, LEAST_SCATTER)
    return Seldom(np.where(tells, value, np.nan), variance, tells, 1 - grows)


def _factors(away: Floats, counting: Floats, found: Expected, tells: Bools, seldom: Seldom) -> Floats:
    """Bayes factor of underuse by scans for the size and by returns together.

    Where few scan, returns fall by the same share; or not at all, where the same people always scan and the others never. Both are held to be
    as probable, so that returns can hardly speak for a venue, but strongly against it.
    """
    below, factor = counting + found.below, np.zeros(len(away))
    again = np.where(seldom.tells, seldom.value, 0.0)
    falls = [normal(again - seldom.shown * each, seldom.variance) for each in RATIOS]
    same = np.zeros(len(away))
    fewer = [normal(away - each, below) for each in RATIOS]
    honest = np.zeros(len(away))
    for which in np.unique(found.known):  # whose comparison is about as exact
        own = found.known == which
        tails = TAILS if which >= FOOTFALL else UNSIZED_TAILS
        honest[own] = honest_below(away[own], below[own], np.mean(fewer, axis=0)[own], tells[own], tails)
        telling = (tells & seldom.tells)[own]
        same[own] = honest_below(again[own], seldom.variance[own], np.mean(falls, axis=0)[own], telling)
    for one, other in zip(fewer, falls, strict=True):
        fall = np.where(seldom.tells, other / np.maximum(same, 1e-300), 1.0)
        factor += one / np.maximum(honest, 1e-300) * (fall + 1) / 2 / len(RATIOS)
    return np.where(away < 0, factor, 0.0)
