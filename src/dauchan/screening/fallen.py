"""The sign `fallen`: scans that dropped far below the venue's own past, while its peers' did not.

For every day on which it may have begun, the rate since then is held against the rate before, both per unit of the peers' calendar. The
logarithm of their ratio scatters by counting, by the unevenness of days, and by what honest venues of its kind show around the same day
(`log_rates`). All days are as probable beforehand; the sign begins on the most probable one.
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.closures import SHORTEST as SHORTEST_CLOSURE
from dauchan.screening.log_rates import evidence_for, posterior, scatter_of
from dauchan.screening.usual_use import Counts, Floats, Places, UsualUse

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
    quiet = _quiet_days(use.counts)
    unended = np.where(quiet >= SHORTEST_CLOSURE, use.unended[quiet], 0.0)
    factors = np.zeros((days, count))
    for begin in range(days):
        factors[begin] = _factor(use, begin, quiet, unended)
    possible = np.maximum((factors > 0).sum(axis=0), 1)
    begin = factors.argmax(axis=0)
    at = np.arange(count)
    before = np.arange(days)[None] < begin[:, None]
    rate = _sum(use.counts, before) / np.maximum(_sum(use.weight, before), 1e-9)
    confidence = posterior(factors.sum(axis=0) / possible, BEFOREHAND)
    return Falls(np.where(factors[begin, at] > 0, confidence, 0.0), begin, rate * _sum(use.weight, ~before))


def _quiet_days(counts: Counts) -> Places:
    """Last days without any scan, shape (v,)."""
    scanned = counts > 0
    return np.asarray(np.where(scanned.any(axis=1), scanned[:, ::-1].argmax(axis=1), counts.shape[1]))


def _factor(use: UsualUse, begin: int, quiet: Places, unended: Floats) -> Floats:
    """Bayes factor of a fall that began with this column; 0 where it cannot be told.

    Where a closure that has not ended yet explains the last days, the days before them must speak for a fall.
    """
    since = use.weight[:, begin:]
    seen, left = use.counts[:, :begin].sum(axis=1), use.counts[:, begin:].sum(axis=1)
    tellable = (use.weight[:, :begin].sum(axis=1) >= SHORTEST_PAST) & (since.sum(axis=1) >= SHORTEST_FALL) & (seen > 0)
    if not tellable.any():
        return np.zeros(len(seen))
    ratio, variance = _ratio(use, begin, since)
    tells = tellable & (seen >= TELLING) & (left >= TELLING)
    scatter = scatter_of(ratio, variance, use.group, tells.astype(np.float64), USUAL_SCATTER)
    factor = evidence_for(ratio - scatter.middle, variance + scatter.below, RATIOS, tells)
    if (unended > 0).any():
        open_days = since * (np.arange(since.shape[1]) < since.shape[1] - quiet[:, None])
        ratio, variance = _ratio(use, begin, open_days)
        without = evidence_for(ratio - scatter.middle, variance + scatter.below, RATIOS, tells)
        without = np.where(open_days.any(axis=1), without, 1.0)
        factor = 1 / (1 / np.maximum(factor, 1e-300) + unended / np.maximum(without, 1e-300))
    return np.where(tellable, factor, 0.0)


def _ratio(use: UsualUse, begin: int, since: Floats) -> tuple[Floats, Floats]:
    """Logarithm of the rate since a column beside the rate before, and the variance that chance makes of it."""
    before = use.weight[:, :begin]
    past, fall = np.maximum(before.sum(axis=1), 1e-9), np.maximum(since.sum(axis=1), 1e-9)
    seen, left = use.counts[:, :begin].sum(axis=1) + 0.5, use.counts[:, begin:].sum(axis=1) + 0.5
    days = (before**2).sum(axis=1) / past**2 + (since**2).sum(axis=1) / fall**2
    return np.log(left / fall) - np.log(seen / past), 1 / left + 1 / seen + use.unevenness * days


def _sum(values: Floats | Places, where: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Floats:
    return np.asarray((values * where).sum(axis=1), np.float64)
