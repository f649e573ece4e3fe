"""The stays of many sources, sorted by where and when they were, with what no single source of a place and day can exceed."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import Stays
from dauchan.epi.sources import Sources
from dauchan.epi.visit_columns import Int64s

FLOORS, LENGTHS = 3, 3
SHORT, MIDDLE = 2 * 3600, 5 * 3600
"""Stays are kept apart by how long they are, so that one long stay at a place does not make all of a day be looked at."""
FAR = np.iinfo(np.int32).max

PIECE = np.dtype([("came", np.int32), ("clean", np.int32), ("source", np.int32)])
"""When a source came, when the air was clean again, and which source it was."""

OWN_STAY = np.dtype([("venue", np.int32), ("came", np.int32), ("clean", np.int32)])
"""A stay of a source until the air is clean."""

BEGIN, END, ALL_CLEAN, CARRIED = range(4)
"""Columns of `Present.cells`."""
LONGEST, MOST, DEPTH = LENGTHS + 1, 2 * LENGTHS + 1, 2 * LENGTHS + 1 + FLOORS
FACTS = DEPTH + 1
"""Columns of `Present.facts`; the first ones say where the pieces of each length class begin, and where the last ones end."""


class Present(NamedTuple):
    """Where k sources were, by ascending number, as pieces of time from their coming until the air is clean again.

    Cell `(D + 1) * venue + d` has the pieces that begin on the d-th of D days, day 0 beginning at `begin`; the one more is for visits after
    the last day. A row of `cells` says where the pieces of a cell begin and end, when all of their air is clean, and when all is that
    was carried over from the days before: no piece goes on after the midnight `back` days later. They stand by length class and beginning.

    A source that comes back before the air is clean counts twice for a while, and a bound would have to be twice as high for
    everybody. So its time is told apart by floors: the pieces of a source on one floor do not overlap, what is counted again is on the
    next one; only on the last floor pieces may overlap. A row of `facts` says where the pieces of each length class begin, how long the longest
    of each is, to how many seconds the pieces of one source on each floor add up at most, and how many of them are on the last one at most.
    `pieces` has for each cell of n pieces n times when a source came, n times when the air was clean again, and n sources: a few stand together
    in the memory, and of many several are compared at once. `stays` are those of the sources as they are, one source after another.
    """

    cells: Int32s
    facts: Int32s
    pieces: Int32s
    stays: NDArray[Any]
    begin: int
    days: int
    back: int


def present(sources: Sources, tails: Int32s, venues: int) -> Present:
    """Sort the stays of sources."""
    stays = own_stays(sources.stays, tails)
    floor, venue, pieces = pieces_of(stays, sources.start, venues)
    begin = int(pieces["came"].min(initial=FAR)) // DAY * DAY
    days = int((pieces["came"].max(initial=begin) - begin) // DAY) + 1
    cells, facts, back = facts_of(floor, venue, pieces, venues, begin, days)
    return Present(cells, facts, in_cells(venue, pieces, facts, begin, days), stays, begin, days, back)


@kernel
def own_stays(stays: Stays, tails: Int32s) -> NDArray[Any]:
    """The stays as they are, in less room."""
    found = np.empty(len(stays), OWN_STAY)
    for at in range(len(stays)):
        own, stay = found[at], stays[at]
        own.venue, own.came, own.clean = stay.venue, stay.a, stay.b + tails[stay.venue]
    return found


@kernel
def pieces_of(stays: NDArray[Any], start: Int64s, venues: int) -> tuple[NDArray[np.int8], Int32s, NDArray[Any]]:
    """Floors, venues and pieces, those of a source together."""
    most = len(stays) * FLOORS
    floors, places, pieces, count = np.empty(most, np.int8), np.empty(most, np.int32), np.empty(most, PIECE), 0
    owner, until = np.full(venues, -1, np.int32), np.empty((venues, FLOORS), np.int32)
    for source in range(len(start) - 1):
        own = in_time(stays[start[source] : start[source + 1]])
        for at in range(len(own)):
            venue, came, clean = own[at].venue, own[at].came, own[at].clean
            if owner[venue] != source:
                owner[venue] = source
                for floor in range(FLOORS):
                    until[venue, floor] = came
            for floor in range(FLOORS):
                again = came if floor == FLOORS - 1 else max(came, min(until[venue, floor], clean))
                if again < clean:
                    floors[count], places[count], until[venue, floor] = floor, venue, clean
                    pieces[count].came, pieces[count].clean, pieces[count].source = again, clean, source
                    count += 1
                clean = again  # what was there before on this floor is counted again on the next one
                if came == clean:
                    break
    return floors[:count], places[:count], pieces[:count]


@kernel
def in_time(stays: NDArray[Any]) -> NDArray[Any]:
    """The stays of one source by their beginning; nearly always they already are."""
    for at in range(1, len(stays)):
        if stays[at].came < stays[at - 1].came:
            return stays[np.argsort(stays["came"])]
    return stays


@kernel
def facts_of(
    floors: NDArray[np.int8], places: Int32s, pieces: NDArray[Any], venues: int, begin: int, days: int
) -> tuple[Int32s, Int32s, int]:
    """`cells`, `facts` and `back` of `Present`."""
    every = venues * (days + 1)
    cells, facts = np.zeros((every, CARRIED + 1), np.int32), np.zeros((every, FACTS), np.int32)
    owner, seconds = np.full((every, FLOORS), -1, np.int32), np.zeros((every, FLOORS), np.int32)
    count = np.zeros(every, np.int32)
    back: int = 0
    for at in range(len(pieces)):
        floor, piece = floors[at], pieces[at]
        day, took = (piece.came - begin) // DAY, piece.clean - piece.came
        cell = places[at] * (days + 1) + day
        if owner[cell, floor] != piece.source:
            owner[cell, floor], seconds[cell, floor] = piece.source, 0
            if floor == FLOORS - 1:
                count[cell] = 0
        seconds[cell, floor] += took
        fact, length = facts[cell], length_class(took)
        fact[length + 1] += 1
        fact[LONGEST + length], fact[MOST + floor] = (
            max(fact[LONGEST + length], took),
            max(fact[MOST + floor], seconds[cell, floor]),
        )
        if floor == FLOORS - 1:
            count[cell] += 1
            fact[DEPTH] = max(fact[DEPTH], count[cell])
        cells[cell, ALL_CLEAN] = max(cells[cell, ALL_CLEAN], piece.clean)
        back = max(back, (piece.clean - 1 - begin) // DAY - day)
    begins: int = 0
    for cell in range(every):
        cells[cell, BEGIN] = facts[cell, 0] = begins
        for length in range(LENGTHS):
            begins += facts[cell, length + 1]
            facts[cell, length + 1] = begins
        cells[cell, END] = begins
        if cell % (days + 1) > 0:
            cells[cell, CARRIED] = max(cells[cell - 1, CARRIED], cells[cell - 1, ALL_CLEAN])
    return cells, facts, back


@inlined
def length_class(took: int) -> int:
    return int(took > SHORT) + int(took > MIDDLE)


@kernel
def in_cells(places: Int32s, pieces: NDArray[Any], facts: Int32s, begin: int, days: int) -> Int32s:
    """The pieces by cell, length class and beginning: two counting sorts, first by the second of the day."""
    upcoming, early, found = (
        np.zeros(DAY + 1, np.int32),
        np.empty(len(pieces), np.int32),
        np.empty(3 * len(pieces), np.int32),
    )
    for piece in pieces:
        upcoming[(piece.came - begin) % DAY + 1] += 1
    for second in range(DAY):
        upcoming[second + 1] += upcoming[second]
    for at in range(len(pieces)):
        second = (pieces[at].came - begin) % DAY
        early[upcoming[second]] = at
        upcoming[second] += 1
    places_of_class = facts[:, :LENGTHS].copy()
    for earlier in early:
        piece = pieces[earlier]
        cell = places[earlier] * (days + 1) + (piece.came - begin) // DAY
        length = length_class(piece.clean - piece.came)
        first, there = facts[cell, 0], facts[cell, LENGTHS] - facts[cell, 0]
        to = 2 * first + places_of_class[cell, length]
        found[to], found[to + there], found[to + 2 * there] = piece.came, piece.clean, piece.source
        places_of_class[cell, length] += 1
    return found
