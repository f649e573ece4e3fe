"""What use peers of its size have: what a venue's scans are held against, and how far honest venues are from that.

Scans per visitor are compared, never scans (CASE 24). What is known of a venue's size differs, so venues are compared with those of whom the same is known: footfall and
staff, one of them, or neither. With a footfall the use per visitor of the kind is expected, mended by the staff where that contradicts the footfall; with
staff alone use grows with a power of it that is read from the venues; with neither nothing but the kind is known.

What venues of one unit then still share (a ward where fewer are asked to scan) is expected too, shrunk as far as units differ by no more than chance (empirical Bayes;
Morris 1983, 'Parametric empirical Bayes inference', JASA 78:47).
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import FULL, PER_MAD, quantile, scatter_of
from dauchan.screening.usual_use import Bools, Floats, Places

SLOPES = 0.2, 1.5
NOTHING, STAFF, FOOTFALL = 0, 1, 2
BEFOREHAND = 0.8, 0.3, 0.15, 0.12
"""Variance of the logarithm where hardly any venue tells: with nothing, staff, footfall, or both known."""
AT_ODDS = 1.0
"""A staff that contradicts the footfall by more than this logarithm says no more than this."""
FEWEST_OF_UNIT = 4
LEAST = 1e-3
OUTLIER = 2.5
"""Widths from the middle beyond which a venue does not say how one thing grows with another."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What is compared of v venues, columns of shape (v,).

    Attributes:
        rate: the logarithm of scans per unit of the calendar; `counting`: the variance that counting makes of it.
        footfall, staff: sizes, 0 where nobody says.
        group, unit: numbers of the peers and of the administrative unit.
        says: how far a venue says what is honest, 0 to 1.
    """

    rate: Floats
    counting: Floats
    footfall: Floats
    staff: Floats
    group: Places
    unit: Places
    says: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Of v venues: the logarithm of the usual rate, the variance of honest venues below it, and what is known of the size (0 to 3)."""

    usual: Floats
    below: Floats
    known: Places


def expected_use(of: Compared) -> Expected:
    """Fit the middle and the scatter by what is known of a venue."""
    known = np.asarray(STAFF * (of.staff > 0) + FOOTFALL * (of.footfall > 0), np.int64)
    usual, below = np.zeros((2, len(known)))
    for which in np.unique(known).tolist():
        own = known == which
        base = _by_size(of, own, which)
        middle = scatter_of(
            of.rate[own] - base, of.counting[own], of.group[own], of.says[own], BEFOREHAND[which]
        ).middle
        usual[own] = base + middle
    usual += _of_unit(of, usual)
    for which in np.unique(known).tolist():
        own = known == which
        left = of.rate[own] - usual[own]
        scatter = scatter_of(left, of.counting[own], of.group[own], of.says[own], BEFOREHAND[which])
        below[own] = np.maximum(scatter.below, LEAST)
    return Expected(usual, below, known)


def _by_size(of: Compared, own: Bools, which: int) -> Floats:
    """What the sizes let expect, but for the middle of the kind."""
    says, group, rate = of.says[own], of.group[own], of.rate[own]
    if which == NOTHING:
        return np.zeros(len(rate))
    staff = np.log(np.maximum(of.staff[own], 1e-9))
    if which == STAFF:
        return slope(staff, rate, says, group, SLOPES) * staff
    visitors = np.log(of.footfall[own])
    if which == FOOTFALL:
        return visitors
    odds = staff - slope(visitors, staff, says, group, SLOPES) * visitors
    odds -= scatter_of(odds, np.zeros(len(odds)), group, says, 1.0).middle
    odds = np.clip(odds, -AT_ODDS, AT_ODDS)
    return np.asarray(visitors + slope(odds, rate - visitors, says, group, (0.0, 1.0)) * odds)


def _of_unit(of: Compared, usual: Floats) -> Floats:
    """What venues of a unit share, as a logarithm."""
    away = of.rate - usual
    sized = of.says * (of.footfall > 0)
    says = sized if sized.sum() > FULL else of.says
    width = max(PER_MAD * quantile(np.abs(away), says, 0.5), 1e-6)
    units = int(of.unit.max(initial=0)) + 1
    count = np.bincount(of.unit, weights=says, minlength=units)
    near = np.clip(away, -2 * width, 2 * width) * says
    mean = np.bincount(of.unit, weights=near, minlength=units) / np.maximum(count, 1e-9)
    many = count >= FEWEST_OF_UNIT
    if many.sum() < FEWEST_OF_UNIT:
        return np.zeros(len(away))
    chance = width**2 / np.maximum(count, 1.0)
    differ = max(float(np.average(mean[many] ** 2 - chance[many], weights=count[many])), 0.0)
    return np.asarray((mean * differ / (differ + chance))[of.unit])


def slope(x: Floats, y: Floats, says: Floats, group: Places, bounds: tuple[float, float]) -> float:
    """How y grows with x within groups; least squares without outliers."""
    used = says > 0
    found = min(max(1.0, bounds[0]), bounds[1])
    if used.sum() < 3:  # noqa: PLR2004 — a line through two points says nothing
        return found
    weight, x, y = says[used], x[used], y[used]
    for each in np.unique(group[used]):
        own = group[used] == each
        x[own], y[own] = x[own] - np.median(x[own]), y[own] - np.median(y[own])
    for _ in range(6):
        rest = y - found * x
        near = weight * (np.abs(rest) <= OUTLIER * PER_MAD * max(float(np.median(np.abs(rest))), 1e-6))
        found = float(np.clip((near * x * y).sum() / max(float((near * x**2).sum()), 1e-9), *bounds))
    return found
