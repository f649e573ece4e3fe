"""Who is not known from earlier generations, by each day's own numbers.

Most of whom a later generation meets are known. What says so is a bit for each of a day's people, which stays in the near caches; the index's number
of a person would first have to be looked up, far away in the memory.
"""

from typing import NamedTuple

import numpy as np

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import Known
from dauchan.epi.sources import is_known
from dauchan.epi.spans import Spans, people_of
from dauchan.epi.visit_columns import Int64s


class Others(NamedTuple):
    """Who is not known: bit `p & 63` of `bits[at[s] + (p >> 6)]` for whom span s calls p."""

    at: Int64s
    bits: Int64s


NOT_MARKED = Others(np.zeros(1, np.int64), np.empty(0, np.int64))
"""Where it is not worth it: everybody may be somebody else."""


def nobody_else(spans: Spans) -> Others:
    """Room for the people of all spans."""
    at = np.concatenate([[0], np.cumsum(spans.people_count // 64 + 1)])
    return Others(at, np.empty(at[-1], np.int64))


@kernel
def mark_others(spans: Spans, known: Known, span: int, others: Others) -> None:
    """Mark those of a span who are not known."""
    people, bits = people_of(spans, span), others.bits[others.at[span] : others.at[span + 1]]
    for block in range(len(bits)):
        word, first = 0, block * 64
        for at in range(first, min(first + 64, len(people))):
            word |= (1 - is_known(known, people[np.uint64(at)])) << (at - first)
        bits[block] = word


@inlined
def is_other(bits: Int64s, begin: int, person: int) -> int:
    """1 or 0, for whom a day whose bits begin at `begin` calls so."""
    members: int = bits[np.uint64(begin + (person >> 6))]
    return (members >> (person & 63)) & 1
