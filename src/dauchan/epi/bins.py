"""Room for what many threads find at places and others ask for by person: runs of words in bins of neighbouring people.

A thread writes run after run into chunks, each of which belongs to one bin, so that the places that it writes to stay in the nearest
caches. A chunk begins with two words: where the bin's chunk before begins, `NOWHERE` for none, and where that one's runs end.
"""

from typing import NamedTuple

import numpy as np

from dauchan.epi.kernel import kernel
from dauchan.epi.records import NOWHERE
from dauchan.epi.visit_columns import Int64s

BINS = 256
CHUNK = 512
"""Words of a chunk, where a run does not need more."""
LINK = 2
"""Words before the runs of a chunk."""


class Bins(NamedTuple):
    """The chunks of one thread in `room`, and how many words of it are taken (one number). Of each bin: where the chunk in hand begins,
    where its runs end, and where it ends itself.
    """

    room: Int64s
    taken: Int64s
    chunk: Int64s
    filled: Int64s
    end: Int64s


def empty_bins(words: int) -> Bins:
    """Bins without runs, with room for so many words at first; room that is never used takes no memory."""
    chunk, filled, end = np.full(BINS, NOWHERE, np.int64), np.zeros(BINS, np.int64), np.zeros(BINS, np.int64)
    return Bins(np.empty(words, np.int64), np.zeros(1, np.int64), chunk, filled, end)


@kernel
def with_chunk(bins: Bins, number: int, words: int) -> Bins:
    """Begin a chunk of a bin that has room for a run of so many words."""
    size, begin = max(CHUNK, words + LINK), bins.taken[0]
    if begin + size > len(bins.room):
        larger = np.empty(2 * (begin + size), np.int64)
        larger[:begin] = bins.room[:begin]
        bins = Bins(larger, bins.taken, bins.chunk, bins.filled, bins.end)
    bins.taken[0] = begin + size
    bins.room[begin], bins.room[begin + 1] = bins.chunk[number], bins.filled[number]
    bins.chunk[number], bins.filled[number], bins.end[number] = begin, begin + LINK, begin + size
    return bins
