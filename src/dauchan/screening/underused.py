"""The sign `underused`: far fewer scans than peers of the same kind have, given how many visitors and staff the venue has.

Scans per visitor a day are compared, never scans (CASE 24): the declared or counted footfall says how many visitors there are. The staff says it
less exactly: how scans grow with staff is read from the venues themselves. Where both are known the two comparisons are weighed by how exact each is
among honest venues; where neither is, venues of a kind differ so much by themselves that hardly anything can be said. The logarithm of scans per
size scatters between honest venues by what they declare and by who asks visitors to scan; both are taken from the peers (`log_rates`).

Beside the size, and where nobody knows it, stands how often those who scanned scan again (`returning`): that falls with the share of visitors who
scan, whatever the size. A venue is named only where it has fewer scans than its size lets expect.
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import ENOUGH, HEAVY, PER_MAD, normal, null_of, posterior, student, tails_of
from dauchan.screening.returning import PEOPLE_A_DAY, Returns
from dauchan.screening.usual_use import Bools, Floats, Places, UsualUse

BEFOREHAND = 0.02
RATIOS = np.log(np.geomspace(0.02, 0.4, 12))
"""Use beside that of peers: from hardly any to two fifths."""
TELLING = 20
SHORTEST = 5.0
"""Days' worth of the calendar that must be known."""
SLOPES = 0.2, 2.5
OUTLIER = 2.5
"""Widths from the middle beyond which a venue does not say how scans grow with staff."""
FEWER = np.log(0.8)
"""A venue that has more than this of its expected scans is not underused, however seldom people scan again."""
LEAST_SCATTER = 0.02
"""Variance of the returns of honest venues that is assumed at least: a seventh either way."""
UNKNOWN = 1e6
"""Variance of a comparison that cannot be made."""


@dataclass(frozen=True, slots=True, eq=False)
class Underuse:
    """Of v venues, shape (v,).

    Attributes:
        confidence: how sure underuse is.
        expected: the scans that peers of its size would have had.
        usual_rate: the same per unit of the calendar.
        scatter: variance of the logarithm of that rate among honest venues.
        again: how often people scan again beside peers; 1 is as often, NaN where that says nothing.
    """

    confidence: Floats
    expected: Floats
    usual_rate: Floats
    scatter: Floats
    again: Floats


def underuse(use: UsualUse, footfall: Floats, staff: Floats, is_active: Bools, returns: Returns) -> Underuse:
    """How each venue's use compares with that of its peers.

    Args:
        use: its scans, and what calendar and scatter are usual.
        footfall: visitors on an ordinary day, shape (v,); 0 where nobody says.
        staff: people who work there, shape (v,); 0 where nobody says.
        is_active: the venues that are to be judged, and that others are compared with, shape (v,).
        returns: how often those who scanned scan again.
    """
    seen, known = use.counts.sum(axis=1), use.weight.sum(axis=1)
    rate = np.log((seen + 0.5) / np.maximum(known, 1e-9))
    days = (use.weight**2).sum(axis=1) / np.maximum(known, 1e-9) ** 2
    counting = 1 / (seen + 0.5) + use.unevenness * days
    tells = is_active & (seen >= TELLING) & (known >= SHORTEST)
    by_visitor = _compared(rate, footfall, 1.0, counting, use.group, tells)
    slope = _slope(rate, staff, use.group, tells)
    by_staff = _compared(rate, staff, slope, counting, use.group, tells)
    nothing = _compared(rate, np.ones(len(rate)), 0.0, counting, use.group, tells)
    sure = [1 / scatter for _, scatter in (by_visitor, by_staff)]
    is_sized = (footfall > 0) | (staff > 0)
    scatter = np.where(is_sized, 1 / np.maximum(sure[0] + sure[1], 1e-12), nothing[1])
    usual = np.where(is_sized, (sure[0] * by_visitor[0] + sure[1] * by_staff[0]) * scatter, nothing[0])
    seldom = _seldom(use, is_active, returns)
    factor = np.zeros(len(rate))
    for alike in (footfall > 0, footfall <= 0):  # whose comparison is about as exact
        away, variance = (rate - usual)[alike], (counting + scatter)[alike]
        factor[alike] = _evidence(away, variance, tells[alike], seldom.of(alike))
    judged = is_active & (seen > 0) & (known >= SHORTEST) & (rate - usual < FEWER)
    confidence = np.where(judged, posterior(factor, BEFOREHAND), 0.0)
    return Underuse(confidence, np.exp(usual) * known, np.exp(usual), scatter, np.exp(seldom.value))


@dataclass(frozen=True, slots=True, eq=False)
class Seldom:
    """How often people scan again beside peers, as a logarithm; its variance, and whether that says anything."""

    value: Floats
    variance: Floats
    tells: Bools
    freedom: int

    def of(self, some: Bools) -> "Seldom":
        return Seldom(self.value[some], self.variance[some], self.tells[some], self.freedom)


def _seldom(use: UsualUse, is_active: Bools, returns: Returns) -> Seldom:
    value, counting = returns.logarithm()
    tells = is_active & (returns.days >= TELLING) & (use.counts.sum(axis=1) > 0)
    if tells.sum() < ENOUGH or not returns.pairs.any():
        return Seldom(np.full(len(value), np.nan), np.ones(len(value)), np.zeros(len(value), np.bool_), HEAVY)
    middle, scatter = null_of(value, counting, use.group, tells)
    away, variance = value - middle, counting + np.maximum(scatter, LEAST_SCATTER)
    # Whoever draws a good part of all people sees them again more often: that is no chance.
    usual = tells & (use.rate < PEOPLE_A_DAY)
    return Seldom(np.where(tells, away, np.nan), variance, tells, tails_of(away[usual], variance[usual]))


def _evidence(away: Floats, variance: Floats, tells: Bools, seldom: Seldom) -> Floats:
    """Bayes factor of underuse by scans for the size and by returns together.

    Where few scan, returns fall by the same share; or not at all, where the same people always scan and the others never. Both are held to be
    as probable, so that returns can hardly speak for a venue, but strongly against it.
    """
    again = np.where(seldom.tells, seldom.value, 0.0)
    honest = student(again, seldom.variance, seldom.freedom)
    both = []
    for each in RATIOS:
        fall = np.where(seldom.tells, normal(again - each, seldom.variance) / np.maximum(honest, 1e-300), 1.0)
        both.append(normal(away - each, variance) * (fall + 1) / 2)
    usual = student(away, variance, tails_of(away[tells], variance[tells]))
    return np.where(away < 0, np.mean(both, axis=0) / np.maximum(usual, 1e-300), 0.0)


def _compared(
    rate: Floats, size: Floats, slope: float, counting: Floats, group: Places, tells: Bools
) -> tuple[Floats, Floats]:
    """The logarithm of the rate that peers of its size have, and the variance of honest venues around it."""
    has = size > 0
    per_size = rate - slope * np.log(np.where(has, size, 1))
    middle, scatter = np.zeros(len(rate)), np.full(len(rate), UNKNOWN)
    if (has & tells).any():
        middle[has], scatter[has] = null_of(per_size[has], counting[has], group[has], tells[has])
    return rate - per_size + middle, np.maximum(scatter, 1e-3)


def _slope(rate: Floats, size: Floats, group: Places, tells: Bools) -> float:
    """How the logarithm of the rate grows with that of the size within groups; least squares without outliers."""
    used = tells & (size > 0)
    if used.sum() < 3:  # noqa: PLR2004 — a line through two points says nothing
        return 1.0
    x, y = np.log(size[used]), rate[used]
    for each in np.unique(group[used]):
        own = group[used] == each
        x[own], y[own] = x[own] - np.median(x[own]), y[own] - np.median(y[own])
    slope = 1.0
    for _ in range(5):
        rest = y - slope * x
        near = np.abs(rest) <= OUTLIER * PER_MAD * max(float(np.median(np.abs(rest))), 1e-6)
        slope = float(np.clip((x[near] * y[near]).sum() / max(float((x[near] ** 2).sum()), 1e-9), *SLOPES))
    return slope
