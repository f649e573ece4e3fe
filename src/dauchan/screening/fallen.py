"""The sign `fallen`: scans that dropped far below the venue's own past, while its peers' did not.

For every day on which it may have begun, the rate since then is held against the rate before, both per unit of the peers' calendar. The
logarithm of their ratio scatters by counting, by the unevenness of days, and by what honest venues of its kind show around the same day
(`log_rates`). All days are as probable beforehand; the sign begins on the most probable one.
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import evidence_for, posterior, scatter_of
from dauchan.screening.usual_use import Floats, Places, UsualUse

BEFOREHAND = 0.01
RATIOS = np.log(np.geomspace(0.02, 0.5, 12))
"""What is left of the use before: from hardly any to a half."""
SHORTEST_PAST, SHORTEST_FALL = 6.0, 3.0
"""Days' worth of the calendar that must lie before, and since."""
USUAL_SCATTER = 0.02
"""Variance of the logarithm of the ratio where hardly any venue tells."""
TELLING = 20
"""Scans on each side from which a venue says what honest scatter is."""


@dataclass(frozen=True, slots=True, eq=False)
class Falls:
    """Of v venues: how sure a fall is, the column of its first day, scans expected since then by the rate before."""

    confidence: Floats
    begin: Places
    expected: Floats


def falls(use: UsualUse) -> Falls:
    """The most probable fall of each venue."""
    count, days = use.counts.shape
    factors = np.zeros((days, count))
    for begin in range(days):
        factors[begin] = _factor(use, begin)
    possible = np.maximum((factors > 0).sum(axis=0), 1)
    begin = factors.argmax(axis=0)
    at = np.arange(count)
    before = np.arange(days)[None] < begin[:, None]
    rate = _sum(use.counts, before) / np.maximum(_sum(use.weight, before), 1e-9)
    confidence = posterior(factors.sum(axis=0) / possible, BEFOREHAND)
    return Falls(np.where(factors[begin, at] > 0, confidence, 0.0), begin, rate * _sum(use.weight, ~before))


def _factor(use: UsualUse, begin: int) -> Floats:
    """Bayes factor of a fall that began with this column; 0 where it cannot be told."""
    before, since = use.weight[:, :begin], use.weight[:, begin:]
    past, fall = before.sum(axis=1), since.sum(axis=1)
    seen, left = use.counts[:, :begin].sum(axis=1), use.counts[:, begin:].sum(axis=1)
    tellable = (past >= SHORTEST_PAST) & (fall >= SHORTEST_FALL) & (seen > 0)
    if not tellable.any():
        return np.zeros(len(past))
    past, fall = np.maximum(past, 1e-9), np.maximum(fall, 1e-9)
    ratio = np.log((left + 0.5) / fall) - np.log((seen + 0.5) / past)
    days = (before**2).sum(axis=1) / past**2 + (since**2).sum(axis=1) / fall**2
    variance = 1 / (left + 0.5) + 1 / (seen + 0.5) + use.unevenness * days
    tells = tellable & (seen >= TELLING) & (left >= TELLING)
    scatter = scatter_of(ratio, variance, use.group, tells.astype(np.float64), USUAL_SCATTER)
    return np.where(tellable, evidence_for(ratio - scatter.middle, variance + scatter.below, RATIOS, tells), 0.0)


def _sum(values: Floats | Places, where: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Floats:
    return np.asarray((values * where).sum(axis=1), np.float64)
