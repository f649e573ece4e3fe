"""The sign `unreadable`: visitors who try to scan the poster and fail.

Counted are failed scans *whose code could not be read*; a camera that is missing or a foreign code is not the poster's fault. Two figures are looked at: what
share of the tries failed, and how many tried beside the use that was usual before, or that peers have. Three explanations are held against one another, on every day on which
the state may have begun:

- *honest*: a small share fails, beta distributed as widely as the venues themselves show (a beta-binomial; of some, in dim corners, a larger share), and as many try as is usual;
- *bad poster*: a large share fails, and about as many try as is usual, for they want to scan;
- *few try*: hardly anybody does, for nobody asks them to. Of the few any share may fail. That is an underused venue, no bad poster; what else
  speaks for underuse speaks for it.

The confidence is the posterior probability of the second.
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import normal, prevalence
from dauchan.screening.underused import Underuse
from dauchan.screening.usual_use import Counts, Floats, Places, UsualUse, log_gamma

BEFOREHAND, FEW_TRY = 0.01, 0.01
BAD, FEW, DIM = (3.0, 2.0), ((1.0, 1.0), (1.0, 2.0)), (1.5, 8.0)
"""Beta distributions of the share that fails: at a bad poster (three in five, widely), of few who try, and in a dim corner (one in six)."""
MOST_DIM, DIM_TOLD = 0.1, 50.0
"""The share of honest venues that lie in a dim corner, at most; as many venues count for there being hardly any."""
LEAST_USUAL = 0.01
BEFORE_ALL = 0.5
FIRMNESS = 5.0, 200.0
"""Honest venues scatter around the usual share as much as so many tries would: at most and at least."""
SAID, SAID_BEFORE = 20, 60.0
"""Tries from which a venue says what share is usual, and as many of its own past count at most."""
FEWEST = 8
"""Failed scans without which nothing is said."""
LEAST_SHARE, MOST_FAILED = 0.2, 0.35
"""Failures among the tries without which nothing is said, and with which a venue says nothing of dim corners."""
TRYING = 0.15
"""Variance of the logarithm of tries beside what is usual: some try twice, some see that it is no use."""
FEWER_TRY = np.log(np.geomspace(0.03, 0.4, 8))
OWN_PAST = 3.0
"""Days' worth of the calendar from which a venue's own past says what is usual."""


@dataclass(frozen=True, slots=True, eq=False)
class Failures:
    """Of v venues: how sure it is that the poster cannot be read, since which column, those expected to scan since, those that failed."""

    confidence: Floats
    begin: Places
    expected: Floats
    failed: Counts


def failures(use: UsualUse, failed: Counts, compared: Underuse) -> Failures:
    """How each venue's failed scans compare with what is usual.

    Args:
        use: scans and calendar.
        failed: scans whose code could not be read, shape (v, d).
        compared: what peers of its size have, how widely they scatter, and how sure underuse is.
    """
    since, scans, weight = _since(failed), _since(use.counts), _since(use.weight)
    asked = np.flatnonzero((since[:, 0] >= FEWEST) & (since >= LEAST_SHARE * (since + scans)).any(axis=1))
    confidence, begin = np.zeros(len(since)), np.zeros(len(since), np.int64)
    expected, many = scans[:, 0].copy(), np.zeros(len(since), np.int64)
    if not len(asked):
        return Failures(confidence, begin, expected, many)
    since, scans, weight = since[asked], scans[asked], weight[asked]
    usual, variance = _usual(use, asked, compared)
    tries = since + scans
    trying = np.log((tries + 0.5) / np.maximum(usual * weight, 1e-9))
    variance = variance + 1 / (tries + 0.5)
    # What is scanned more than usual is as usual for all that is asked here.
    fewer = np.minimum(trying, 0.0)
    trying = np.log(np.maximum(normal(fewer, variance + TRYING), 1e-300))
    honest = _honest_share(since, tries, failed, use.counts) + trying
    bad = _log_beta(since, tries, BAD) + trying
    less = np.mean([normal(fewer - each, variance) for each in FEWER_TRY], axis=0)
    any_share = np.logaddexp(*(_log_beta(since, tries, each) for each in FEW)) - np.log(len(FEW))
    few = any_share + np.log(np.maximum(less, 1e-300))
    tellable = (since >= FEWEST) & (since >= LEAST_SHARE * tries) & (weight > 0)
    factors = [np.where(tellable, each - honest, -np.inf) for each in (bad, few)]
    best, at = factors[0].argmax(axis=1), np.arange(len(asked))
    begun = _begun(failed.shape[1])
    ratios = [np.logaddexp.reduce(each + begun, axis=1) for each in factors]
    confidence[asked] = _among_three(ratios[0], ratios[1], prevalence(compared.confidence, FEW_TRY), len(failed))
    begin[asked], many[asked] = best, since[at, best].astype(np.int64)
    expected[asked] = np.maximum(tries[at, best], (usual * weight)[at, best])
    return Failures(confidence, begin, expected, many)


def _begun(days: int) -> Floats:
    """Logarithms of how probable each day is as the first, shape (d,): half of what is bad was so before the first."""
    later = (1 - BEFORE_ALL) / max(days - 1, 1)
    return np.log(np.where(np.arange(days) == 0, BEFORE_ALL if days > 1 else 1.0, later))


def _among_three(bad: Floats, few: Floats, few_try: float, venues: int) -> Floats:
    """Probability of a bad poster, by logarithms of the Bayes factors and by that of few trying beforehand.

    How common bad posters are is read from the venues too.
    """
    share, confidence = BEFOREHAND, np.zeros(len(bad))
    for _ in range(4):
        odds = np.stack([np.log(share) + bad, np.log(few_try) + few, np.full(len(bad), np.log(1 - share - few_try))])
        confidence = np.exp(odds[0] - np.logaddexp.reduce(odds, axis=0))
        share = prevalence(np.concatenate([confidence, np.zeros(venues - len(bad))]), BEFOREHAND)
    return confidence


def _usual(use: UsualUse, rows: Places, compared: Underuse) -> tuple[Floats, Floats]:
    """Rate and the variance of its logarithm before each day: the venue's own past where it has one, else what peers have."""
    counts, weight = use.counts[rows], use.weight[rows]
    before, past = counts.cumsum(axis=1) - counts, weight.cumsum(axis=1) - weight
    has = (past >= OWN_PAST) & (before > 0)
    own = before / np.maximum(past, 1e-9)
    uneven = 1 / (before + 0.5) + use.unevenness[rows, None] / np.maximum(past, 1e-9)
    return np.where(has, own, compared.usual_rate[rows, None]), np.where(has, uneven, compared.scatter[rows, None])


def _honest_share(hits: Floats, tries: Floats, failed: Counts, scans: Counts) -> Floats:
    """Logarithm of the probability of so many failures at an honest venue, bright or dim."""
    total, all_tries = _better_half(failed, scans)
    says = all_tries >= SAID
    usual = _usual_share(total[says], all_tries[says])
    dim = 1 / DIM_TOLD
    if says.any():
        bright, darker = (_log_beta(total[says], all_tries[says], each) for each in (usual, DIM))
        is_good = total[says] < MOST_FAILED * all_tries[says]
        for _ in range(12):
            share = 1 / (1 + np.exp(np.clip(bright - darker, -500, 500)) * (1 - dim) / dim)
            dim = min((float(share[is_good].sum()) + 0.1) / (float(is_good.sum()) + DIM_TOLD), MOST_DIM)
    # A corner was as dim before: what failed until then says what to expect.
    before, so_far = hits[:, :1] - hits, tries[:, :1] - tries
    told = np.minimum(1.0, SAID_BEFORE / np.maximum(so_far, 1.0))
    before, so_far = before * told, so_far * told
    both, first = (
        np.logaddexp(_log_beta(failed_, tries_, usual) + np.log1p(-dim), _log_beta(failed_, tries_, DIM) + np.log(dim))
        for failed_, tries_ in ((before + hits, so_far + tries), (before, so_far))
    )
    return np.asarray(both - first)


def _better_half(failed: Counts, scans: Counts) -> tuple[Counts, Counts]:
    """Failures and tries of the half of the days in which a smaller share failed: a corner is always dim, a poster goes bad one day."""
    middle = failed.shape[1] // 2
    halves = [
        (failed[:, days].sum(axis=1), (failed + scans)[:, days].sum(axis=1))
        for days in (slice(middle), slice(middle, None))
    ]
    first, second = (fails / np.maximum(tries, 1) for fails, tries in halves)
    is_first = (first <= second) & (halves[0][1] >= SAID)
    return np.where(is_first, halves[0][0], halves[1][0]), np.where(is_first, halves[0][1], halves[1][1])


def _usual_share(failed: Counts, tries: Counts) -> tuple[float, float]:
    """The beta distribution of the share that fails at honest venues in good light: by moments, without the twentieth where most fails."""
    if not len(tries):
        return LEAST_USUAL * FIRMNESS[0], (1 - LEAST_USUAL) * FIRMNESS[0]
    share = failed / tries
    kept = share <= np.quantile(share, 0.95)
    mean = max(float(share[kept].mean()), LEAST_USUAL)
    chance = float((mean * (1 - mean) / tries[kept]).mean())
    differ = max(float(share[kept].var()) - chance, 1e-9)
    firm = float(np.clip(mean * (1 - mean) / differ - 1, *FIRMNESS)) / 2  # those that were left out are wider still
    return mean * firm, (1 - mean) * firm


def _since(values: Floats | Counts) -> Floats:
    """Sums from each column to the last."""
    return np.asarray(values[:, ::-1].cumsum(axis=1)[:, ::-1], np.float64)


def _log_beta(hits: Floats | Counts, tries: Floats | Counts, prior: tuple[float, float]) -> Floats:
    """Logarithm of the beta-binomial probability, up to what all distributions share."""
    a, b = prior
    alone = log_gamma(np.array([a, b, a + b]))
    failed, whole = np.asarray(hits, np.float64), np.asarray(tries, np.float64)
    known = float(alone[0] + alone[1] - alone[2])
    return log_gamma(failed + a) + log_gamma(whole - failed + b) - log_gamma(whole + a + b) - known
