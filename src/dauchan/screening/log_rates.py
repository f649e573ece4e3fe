"""What is honest scatter of a logarithm and what is not: a null distribution taken from the venues themselves.

Most venues are honest, so the middle and the width of their figures say what chance and modelling errors do (Efron 2004, 'Large-scale
simultaneous hypothesis testing: the choice of a null hypothesis', JASA 99:96). The width is that of the side below the middle: popularity is skewed, and a symmetric
curve would take quiet places for violators. The tails are taken to be heavier than normal: Student's t. What a violation looks like is spread evenly over a range of
logarithms. The confidence is the posterior probability of the violation, one minus Efron's local false discovery rate.

How heavy the tail of honest venues is on the side where violators are, is found together with how many violators there are: of the tails that come into question, the one by which,
with some violators among them, the values below the middle are most probable (a mixture fitted by expectation and maximisation; Dempster, Laird & Rubin 1977).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.usual_use import Bools, Floats, Places

TAILS = (3, 5, 8, 12, 20, 40, 100)
"""Degrees of freedom that the null may have."""
HEAVY = 5
"""Degrees of freedom where fewer than `ENOUGH` venues say how heavy the tails are."""
ENOUGH = 50
TURNS = 12
PER_MAD = 1.4826
"""Standard deviations of a normal distribution per median absolute deviation (Rousseeuw & Croux 1993)."""
FULL = 12.0
"""As many venues of the wider pool count beside a group's own."""
LOW, NORMAL_LOW = 0.1, 1.2815515655446004
"""The quantile that tells how wide a side is, and how many widths from the middle it lies in a normal distribution."""
MOST_SKEWED = 3.0
FIRM = 200.0
"""As many venues count for what was thought beforehand of how common a violation is."""
PROBABLE_VIOLATOR = 0.5
"""A venue that is more probably a violator than not says nothing of honest ones."""
MISTAKEN, HALF = 0.05, 0.5
"""Share of the named that may be honest; half a one may be in any case, however few are named."""
LEAST_COMMON, MOST_COMMON = 0.001, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Of v values: the honest middle, and the variance of honest values below it beside that of counting."""

    middle: Floats
    below: Floats


def quantile(value: Floats, says: Floats, share: float) -> float:
    """The value below which that share of the weights lies; 0 where nothing has a weight."""
    used = says > 0
    if not used.any():
        return 0.0
    value, weight = value[used], says[used]
    if weight.min() == weight.max():  # as most often: in order they need not be told whose they are
        value = np.sort(value)
    else:
        order = np.argsort(value, kind="stable")
        value, weight = value[order], weight[order]
    at = (np.cumsum(weight) - weight / 2) / weight.sum()
    return float(np.interp(share, at, value))


def scatter_of(value: Floats, counting: Floats, group: Places, says: Floats, beforehand: float) -> Scatter:
    """Middle and variance by group; small groups lean on all together, and all on what was thought beforehand.

    Args:
        value: shape (v,).
        counting: the variance that counting alone makes of it, shape (v,).
        group: shape (v,).
        says: how far a venue says what is honest, 0 to 1, shape (v,).
        beforehand: variance where nothing is known.
    """
    pool, total = _told(value, counting, says), float(says.sum())
    skew = _skew(value - pool[0], counting, says, pool[1])
    wide = _lean(pool[1], total, beforehand)
    found = np.repeat(np.array([pool[0], wide])[:, None], len(value), axis=1)
    for each in np.unique(group):
        own = group == each
        count = float(says[own].sum())
        if count:
            middle, width = _told(value[own], counting[own], says[own])
            found[:, own] = np.array([_lean(middle, count, pool[0]), _lean(width, count, wide)])[:, None]
    return Scatter(found[0], found[1] * skew)


def _told(value: Floats, counting: Floats, says: Floats) -> tuple[float, float]:
    """Median, and what the scatter around it has beyond counting."""
    middle = quantile(value, says, 0.5)
    mad = PER_MAD * quantile(np.abs(value - middle), says, 0.5)
    return middle, max(mad**2 - quantile(counting, says, 0.5), 0.0)


def _skew(away: Floats, counting: Floats, says: Floats, width: float) -> float:
    """How much wider the lower side of all together is than the middle, for the tails begin there."""
    edge = quantile(away, says, LOW)
    below = (edge / NORMAL_LOW) ** 2 - quantile(counting, says, 0.5)
    return float(np.clip(below / max(width, 1e-6), 1.0, MOST_SKEWED)) if says.sum() >= ENOUGH else 1.0


def _lean(found: float, count: float, wider: float) -> float:
    return (count * found + FULL * wider) / (count + FULL)


def normal(value: NDArray[np.floating], variance: NDArray[np.floating]) -> Floats:
    """Density of a normal distribution around 0."""
    return np.asarray(np.exp(-(value**2) / (2 * variance)) / np.sqrt(2 * math.pi * variance))


def student(value: NDArray[np.floating], variance: NDArray[np.floating], freedom: int) -> Floats:
    """Density of Student's t around 0 whose middle is as wide as a normal distribution of that variance."""
    constant = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))
    return np.asarray(constant / np.sqrt(variance) * (1 + value**2 / (freedom * variance)) ** (-(freedom + 1) / 2))


def honest_below(
    value: Floats, variance: Floats, violation: Floats, tells: Bools, tails: tuple[int, ...] = TAILS
) -> Floats:
    """Density of honest values below the middle, with the tail by which the values of all are most probable.

    Args:
        value: deviations from the honest middle, shape (v,).
        variance: of counting and of honest venues below the middle together, shape (v,).
        violation: density of the value at a violator, shape (v,).
        tells: the venues that say what honest scatter is, shape (v,).
        tails: degrees of freedom that come into question.
    """
    used = tells & (value < 0)
    freedom = HEAVY
    if used.sum() >= ENOUGH:
        left, wide, other = value[used], variance[used], violation[used]
        freedom = max(tails, key=lambda each: _likelihood(student(left, wide, each), other))
    return student(value, variance, freedom)


def _likelihood(honest: Floats, violation: Floats) -> float:
    """Logarithm of the likelihood of honest values among which the most probable share are violators."""
    share = LEAST_COMMON
    for _ in range(TURNS):
        odd = share * violation
        share = float(np.clip((odd / np.maximum(odd + (1 - share) * honest, 1e-300)).mean(), 0, MOST_COMMON))
    return float(np.log(np.maximum(share * violation + (1 - share) * honest, 1e-300)).sum())


def evidence_for(value: Floats, variance: Floats, logarithms: Floats, tells: Bools) -> Floats:
    """How many times more probable a deviation is under a violation than by honest scatter (Bayes factor).

    Args:
        value: deviations from the honest middle, shape (v,).
        variance: of counting and of honest venues together, below the middle, shape (v,).
        logarithms: deviations that a violation would make, all as probable.
        tells: the venues that say what honest scatter is, shape (v,).
    """
    violation = np.mean([normal(value - each, variance) for each in logarithms], axis=0)
    honest = honest_below(value, variance, violation, tells)
    # What is scanned more than the middle is no violation, however odd.
    return np.asarray(np.where(value < 0, violation / np.maximum(honest, 1e-300), 0.0))


def posterior(factor: Floats, beforehand: float) -> Floats:
    """Probability of a violation, given its Bayes factor and its share beforehand."""
    odds = factor * beforehand / (1 - beforehand)
    return np.asarray(np.where(np.isinf(odds), 1.0, odds / (1 + odds)))


def prevalence(confidence: Floats, beforehand: float) -> float:
    """How common a violation is, by how probable it is at each venue and what was thought beforehand."""
    share = (float(confidence.sum()) + FIRM * beforehand) / (len(confidence) + FIRM)
    return min(max(share, LEAST_COMMON), MOST_COMMON)


def few_mistakes(confidence: Floats, least: float, share: float = MISTAKEN) -> Bools:
    """Which of all venues are named: the surest ones, as many as leave half a mistake to be expected, or that share of them.

    No rule with so few mistakes finds more (Sun & Cai 2007, 'Oracle and adaptive compound decision rules for false discovery rate control', JASA 102:901).

    Args:
        confidence: the probability of a violation, shape (v,).
        least: nothing less probable is named.
        share: of the named that may be honest.
    """
    order = np.argsort(-confidence, kind="stable")
    mistaken = np.cumsum(1 - confidence[order])
    named = np.zeros(len(confidence), np.bool_)
    few = mistaken <= np.maximum(share * np.arange(1, len(order) + 1), HALF)
    named[order[few & (confidence[order] >= least)]] = True
    return named
