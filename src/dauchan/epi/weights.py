"""What the rows of a contact list rest on: how sure the ledger is of the visits behind them, and what is remarkable."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.behind import Behind
from dauchan.epi.kernel import kernel
from dauchan.epi.visit_columns import Int64s


class VisitFacts(NamedTuple):
    """What is known of m visits beside who, where and when; 0 where nothing is.

    Attributes:
        labels: int64, bits.
        assurance: int64, a larger number is surer.
        source: int64, 1 to 62.
    """

    labels: Int64s
    assurance: Int64s
    source: Int64s


class Weights(NamedTuple):
    """A row per contact, shape (k,): of all own visits behind it the labels together and the sources as bits, the surest
    assurance (0: nothing known), and whether no exposure is free of doubt at both ends.
    """

    labels: Int64s
    sources: Int64s
    assurance: Int64s
    is_doubtful: NDArray[np.bool_]


def weigh_contacts(behind: Behind, facts: VisitFacts, doubtful: int) -> Weights:
    """Weigh the k contacts of one index case.

    Args:
        behind: their exposures.
        facts: of its visits, in their order; one of which nothing is known counts as one without labels.
        doubtful: the labels that leave it open whether somebody was there.
    """
    return Weights(*_weighed(behind, facts, doubtful))


@kernel
def _weighed(behind: Behind, facts: VisitFacts, doubtful: int) -> tuple[Int64s, Int64s, Int64s, NDArray[np.bool_]]:
    count = behind.contacts
    labels, sources, assurance = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    is_doubtful = np.ones(count, np.bool_)
    for n in range(len(behind.contact)):
        at, own, other = behind.contact[n], behind.own[n], behind.other[n]
        labels[at] |= facts.labels[own]
        if facts.source[own]:
            sources[at] |= 1 << facts.source[own]
        assurance[at] = max(assurance[at], facts.assurance[own])
        if (facts.labels[own] | facts.labels[other]) & doubtful == 0:
            is_doubtful[at] = False
    return labels, sources, assurance, is_doubtful
