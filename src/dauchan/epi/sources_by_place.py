"""The stays of many sources, sorted by where and when they were, with what no single source of a place and day can exceed."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import Stays
from dauchan.epi.sources import Sources

FLOORS, LENGTHS = 3, 3
SHORT, MIDDLE = 2 * 3600, 5 * 3600
"""Stays are kept apart by how long they are, so that one long stay at a place does not make all of a day be looked at."""
FAR = np.iinfo(np.int32).max


PIECE = np.dtype([("came", np.int32), ("clean", np.int32), ("source", np.int32)])
"""When a source came, when the air was clean again, and which source it was."""

OWN_STAY = np.dtype([("venue", np.int32), ("came", np.int32), ("clean", np.int32)])
"""A stay of a source until the air is clean."""

LONGEST, ALL_CLEAN, MOST, DEPTH = LENGTHS + 1, 2 * LENGTHS + 1, 2 * LENGTHS + 2, 2 * LENGTHS + 3
FACTS = DEPTH + 1
"""Columns of `Present.cells`; the first ones say where the pieces of each length class begin, and where the last ones end."""


class Present(NamedTuple):
    """Where k sources were, by ascending number, as pieces of time from their coming until the air is clean again.

    A source that comes back before the air is clean counts twice for a while, and a bound would have to be twice as high for
    everybody. So its time is told apart: at floor v of V venues its pieces do not overlap, what is counted again is at floor V + v, and
    so on; only at the last floor pieces may overlap. Cell `D * floor + d` has the pieces that begin on the d-th of D days, day 0 beginning at `begin`, by length class and beginning.

    A row of `cells` stands in one place of the memory and has all that is known of a cell: where the pieces of each class stand, how long the
    longest of each is, when all air is clean, to how many seconds the pieces of one source add up at most, and how many of
    them go on at a time at most. `stays` are those of the sources as they are, one source after another. No piece goes on after the midnight `back` days later.
    """

    cells: Int32s
    pieces: NDArray[Any]
    stays: NDArray[Any]
    begin: int
    days: int
    back: int
    venues: int


def present(sources: Sources, tails: Int32s, venues: int) -> Present:
    """Sort the stays of sources."""
    stays, source = sources.stays, np.repeat(np.arange(len(sources.person), dtype=np.int32), np.diff(sources.start))
    order = np.argsort((source.astype(np.int64) << 32) | stays["a"])
    floor, pieces = pieces_of(stays[order], source[order], tails, venues)
    own = np.empty(len(stays), OWN_STAY)
    own["venue"], own["came"], own["clean"] = stays["venue"], stays["a"], stays["b"] + tails[stays["venue"]]
    begin = int(pieces["came"].min(initial=FAR)) // DAY * DAY
    day, took = (pieces["came"] - begin) // DAY, pieces["clean"] - pieces["came"]
    days = int(day.max(initial=0)) + 1
    cell = floor.astype(np.int64) * days + day
    group = cell * LENGTHS + (took > SHORT) + (took > MIDDLE)
    order = np.argsort((group << 32) | pieces["came"])
    start = np.searchsorted(group[order], np.arange(FLOORS * venues * days * LENGTHS + 1)).astype(np.int32)
    cells = facts_of(group, pieces, start, venues * days * (FLOORS - 1))
    back = int(((pieces["clean"] - 1 - begin) // DAY - day).max(initial=0))
    return Present(cells, pieces[order], own, begin, days, back, venues)


@kernel
def pieces_of(stays: Stays, source: Int32s, tails: Int32s, venues: int) -> tuple[Int32s, NDArray[Any]]:
    """Floors and pieces; the stays stand by source and beginning."""
    most = len(stays) * FLOORS
    floors, pieces, count = np.empty(most, np.int32), np.empty(most, PIECE), 0
    owner, until = np.full(venues, -1, np.int32), np.empty((venues, FLOORS), np.int32)
    for at in range(len(stays)):
        venue, came = stays[at].venue, stays[at].a
        clean = stays[at].b + tails[venue]
        if owner[venue] != source[at]:
            owner[venue], until[venue] = source[at], came
        for floor in range(FLOORS):
            again = came if floor == FLOORS - 1 else max(came, min(until[venue, floor], clean))
            if again < clean:
                floors[count], until[venue, floor] = floor * venues + venue, clean
                pieces[count].came, pieces[count].clean, pieces[count].source = again, clean, source[at]
                count += 1
            clean = again  # what was there before on this floor is counted again on the next one
            if came == clean:
                break
    return floors[:count], pieces[:count]


@kernel
def facts_of(group: NDArray[np.int64], pieces: NDArray[Any], start: Int32s, cells: int) -> Int32s:
    """`cells` of `Present`, of which so many have pieces that do not overlap; the pieces of one source stand together."""
    every = (len(start) - 1) // LENGTHS
    facts, owner = np.zeros((every, FACTS), np.int32), np.full(every, -1, np.int32)
    seconds, count = np.zeros(every, np.int32), np.zeros(every, np.int32)
    for cell in range(every):
        for length in range(LENGTHS + 1):
            facts[cell, length] = start[cell * LENGTHS + length]
    for at in range(len(group)):
        cell, length, piece = group[at] // LENGTHS, group[at] % LENGTHS, pieces[at]
        if owner[cell] != piece.source:
            owner[cell], seconds[cell], count[cell] = piece.source, 0, 0
        took = piece.clean - piece.came
        seconds[cell] += took
        count[cell] += 1
        fact = facts[cell]
        fact[LONGEST + length], fact[ALL_CLEAN] = max(fact[LONGEST + length], took), max(fact[ALL_CLEAN], piece.clean)
        fact[MOST] = max(fact[MOST], seconds[cell])
        fact[DEPTH] = 1 if cell < cells else max(fact[DEPTH], count[cell])
    return facts


@inlined
def cells_of(here: Present, floor: int, entered: int, left: int) -> tuple[int, int]:
    """The first and the last cell whose pieces a visit can overlap with; none where the first comes after the last."""
    first_day = max((entered - here.begin) // DAY - here.back, 0)
    last_day = min((left - 1 - here.begin) // DAY, here.days - 1)
    return floor * here.days + first_day, floor * here.days + last_day
