"""What is honest scatter of a logarithm and what is not: a null distribution taken from the venues themselves.

Most venues are honest, so the middle and the width of their figures say what chance and modelling errors do (Efron 2004, 'Large-scale
simultaneous hypothesis testing: the choice of a null hypothesis', JASA 99:96). Its tails are taken to be heavier than normal: Student's t. What
a violation looks like is spread evenly over a range of logarithms. The confidence is the posterior probability of the violation, one minus Efron's local
false discovery rate.

How heavy the tails are is read from the venues that are scanned *more* than expected: no violation makes those, and honest scatter is taken to be
as wide to either side (the idea of decoys: Barber & Candès 2015, 'Controlling the false discovery rate via knockoffs', Annals of Statistics 43:2055).
"""

import math

import numpy as np
from numpy.typing import NDArray

from dauchan.screening.usual_use import Bools, Floats, Places

TAILS = (3, 5, 8, 12, 20, 40)
"""Degrees of freedom that the null may have."""
HEAVY = 5
"""Degrees of freedom where fewer than `ENOUGH` venues say how heavy the tails are."""
ENOUGH = 50
MISTAKE = 6.0
"""Widths above the middle beyond which a figure is a mistake in the register, a footfall of 1 for instance, and says nothing of scatter."""
PER_MAD = 1.4826
"""Standard deviations of a normal distribution per median absolute deviation (Rousseeuw & Croux 1993)."""
FEWEST = 8
"""As many venues of a pool count beside a group's own."""


def null_of(value: Floats, variance: Floats, group: Places, tells: Bools) -> tuple[Floats, Floats]:
    """Middle and variance of honest values, by group; small groups lean on all together.

    Args:
        value: shape (v,).
        variance: what counting alone makes of it, shape (v,).
        group: shape (v,).
        tells: whose value is sure enough to say something, shape (v,).

    Returns:
        The middle, and the variance beside that of counting, each of shape (v,).
    """
    pool = _scatter(value[tells], variance[tells])
    middle, width = np.full(len(value), pool[0]), np.full(len(value), pool[1])
    for each in np.unique(group):
        own = group == each
        count = int((own & tells).sum())
        if count:
            here = _scatter(value[own & tells], variance[own & tells])
            share = count / (count + FEWEST)
            middle[own] = share * here[0] + (1 - share) * pool[0]
            width[own] = share * here[1] + (1 - share) * (pool[1] + share * (here[0] - pool[0]) ** 2)
    return middle, width


def _scatter(value: Floats, variance: Floats) -> tuple[float, float]:
    """Median, and what the scatter around it has beyond counting."""
    if not len(value):
        return 0.0, 1.0
    middle = float(np.median(value))
    mad = PER_MAD * float(np.median(np.abs(value - middle)))
    return middle, max(mad**2 - float(np.median(variance)), 0.0)


def normal(value: NDArray[np.floating], variance: NDArray[np.floating]) -> Floats:
    """Density of a normal distribution around 0."""
    return np.asarray(np.exp(-(value**2) / (2 * variance)) / np.sqrt(2 * math.pi * variance))


def student(value: NDArray[np.floating], variance: NDArray[np.floating], freedom: int) -> Floats:
    """Density of Student's t around 0 whose middle is as wide as a normal distribution of that variance."""
    constant = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))
    return np.asarray(constant / np.sqrt(variance) * (1 + value**2 / (freedom * variance)) ** (-(freedom + 1) / 2))


def tails_of(value: Floats, variance: Floats) -> int:
    """The degrees of freedom by which values above the middle are most probable."""
    above = (value > 0) & (value**2 < MISTAKE**2 * variance)
    if above.sum() < ENOUGH:
        return HEAVY
    return max(TAILS, key=lambda freedom: float(np.log(student(value[above], variance[above], freedom)).sum()))


def evidence_for(value: Floats, variance: Floats, logarithms: Floats, tells: Bools) -> Floats:
    """How many times more probable a deviation is under a violation than by honest scatter (Bayes factor).

    Args:
        value: deviations from the honest middle, shape (v,).
        variance: of counting and of honest venues together, shape (v,).
        logarithms: deviations that a violation would make, all as probable.
        tells: the venues that say what honest scatter is, shape (v,).
    """
    violation = np.mean([normal(value - each, variance) for each in logarithms], axis=0)
    honest = student(value, variance, tails_of(value[tells], variance[tells]))
    # What is scanned more than the middle is no violation, however odd.
    return np.asarray(np.where(value < 0, violation / np.maximum(honest, 1e-300), 0.0))


def posterior(factor: Floats, beforehand: float) -> Floats:
    """Probability of a violation, given its Bayes factor and its share beforehand."""
    odds = factor * beforehand / (1 - beforehand)
    return np.asarray(np.where(np.isinf(odds), 1.0, odds / (1 + odds)))
