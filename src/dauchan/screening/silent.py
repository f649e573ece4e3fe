"""The sign `silent`: a registered, active venue that was never scanned, or is no longer.

The silence runs from the day after the last scan (or from the opening, or from the first day of data) to the day of screening. With q the probability of
no scan at all in that time where nothing is wrong, and p the share of venues that are taken to be silent beforehand, the
confidence is `p / (p + (1 − p) q)`: Bayes' rule, silence being certain where a venue is silent. A quiet venue therefore needs a long silence,
a busy one a short, and a footpath with one scan a fortnight is never named for a week.

q is averaged over the rates that the venue may have: around its own past as far as that says something, else around what peers of its size have. The past
ends with a scan by its definition, so that this one scan says nothing of the rate: of n scans n − 1 count. The logarithm of the rate is taken to be normal, and the average is a sum over `NODES` (Gauss–Hermite quadrature).
"""

from dataclasses import dataclass

import numpy as np

from dauchan.screening.log_rates import FIRM
from dauchan.screening.usual_use import Bools, Floats, Places, UsualUse

BEFOREHAND = 0.02
"""The share of active venues taken to be silent before anything is looked at: low, so that chance is not taken for silence."""
LEAST_CHANCE = 0.0005
"""No silence is surer than this: a shop closed for a family's week is silent too, and nothing here knows of it."""
TURNS = 4
SHORTEST = 2.0
"""Days' worth of the calendar that a silence must last."""
BESIDE_OWN_PAST = 1.0
"""Variance of the logarithm of what peers say beside a venue's own past."""
WIDEST = 9.0
"""Variance of a logarithm of which nothing is known: a factor of twenty either way."""
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)


@dataclass(frozen=True, slots=True, eq=False)
class Silences:
    """Of v venues: how sure a silence is, the column of its first day, scans that were to be expected since then."""

    confidence: Floats
    begin: Places
    expected: Floats


def silences(use: UsualUse, usual_rate: Floats, scatter: Floats) -> Silences:
    """The silence of each venue on the last day; confidence 0 where it was scanned that day.

    Args:
        use: scans and calendar.
        usual_rate: what peers of its size have, per unit of the calendar, shape (v,).
        scatter: variance of the logarithm of that among honest venues, shape (v,).
    """
    count, days = use.counts.shape
    column = np.arange(days)
    is_open = use.weight > 0
    opened = np.where(is_open.any(axis=1), is_open.argmax(axis=1), days)
    scanned = use.counts > 0
    begin = np.where(scanned.any(axis=1), days - scanned[:, ::-1].argmax(axis=1), opened)
    quiet = use.weight * (column[None] >= begin[:, None])
    past = use.weight * (column[None] < begin[:, None])
    rate, variance = _rates(use.counts.sum(axis=1), past, use.unevenness, usual_rate, scatter)
    none, expected = np.zeros(count), np.zeros(count)
    for node, share in zip(NODES, WEIGHTS / WEIGHTS.sum(), strict=True):
        mean = (rate * np.exp(node * np.sqrt(np.minimum(variance, WIDEST))))[:, None] * quiet
        uneven = use.unevenness[:, None]
        none += share * np.exp(-(np.log1p(mean * uneven) / uneven).sum(axis=1))
        expected += share * mean.sum(axis=1)
    odds = (1 - BEFOREHAND) / BEFOREHAND * np.maximum(none, LEAST_CHANCE)
    unended = np.where(begin > opened, use.unended[days - begin], 0.0)
    return Silences(_confidence(odds, unended, quiet.sum(axis=1) >= SHORTEST, begin), begin, expected)


def _confidence(odds: Floats, unended: Floats, tellable: Bools, begin: Places) -> Floats:
    """Probability of a silence beside chance, by its odds, and beside a closure that has not ended yet.

    Silences may begin on one day more than on others, so beside closures each venue is judged by the others that fell silent on its own day.
    """
    venues, days = len(odds), int(begin.max(initial=0)) + 1
    confidence = np.where(tellable, 1 / (1 + odds), 0.0)
    for _ in range(TURNS):
        of_day = np.bincount(begin, weights=confidence, minlength=days)
        common = BEFOREHAND / days + (of_day[begin] - confidence) / (venues + FIRM)
        confidence = np.where(tellable, 1 / (1 + odds + unended / common), 0.0)
    return np.asarray(confidence)


def _rates(
    seen: Places, past: Floats, unevenness: Floats, usual_rate: Floats, scatter: Floats
) -> tuple[Floats, Floats]:  # fmt: skip
    """Rate and the variance of its logarithm: own past and peers, each weighed by how exact it is."""
    known, seen = past.sum(axis=1), np.maximum(seen - 1, 0)
    own = np.log((seen + 0.5) / np.maximum(known, 1e-9))
    days = (past**2).sum(axis=1) / np.maximum(known, 1e-9) ** 2
    exact = np.where(known > 0, 1 / (1 / (seen + 0.5) + unevenness * days), 0.0)
    # Once a venue has a past of its own, peers say little against it, however alike they are among themselves.
    peers = 1 / np.maximum(scatter, np.where(known > 0, BESIDE_OWN_PAST, 1e-3))
    middle = (exact * own + peers * np.log(np.maximum(usual_rate, 1e-9))) / (exact + peers)
    return np.exp(middle), 1 / (exact + peers)
