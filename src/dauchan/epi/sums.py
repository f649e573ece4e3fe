"""Overlaps of one person with many sources, a sum per source in one array that stays in the nearest caches."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.meetings import CLASSES, LARGE, MEETING
from dauchan.epi.packing import Int32s
from dauchan.epi.sources import Sources
from dauchan.epi.sources_by_place import ALL_CLEAN, BEGIN, END, LENGTHS, LONGEST, Present
from dauchan.epi.visit_columns import Int64s

BLOCK = 512
"""Overlaps, or sums, that are looked at together."""
SHARE = 3
"""Visits are added until what is left is a so-manieth part of the longest sum: then hardly any other source is near it."""
MANY, NEAR_COST = 500, 32
"""From so many pieces on it is worth counting who is near; adding up one of them to the end costs as much as so many pieces."""

NEAR = np.dtype([("source", np.int64), ("sum", np.int64)])
"""A source and the sum of its overlaps so far."""

Nears = NDArray[Any]


class Room(NamedTuple):
    """Scratch arrays of a thread: a zero per source and room for a record of `NEAR` of each, room for a block of overlaps; a zero per venue and room
    for links among visits to it; and room for the meetings of one person, and for putting them in order.
    """

    sums: "NDArray[Any]"
    together: Int32s
    nears: Nears
    first_at: Int32s
    next_at: Int32s
    meetings: NDArray[Any]
    large: NDArray[Any]
    ordered: NDArray[Any]
    upcoming: Int64s
    largest_sum: int


def room_for(sources: Sources, venues: int, visits: int, kind: type = np.int32) -> Room:
    """Scratch arrays, for one thread, for people with so many visits at most."""
    sums: NDArray[Any] = np.zeros(len(sources.person), kind)
    together, nears = np.empty(BLOCK, np.int32), np.empty(len(sources.person), NEAR)
    links = max(int(np.diff(sources.start).max(initial=0)), visits)
    first_at, next_at = np.zeros(venues, np.int32), np.empty(links, np.int32)
    meetings, large, ordered = np.empty(visits, MEETING), np.empty(visits, LARGE), np.empty(visits, LARGE)
    upcoming, largest = np.zeros(CLASSES + 1, np.int64), int(np.iinfo(kind).max)
    return Room(sums, together, nears, first_at, next_at, meetings, large, ordered, upcoming, largest)


@kernel
def add_small(meetings: NDArray[Any], here: Present, room: Room, few: int, bar: int) -> int:
    """Add the overlaps of the meetings with few pieces. Returns `bar` or the longest sum."""
    cells, pieces, sums = here.cells, here.pieces, room.sums
    for meeting in meetings:
        if meeting.pieces > few:
            continue
        entered, left = meeting.entered, meeting.left
        for cell in range(meeting.first, meeting.last + 1):
            begin = np.int64(cells[cell, BEGIN])
            there = cells[cell, END] - begin
            for at in range(3 * begin, 3 * begin + there):
                source = np.uint64(pieces[np.uint64(at + 2 * there)])
                came, clean = pieces[np.uint64(at)], pieces[np.uint64(at + there)]
                together = sums[source] + max(min(left, clean) - max(entered, came), 0)
                sums[source] = together
                bar = max(bar, together)
    return bar


@kernel
def add_large(meeting: Any, here: Present, room: Room, bar: int) -> int:  # noqa: ANN401 — a record of `MEETING`
    """Add the overlaps of a meeting with many pieces, which are searched for by their beginning. Returns as `add_small`."""
    cells, facts, pieces = here.cells, here.facts, here.pieces
    for cell in range(meeting.first, meeting.last + 1):
        if cells[cell, ALL_CLEAN] <= meeting.entered:
            continue
        begin = np.int64(cells[cell, BEGIN])
        there = cells[cell, END] - begin
        came, clean, source = (
            pieces[3 * begin : 3 * begin + there],
            pieces[3 * begin + there : 3 * begin + 2 * there],
            pieces[3 * begin + 2 * there : 3 * begin + 3 * there],
        )
        for length in range(LENGTHS):
            low, high = facts[cell, length] - begin, facts[cell, length + 1] - begin
            low = first_piece(came, low, high, meeting.entered - facts[cell, LONGEST + length] + 1)
            high = first_piece(came, low, high, meeting.left)
            for first in range(low, high, BLOCK):
                after = min(first + BLOCK, high)
                times = came[first:after], clean[first:after]
                bar = add_block(times, source[first:after], (meeting.entered, meeting.left), room, bar)
    return bar


@inlined
def add_block(times: tuple[Int32s, Int32s], source: Int32s, stay: tuple[int, int], room: Room, bar: int) -> int:
    """Two loops, because the first one makes many overlaps at a time."""
    came, clean = times
    sums, together, begins, ends = room.sums, room.together, np.int32(stay[0]), np.int32(stay[1])
    for at in range(len(came)):
        together[at] = max(np.int32(min(ends, clean[at]) - max(begins, came[at])), np.int32(0))
    for at in range(len(source)):
        who = np.uint64(source[at])
        so_far = sums[who] + together[at]
        sums[who] = so_far
        bar = max(bar, so_far)
    return bar


@inlined
def first_piece(came: Int32s, low: int, high: int, since: int) -> int:
    """The first of the pieces low:high that begins at `came` or later; `high` where there is none."""
    while low < high:
        middle = (low + high) >> 1
        if came[np.uint64(middle)] < since:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def taken_out(room: Room, least: int) -> Nears:
    """Set all sums back to zero; those that reach `least`, by source."""
    sums, nears, count = room.sums, room.nears, 0
    for begin in range(0, len(sums), BLOCK):
        block = sums[begin : begin + BLOCK]
        if longest_of(block) >= least:
            for at in range(len(block)):
                if block[at] >= least:
                    nears[count].source, nears[count].sum = begin + at, block[at]
                    count += 1
    sums[:] = 0
    return nears[:count]


@inlined
def longest_of(sums: "NDArray[Any]") -> int:
    """The longest of some sums."""
    longest: int = sums[0]
    for at in range(len(sums)):
        longest = max(longest, sums[at])
    return longest


@kernel
def how_many(sums: "NDArray[Any]", least: int) -> int:
    """How many sums reach `least`."""
    count = 0
    for at in range(len(sums)):
        count += int(sums[at] >= least)
    return count
