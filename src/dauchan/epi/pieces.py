"""The stays of sources place by place, as pieces of time until the air is clean again."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import Stays
from dauchan.epi.sources import Sources
from dauchan.epi.visit_columns import Int64s

PIECE = np.dtype([("came", np.int32), ("clean", np.int32), ("source", np.int32), ("stay", np.int32)])
"""When a source came, when the air was clean again, and the places of the source and its stay among those that are swept."""


class Places(NamedTuple):
    """The stays of sources by venue: those at venue v are `pieces[at[v] : at[v + 1]]`."""

    at: Int64s
    pieces: NDArray[Any]


@kernel
def stays_at(stays: Stays, venues: int) -> Int32s:
    """How many of the stays are at each venue."""
    counts = np.zeros(venues, np.int32)
    for stay in stays:
        counts[np.uint64(stay.venue)] += 1
    return counts


@kernel
def place_pieces(
    sources: Sources, first: tuple[int, int], upcoming: Int64s, tails: Int32s, pieces: NDArray[Any]
) -> None:
    """Put the stays of a part of the sources, which begins with a source and its stay, to their venues, at the upcoming places."""
    start, stays = sources.start, sources.stays
    for n in range(len(sources.person)):
        for at in range(start[n], start[n + 1]):
            stay = stays[at]
            venue = np.uint64(stay.venue)
            piece = pieces[np.uint64(upcoming[venue])]
            piece.came, piece.clean = stay.a, stay.b + tails[venue]
            piece.source, piece.stay = first[0] + n, first[1] + at
            upcoming[venue] += 1


class Clock(NamedTuple):
    """The pieces of a venue by time: those that begin in the slot of `1 << shift` seconds after `begin + (n << shift)` are `pieces[slots[n] : slots[n + 1]]`,
    and no piece is longer than `longest`.
    """

    pieces: NDArray[Any]
    slots: Int32s
    begin: int
    shift: int
    longest: int


@kernel
def by_time(pieces: NDArray[Any]) -> Clock:
    """Sort the pieces of a venue by slots of time, about four for each of them."""
    begin, last, longest, shift = pieces[0].came, pieces[0].came, 0, 0
    for piece in pieces:
        begin, last, longest = min(begin, piece.came), max(last, piece.came), max(longest, piece.clean - piece.came)
    while (last - begin) >> shift >= 4 * len(pieces):
        shift += 1
    slots, moved = np.zeros(((last - begin) >> shift) + 3, np.int32), np.empty(len(pieces), PIECE)
    for piece in pieces:
        slots[np.uint64(((piece.came - begin) >> shift) + 2)] += 1
    for slot in range(2, len(slots)):
        slots[slot] += slots[slot - 1]
    for piece in pieces:
        own = np.uint64(((piece.came - begin) >> shift) + 1)
        moved[np.uint64(slots[own])] = piece
        slots[own] += 1
    return Clock(moved, slots[:-1], begin, shift, longest)
