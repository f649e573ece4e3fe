"""Overlaps of one person with many sources, a sum per source in one array that stays in the nearest caches."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.sources import Sources
from dauchan.epi.sources_by_place import ALL_CLEAN, LENGTHS, LONGEST, Present, cells_of

FEW = 32
"""Pieces that are looked at one and all rather than searched."""
BLOCK = 512
"""Sums that are compared at once."""
SHARE = 3
"""Visits are added until what is left is a so-manieth part of the longest sum: then hardly any other source is near it."""

NEAR = np.dtype([("source", np.int64), ("sum", np.int64)])
"""A source and the sum of its overlaps so far."""

Nears = NDArray[Any]


class Room(NamedTuple):
    """Scratch arrays of a thread: a zero per source, and room for a record of `NEAR`; a zero per venue."""

    sums: "NDArray[Any]"
    nears: Nears
    first_at: Int32s
    largest_sum: int


def room_for(sources: Sources, venues: int, kind: type = np.int32) -> Room:
    """Scratch arrays, for one thread."""
    sums: NDArray[Any] = np.zeros(len(sources.person), kind)
    nears = np.empty(len(sources.person), NEAR)
    return Room(sums, nears, np.zeros(venues, np.int32), int(np.iinfo(kind).max))


@kernel
def add_meetings(meetings: NDArray[Any], here: Present, sums: "NDArray[Any]", bar: int, rest: int) -> tuple[int, int]:
    """Add the overlaps with the sources' pieces to their sums, visit by visit, until no other source can reach the longest of them.

    Args:
        meetings: in the order in which they are to be looked at.
        here: the sources.
        sums: of each source.
        bar: what makes a contact.
        rest: how much all meetings can add to one source; 0 to look at all of them.

    Returns:
        `bar` or the longest sum, whichever is longer, and how much the meetings that are left can add to one source.
    """
    cells, pieces, is_bounded = here.cells, here.pieces, rest > 0
    for meeting in meetings:
        if is_bounded and rest < bar and SHARE * rest <= bar:
            break
        entered, left = meeting.entered, meeting.left
        first, last = cells_of(here, meeting.floor, entered, left)
        for cell in range(first, last + 1):
            if cells[cell, ALL_CLEAN] <= entered:
                continue
            is_few = cells[cell, LENGTHS] - cells[cell, 0] <= FEW
            for length in range(1 if is_few else LENGTHS):
                low, high = cells[cell, length], cells[cell, LENGTHS if is_few else length + 1]
                if not is_few:
                    low = first_piece(pieces, low, high, entered - cells[cell, LONGEST + length] + 1)
                    high = first_piece(pieces, low, high, left)
                for at in range(low, high):
                    piece = pieces[at]
                    together = sums[piece.source] + max(min(left, piece.clean) - max(entered, piece.came), 0)
                    sums[piece.source] = together
                    bar = max(bar, together)
        rest -= meeting.most
    return bar, rest


@inlined
def first_piece(pieces: NDArray[Any], low: int, high: int, came: int) -> int:
    """The first of the pieces low:high that begins at `came` or later; `high` where there is none."""
    while low < high:
        middle = (low + high) >> 1
        if pieces[middle].came < came:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def taken_out(room: Room, least: int) -> Nears:
    """Set all sums back to zero; those that reach `least`, by source."""
    sums, nears, count = room.sums, room.nears, 0
    for begin in range(0, len(sums), BLOCK):
        end = min(begin + BLOCK, len(sums))
        longest = sums[begin]
        for at in range(begin, end):  # one instruction looks at many, and nearly always none of a block reaches it
            longest = max(longest, sums[at])
        if longest >= max(least, 1):
            for at in range(begin, end):
                if sums[at] >= max(least, 1):
                    nears[count].source, nears[count].sum = at, sums[at]
                    count += 1
    sums[:] = 0
    return nears[:count]
