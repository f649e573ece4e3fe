"""Backward: at which places several cases had been, and how surprising that is given how many people go there.

Many cases went to the central market because everybody does. For each place the number of cases that were there is held against
what it would be if each case had chosen its visits in proportion to all traffic: a case with n visits was at a place of share f
of the traffic with probability 1 − (1 − f)^n, so the number of cases is Poisson-binomial. The p-value is its upper tail, computed
exactly. All places with traffic are tested; false discoveries are controlled by Benjamini & Hochberg 1995 (Journal of the Royal
Statistical Society B 57:289), whose q-value is given. The null leaves habits out: two cases of one household or one workplace
share places for that reason. That is a finding too, to be read as one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A place where cases had been.

    Attributes:
        venue_id: the place.
        cases: how many different cases were there.
        expected: how many would have been by its traffic alone.
        p_value: probability of so many cases or more by traffic alone.
        q_value: share of false ones among all places with a p-value as small, at most.
        visits: all visits there in the period.
    """

    venue_id: int
    cases: int
    expected: float
    p_value: float
    q_value: float
    visits: int


def shared_places(
    case_id: NDArray[np.int64],
    case_venue_id: NDArray[np.int64],
    venue_id: NDArray[np.int64],
    venue_visits: NDArray[np.int64],
    *,
    at_least: int = 2,
    all_visits: int | None = None,
    tested: int | None = None,
) -> list[SharedPlace]:
    """Places of several cases, the most surprising first.

    A ledger of a hundred million visits need not be counted place by place: the traffic may be given of the places that
    matter, with the sum over all places and their number. What is left out has a p-value of 1, so that q-values can only
    become larger.

    Args:
        case_id: of each visit of a case in its window of exposure, shape (k,).
        case_venue_id: where that was, shape (k,).
        venue_id: every place with traffic in the same period, distinct, shape (m,).
        venue_visits: all its visits, those of the cases included, shape (m,).
        at_least: places with fewer cases are tested but not listed.
        all_visits: the visits of all places in the period; None: `venue_id` are all places.
        tested: how many places there are; None likewise.

    Raises:
        ValueError: lengths differ, a place stands twice, has no visits, or, unless `all_visits` is given, a case was at a place
            without traffic.
    """
    _check(case_id, case_venue_id, venue_id, venue_visits)
    if not len(case_id) or not len(venue_id):
        return []
    order = np.argsort(venue_id)
    venues, visits = venue_id[order], venue_visits[order]
    place = np.minimum(np.searchsorted(venues, case_venue_id), len(venues) - 1)
    is_known = venues[place] == case_venue_id
    if all_visits is None and not is_known.all():
        raise ValueError("a case was at a place that has no traffic")
    case_number, number_of_visits = np.unique(case_id, return_inverse=True, return_counts=True)[1:]
    pairs = np.unique(np.stack([place, case_number])[:, is_known], axis=1)
    cases = np.bincount(pairs[0], minlength=len(venues))
    # (1 − f)^n by logarithms: exact for the smallest shares.
    whole = max(int(visits.sum()), all_visits or 0)
    log_missed = np.log1p(-np.minimum(visits / whole, 1 - 1e-16))
    p_values = np.ones(len(venues))
    seen = np.flatnonzero(cases)
    p_values[seen] = _tails(cases[seen], log_missed[seen], number_of_visits)
    q_values = benjamini_hochberg(p_values, tested)
    listed = seen[cases[seen] >= at_least]
    listed = listed[np.lexsort((venues[listed], -cases[listed], p_values[listed]))]
    return [
        SharedPlace(
            int(venues[at]),
            int(cases[at]),
            float(-np.expm1(log_missed[at] * number_of_visits).sum()),
            float(p_values[at]),
            float(q_values[at]),
            int(visits[at]),
        )
        for at in listed
    ]


def poisson_binomial_tail(probabilities: NDArray[np.float64], at_least: int) -> float:
    """P(X ≥ `at_least`) for the number X of successes of independent trials, shape (k,), without cancellation."""
    return float(_tail(np.asarray(probabilities, np.float64), at_least))


def benjamini_hochberg(p_values: NDArray[np.float64], tested: int | None = None) -> NDArray[np.float64]:
    """The q-value of each p-value among all that were tested, shape (m,); `tested` counts those of p-value 1 that are left out."""
    order = np.argsort(p_values)
    scaled = p_values[order] * max(len(p_values), tested or 0) / np.arange(1, len(p_values) + 1)
    q_values = np.empty(len(p_values))
    q_values[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return q_values


def _check(*columns: NDArray[np.int64]) -> None:
    case_id, case_venue_id, venue_id, venue_visits = columns
    if len(case_id) != len(case_venue_id) or len(venue_id) != len(venue_visits):
        raise ValueError("the columns differ in length")
    if len(np.unique(venue_id)) != len(venue_id):
        raise ValueError("a place stands twice")
    if (venue_visits <= 0).any():
        raise ValueError("a place has no visits")


@kernel
def _tails(
    cases: NDArray[np.int64], log_missed: NDArray[np.float64], visits: NDArray[np.int64]
) -> NDArray[np.float64]:  # fmt: skip
    tails = np.empty(len(cases))
    for at in range(len(cases)):
        tails[at] = _tail(-np.expm1(log_missed[at] * visits), cases[at])
    return tails


@kernel
def _tail(probabilities: NDArray[np.float64], at_least: int) -> float:
    """Trial by trial; what reaches `at_least` successes stays there, so that small tails are sums of small numbers."""
    if at_least <= 0:
        return 1.0
    reached = np.zeros(at_least + 1)
    reached[0] = 1.0
    for chance in probabilities:
        reached[at_least] += reached[at_least - 1] * chance
        for successes in range(at_least - 1, 0, -1):
            reached[successes] += chance * (reached[successes - 1] - reached[successes])
        reached[0] *= 1.0 - chance
    tail: float = min(1.0, reached[at_least])
    return tail
