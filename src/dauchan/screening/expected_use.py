"""How many scans a venue should have had, from its peers and from its own past.

Scans of venue v on day t are taken as negative binomial with mean `rate[v] × size[v] × season[t]` and variance
`mean + mean² / evenness` (Hilbe 2011, 'Negative binomial regression', 'NB2'):

- `season` is the category's own calendar: its scans on that day over its daily mean. Weekends, holidays and lockdowns are in
  it, so that a school's Sunday or a day without any data weighs nothing.
- `size` is the expected footfall where the register knows it: venues are compared per visitor, not by raw counts.
- `rate` differs between the venues of a category by a log-normal distribution, fitted to the peers that are scanned. Venues with
  few scans make it wider than it is, which errs on the side of the venue.
- `evenness` comes from the scatter of single days around the mean, by moments; the median over venues, so that a few that
  stopped, or were scanned from a desk, do not move it.

What is expected of one venue is averaged over its possible rates, each weighed by the peers (prior) and by how well it explains the
venue's own past days (likelihood): Bayes' rule on a grid of rates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

FEWEST_PEERS = 5
"""A category with fewer scanned venues is judged by all venues together."""

FEWEST_SCANS = 10
"""Scans a venue must have before it says anything about evenness."""

EVENNESS_LIMITS = (0.05, 1e4)
LEAST_SPREAD = 0.1
GRID = np.linspace(-4.5, 4.5, 91)
"""The possible rates, in standard deviations of their logarithm."""


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """What the venues of a category have in common.

    Attributes:
        season: weight of each day, mean 1 over the days, shape (days,).
        log_rate, spread: mean and standard deviation of the logarithm of daily rates per unit of size.
        evenness: how evenly a venue's scans fall on its days; very large for Poisson counts.
        scanned: how many venues this rests on.
    """

    season: Floats
    log_rate: float
    spread: float
    evenness: float
    scanned: int

    def prediction(self, size: float, past: Counts, past_season: Floats, season: Floats) -> tuple[float, float]:
        """Expected scans, and the probability of none where nothing is wrong.

        Args:
            size: the venue's size.
            past: its scans on past days, shape (p,).
            past_season: the weights of those days, shape (p,).
            season: the weights of the days to predict, shape (n,).
        """
        rates = size * np.exp(self.log_rate + self.spread * GRID)
        fits = self._log_likelihood(rates, past, past_season) - GRID**2 / 2
        weights = np.exp(fits - fits.max())
        weights /= weights.sum()
        none = self._log_likelihood(rates, np.zeros(len(season), np.int64), season)
        return float(weights @ rates * season.sum()), float(weights @ np.exp(none))

    def _log_likelihood(self, rates: Floats, counts: Counts, season: Floats) -> Floats:
        """Of each rate, up to a term that no rate changes, shape of `rates`; days of no weight say nothing."""
        used = season > 0
        means = rates[:, None] * season[used]
        beyond = np.log1p(means / self.evenness)
        logarithms = counts[used] * (np.log(means / self.evenness) - beyond) - self.evenness * beyond
        return np.asarray(logarithms.sum(axis=1), np.float64)


def peers_of(counts: Counts, size: Floats, open_days: NDArray[np.bool_]) -> Peers | None:
    """Fit the peers' model; None where fewer than `FEWEST_PEERS` venues were scanned.

    Args:
        counts: scans, shape (venues, days).
        size: shape (venues,).
        open_days: whether the venue was registered on the day, shape (venues, days).
    """
    scanned = counts.sum(axis=1) > 0
    if np.count_nonzero(scanned) < FEWEST_PEERS:
        return None
    counts, size, open_days = counts[scanned], size[scanned], open_days[scanned]
    season = counts.sum(axis=0) / np.maximum(1e-9, (open_days * size[:, None]).sum(axis=0))
    season = season / season.mean()
    rates = counts.sum(axis=1) / (open_days * season).sum(axis=1)
    logarithms = np.log(rates / size)
    return Peers(
        season=season,
        log_rate=float(logarithms.mean()),
        spread=max(LEAST_SPREAD, float(logarithms.std(ddof=1))),
        evenness=evenness_of(counts, rates[:, None] * season * open_days),
        scanned=len(rates),
    )


def evenness_of(counts: Counts, means: Floats) -> float:
    """How evenly scans fall on days, from counts and their expected means, both of shape (venues, days)."""
    telling = counts.sum(axis=1) >= FEWEST_SCANS
    if not telling.any():
        return 1.0
    counts, means = counts[telling], means[telling]
    days = np.maximum(2, (means > 0).sum(axis=1))
    # The mean was fitted to the same days, so one of them is used up.
    scatter = np.where(means > 0, (counts - means) ** 2, 0).sum(axis=1) * days / (days - 1) - means.sum(axis=1)
    unevenness = float(np.median(scatter / (means**2).sum(axis=1)))
    return float(np.clip(1 / max(unevenness, 1 / EVENNESS_LIMITS[1]), *EVENNESS_LIMITS))
