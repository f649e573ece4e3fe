"""What was to be expected day by day: the band within which nine honest days in ten lie, to be drawn beside what was seen.

A day's scans are negative binomial around *rate × calendar* (`usual_use`). That the rate itself is not known exactly widens the band: a
log-normal rate of variance s² makes a negative binomial nearly another one, with the unevenness `a + (exp(s²) − 1)(1 + a)` (the variance of a
mixture; Hilbe 2011, ch. 8). Quantiles are exact up to `LARGEST`. Beyond, the count is nearly gamma distributed: even days by the cube of Wilson & Hilferty
(1931, PNAS 17:684), uneven ones in proportion to `LARGEST`.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from dauchan.screening.usual_use import Counts, Floats

TAIL = 0.05
"""Share of honest days below the band, and above it."""
NORMAL_TAIL = 1.6448536269514722
LARGEST = 2000.0
EVEN = 0.1
"""Unevenness up to which the cube is exact to a hundredth."""
WIDEST = 1.0
"""Variance of the logarithm of a rate beyond which a band would say nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Days of one venue, columns of one length: between `low` and `high` was to be expected, `middle` on average."""

    first_on: date
    low: Counts
    middle: Floats
    high: Counts
    observed: Counts

    @property
    def days(self) -> list[date]:
        return [self.first_on + timedelta(days=at) for at in range(len(self.observed))]


def expected_band(mean: Floats, unevenness: float, variance: float = 0.0) -> tuple[Counts, Counts]:
    """The least and the most scans of an honest day.

    Args:
        mean: expected scans of each day, shape (d,); 0 where nothing is expected.
        unevenness: of days around it.
        variance: of the logarithm of the rate, as far as that is not known.
    """
    grown = math.expm1(min(variance, WIDEST))
    uneven = max(unevenness + grown * (1 + unevenness), 1e-6)
    low, high = np.zeros(len(mean), np.int64), np.zeros(len(mean), np.int64)
    exact = (mean > 0) & (mean <= LARGEST)
    if exact.any():
        ways = _ways(_most(float(mean[exact].max()), uneven), uneven)
        for at in np.flatnonzero(exact).tolist():
            low[at], high[at] = _exact(float(mean[at]), uneven, ways)
    for at in np.flatnonzero(mean > LARGEST).tolist():
        low[at], high[at] = _by_gamma(float(mean[at]), uneven)
    return low, high


def _most(mean: float, uneven: float) -> int:
    """A count that is practically never exceeded."""
    return int(mean + 12 * math.sqrt(mean + uneven * mean**2)) + 20


def _ways(most: int, uneven: float) -> Floats:
    """Logarithm of the part of the probabilities that is the same for every mean: the generalised binomial coefficient."""
    each = np.arange(1, most)
    return np.concatenate([[0.0], np.cumsum(np.log((each - 1 + 1 / uneven) / each))])


def _exact(mean: float, uneven: float, ways: Floats) -> tuple[int, int]:
    """Quantiles by adding up probabilities."""
    most = _most(mean, uneven)
    odds = math.log(uneven * mean / (1 + uneven * mean))
    below = np.cumsum(np.exp(ways[:most] + np.arange(most) * odds - math.log1p(uneven * mean) / uneven))
    return int(np.searchsorted(below, TAIL)), int(np.searchsorted(below, 1 - TAIL))


def _by_gamma(mean: float, uneven: float) -> tuple[int, int]:
    if uneven > EVEN:
        low, high = _exact(LARGEST, uneven, _ways(_most(LARGEST, uneven), uneven))
        return math.floor(low * mean / LARGEST), math.ceil(high * mean / LARGEST)
    width = (1 / mean + uneven) / 9
    least, most = (mean * max(0.0, 1 - width + side * NORMAL_TAIL * math.sqrt(width)) ** 3 for side in (-1, 1))
    return math.floor(least), math.ceil(most)
