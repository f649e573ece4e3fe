"""The sign `unreadable`: visitors who try to scan the poster and fail.

Counted are failed scans *whose code could not be read*; a camera that is missing or a foreign code is not the poster's fault. They are held against all
who were to be expected to scan: those who scanned or failed, or, where that is more, the use that was usual before or that peers have. So a place where
hardly anybody tries is not taken for one where nobody succeeds. The share is beta distributed: closely around the usual share at honest
venues, widely and high at bad posters. For every day on which it may have begun the two are compared; all days are as probable beforehand.
"""

import math
from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import posterior
from dauchan.screening.usual_use import Counts, Floats, Places, UsualUse

BEFOREHAND = 0.01
BAD = 3.0, 2.0
"""The beta distribution of the share that fails at a bad poster: three in five, widely."""
LEAST_USUAL, FIRMNESS = 0.01, 25.0
"""The usual share is at least this; honest venues scatter around it as much as this many scans would."""
FEWEST = 8
"""Failed scans without which nothing is said."""
LEAST_SHARE = 0.2
_lgamma = np.vectorize(math.lgamma, otypes=[np.float64])


@dataclass(frozen=True, slots=True, eq=False)
class Failures:
    """Of v venues: how sure it is that the poster cannot be read, since which column, those expected to scan since, those that failed."""

    confidence: Floats
    begin: Places
    expected: Floats
    failed: Counts


def failures(use: UsualUse, failed: Counts, usual_rate: Floats) -> Failures:
    """How each venue's failed scans compare with what is usual.

    Args:
        use: scans and calendar.
        failed: scans whose code could not be read, shape (v, d).
        usual_rate: what peers of its size have, per unit of the calendar, shape (v,); 0 where that is not known well.
    """
    since, scans = _since(failed), _since(use.counts)
    weight, before = _since(use.weight), use.counts.cumsum(axis=1) - use.counts
    past = use.weight.cumsum(axis=1) - use.weight
    rate = np.maximum(np.where(past >= 1, before / np.maximum(past, 1e-9), 0), usual_rate[:, None])
    expected = np.maximum(since + scans, rate * weight)
    usual = max(LEAST_USUAL, float(failed.sum()) / max(1.0, float(failed.sum() + use.counts.sum())))
    honest = usual * FIRMNESS, (1 - usual) * FIRMNESS
    factor = np.exp(np.clip(_log_beta(since, expected, BAD) - _log_beta(since, expected, honest), -50, 500))
    tellable = (since >= FEWEST) & (since >= LEAST_SHARE * expected)
    factor = np.where(tellable, factor, 0.0)
    begin, at = factor.argmax(axis=1), np.arange(len(factor))
    confidence = posterior(factor.sum(axis=1) / factor.shape[1], BEFOREHAND)
    return Failures(confidence, begin, expected[at, begin], since[at, begin].astype(np.int64))


def _since(values: Floats | Counts) -> Floats:
    """Sums from each column to the last."""
    return np.asarray(values[:, ::-1].cumsum(axis=1)[:, ::-1], np.float64)


def _log_beta(hits: Floats, tries: Floats, prior: tuple[float, float]) -> Floats:
    """Logarithm of the beta-binomial probability, up to what both distributions share."""
    a, b = prior
    return np.asarray(
        _lgamma(hits + a)
        + _lgamma(tries - hits + b)
        - _lgamma(tries + a + b)
        - (math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))
    )
