"""What the venues of a unit share on single days: rain, a fair, a ward that is sealed off.

On every day the scans of a unit are held against what its venues have on such days of the calendar. What they share is kept as far as it is more than chance
(the non-negative garrote; Gao 1998, 'Wavelet shrinkage denoising using the non-negative garrote', JCGS 7:469), so that without a common cause nothing is changed. It is
shared only if most venues show it: of their mean and their median the one nearer to the ordinary counts, so that a single violator moves nobody's calendar.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Places = NDArray[np.int64]

CHANCE = 3.0
"""Widths of chance below which nothing is shared."""
FEWEST = 8
"""Scanned venues of a unit without which it says nothing."""


def shared_by_unit(counts: Counts, means: Floats, unevenness: Floats, say: Floats, unit: Places) -> Floats:
    """Factor of the calendar by unit and day, shape (units, d); 1 where nothing is shared.

    Args:
        counts: scans, shape (v, d).
        means: what the calendar lets expect without the unit, shape (v, d).
        unevenness: of days, shape (v,).
        say: how much each venue's share of its own scans counts, shape (v,).
        unit: number of each venue's unit, shape (v,).
    """
    is_scanned = means.sum(axis=1) > 0
    factor = np.ones((int(unit.max(initial=0)) + 1, counts.shape[1]))
    if len(factor) == 1:
        return factor
    by_unit = np.argsort(unit, kind="stable")
    for own in np.split(by_unit, np.flatnonzero(np.diff(unit[by_unit])) + 1):
        scanned = own[is_scanned[own]]
        if len(scanned) >= FEWEST:
            found = _shared(counts[scanned], means[scanned], say[scanned, None], unevenness[scanned, None])
            factor[unit[own[0]]] = found / max(float(np.median(found)), 1e-3)
    return factor


def _shared(counts: Counts, mean: Floats, say: Floats, unevenness: Floats) -> Floats:
    """The same of one unit, shape (d,)."""
    expected = (mean * say).sum(axis=0)
    ratio = (counts * say).sum(axis=0) / np.maximum(expected, 1e-9)
    chance = (say**2 * (mean + unevenness * mean**2)).sum(axis=0) / np.maximum(expected, 1e-9) ** 2
    nearer = _nearer(ratio, _median(counts / np.maximum(mean, 1e-9), mean * say)) - 1
    kept = np.maximum(0.0, 1 - CHANCE**2 * chance / np.maximum(nearer**2, 1e-12))
    return np.where(expected > 0, 1 + nearer * kept, 1.0)


def _nearer(one: Floats, other: Floats) -> Floats:
    """Of two figures on the same side of 1 the nearer, else 1."""
    near = np.where(np.abs(one - 1) < np.abs(other - 1), one, other)
    return np.where((one - 1) * (other - 1) > 0, near, 1.0)


def _median(value: Floats, weight: Floats) -> Floats:
    """Weighted medians of the columns."""
    order = np.argsort(value, axis=0, kind="stable")
    share = np.take_along_axis(weight, order, axis=0).cumsum(axis=0)
    at = (share >= share[-1:] / 2).argmax(axis=0)
    return np.asarray(np.take_along_axis(value, order, axis=0)[at, np.arange(value.shape[1])])
