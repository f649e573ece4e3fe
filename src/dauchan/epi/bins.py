"""Room for what many threads find at places and others ask for by person: overlaps in bins of neighbouring people.

A thread writes into chunks, each of which belongs to one bin, so that the places that it writes to stay in the nearest caches. A chunk
begins with two words: where the bin's chunk before begins, `NOWHERE` for none, and where the overlaps in that one end. An overlap takes
two words: the person and the source, each by its place in its bin or among the sources, and the stay; and when the overlap begins and ends.
"""

from typing import NamedTuple

import numpy as np

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import NOWHERE
from dauchan.epi.visit_columns import Int64s

BIN_BITS = 10
"""Of how many bits a person's number within a bin is: what is found about so many people should stay in the nearest caches."""
CHUNK = 256
"""Words of a chunk, where a visit does not need more."""
LINK = 2
"""Words before the overlaps of a chunk."""
OVERLAP = 2
"""Words of an overlap."""
HALF = 32
LOWER = (1 << HALF) - 1
SOURCE_BITS = HALF - BIN_BITS
"""The upper half of an overlap's first word has the person and so many bits of the source, the lower the stay; the second word has beginning and end."""


class Bins(NamedTuple):
    """The chunks of one thread in `room`, and how many words of it are taken (one number). Of each bin: where the chunk in hand begins,
    where its overlaps end, and where it ends itself.
    """

    room: Int64s
    taken: Int64s
    chunk: Int64s
    filled: Int64s
    end: Int64s


def bins_for(people: int) -> int:
    """How many bins there are for so many people."""
    return (people >> BIN_BITS) + 1


def empty_bins(count: int, words: int, spare: list[Bins]) -> Bins:
    """Bins without overlaps: those that somebody had before, or new ones with room for so many words at first. Memory that is touched for the first
    time costs more than what is written to it.
    """
    try:
        bins = spare.pop()
    except IndexError:
        edges = np.zeros((3, count), np.int64)
        bins = Bins(np.empty(words, np.int64), np.zeros(1, np.int64), *edges)
    bins.taken[:], bins.chunk[:], bins.filled[:], bins.end[:] = 0, NOWHERE, 0, 0
    return bins


@kernel
def with_more_room(bins: Bins, words: int) -> Bins:
    """The same bins with room for so many words more."""
    larger, taken = np.empty(2 * (bins.taken[0] + words), np.int64), bins.taken[0]
    larger[:taken] = bins.room[:taken]
    return Bins(larger, bins.taken, bins.chunk, bins.filled, bins.end)


@inlined
def begin_chunk(bins: Bins, number: int, words: int) -> bool:
    """Begin a chunk of a bin for so many words that stay together; whether there is room for it."""
    room, taken, chunk, filled, end = bins
    begin, after = taken[0], taken[0] + max(CHUNK, words + LINK)
    if after > len(room):
        return False
    room[begin], room[begin + 1] = chunk[number], filled[number]
    taken[0], chunk[number], filled[number], end[number] = after, begin, begin + LINK, after
    return True
