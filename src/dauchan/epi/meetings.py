"""The visits of one person to places where sources were, and in which order they are looked at."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.sources_by_place import ALL_CLEAN, BEGIN, CARRIED, DEPTH, END, FLOORS, MOST, Present
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

CLASSES, USUAL = 64, 3600
"""Meetings are ordered by so many classes of cost; a source stays about so many seconds."""
FEW = 64
"""Pieces that are added one and all, without asking when they began."""

MEETING = np.dtype(
    [
        ("venue", np.int32),
        ("entered", np.int32),
        ("left", np.int32),
        ("first", np.int32),
        ("last", np.int32),
        ("pieces", np.int32),
    ]
)
"""A person's visit to a venue where sources were about that time: they are among so many pieces of the cells first to last of `Present`."""


LARGE = np.dtype([("meeting", np.int32), ("order", np.int32), ("pieces", np.int64), ("most", np.int64)])
"""A meeting with many pieces: which one it is, when to look at it, about how many pieces must be looked at, and what it can add to the sum of one source
at most."""


@kernel
def most_visits(spans: Spans, people: tuple[int, int]) -> int:
    """How many visits one of the people first:after has at most."""
    most = 0
    for person in range(people[0], people[1]):
        most = max(most, visits_of(spans, person))
    return most


@kernel
def meetings_of(spans: Spans, person: int, here: Present, found: NDArray[Any]) -> NDArray[Any]:
    """The visits of a person at places where sources were about that time, written to `found`."""
    count, cells, begin, days, all_venues = 0, here.cells, here.begin, here.days, spans.venues
    for span in range(len(spans.start)):
        if spans.reach[span] <= begin:
            continue
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span] - begin,
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        low, high = rows_of_person(spans, person, span)
        for row in range(low, high):
            entered = (words[row] >> shift) + start
            left = entered + ((words[row] >> who_bits) & stay_mask(shift, who_bits))
            venue = all_venues[np.uint64(venues + (words[row] & who_mask(who_bits)))]
            if left <= 0:
                continue
            cell, pieces = venue * (days + 1), 0
            first = cell + min(max(entered, 0) // DAY, days)
            last = max(cell + min((left - 1) // DAY, days), first)
            if cells[first, CARRIED] > entered + begin:
                first = max(first - here.back, cell)
            for each in range(first, last + 1):
                if cells[each, ALL_CLEAN] > entered + begin:
                    pieces += cells[each, END] - cells[each, BEGIN]
            if pieces:
                meeting = found[count]
                meeting.venue, meeting.entered, meeting.left = venue, entered + begin, left + begin
                meeting.first, meeting.last, meeting.pieces = first, last, pieces
                count += 1
    return found[:count]


@inlined
def most_of(here: Present, meeting: Any) -> int:  # noqa: ANN401 — a record of `MEETING`
    """How many seconds a meeting can add to the sum of one source."""
    facts, cells, stay = here.facts, here.cells, meeting.left - meeting.entered
    bound: int = 0
    for floor in range(FLOORS):
        most: int = 0
        deepest: int = int(floor < FLOORS - 1)
        for cell in range(meeting.first, meeting.last + 1):
            if cells[cell, ALL_CLEAN] > meeting.entered:
                most += facts[cell, MOST + floor]
                if floor == FLOORS - 1:
                    deepest += facts[cell, DEPTH]
        bound += min(stay * deepest, most)
    return bound


@inlined
def cost_class(pieces: int, most: int) -> int:
    """How many pieces must be looked at per second that they can add: twice the power of two, and one for the half."""
    costs, order = pieces // (8 * most) + 2, 0
    while costs >> 2:
        costs >>= 1
        order += 2
    return min(order + (costs & 1), CLASSES - 1)


@inlined
def in_order_of_cost(found: NDArray[Any], ordered: NDArray[Any], upcoming: Int64s) -> NDArray[Any]:
    """A counting sort."""
    upcoming[:] = 0
    for large in found:
        upcoming[large.order + 1] += 1
    for place in range(CLASSES):
        upcoming[place + 1] += upcoming[place]
    for large in found:
        ordered[upcoming[large.order]] = large
        upcoming[large.order] += 1
    return ordered[: len(found)]


@kernel
def large_ones(
    meetings: NDArray[Any], here: Present, found: NDArray[Any], ordered: NDArray[Any], upcoming: Int64s
) -> NDArray[Any]:
    """The meetings with more than a few pieces, those first that tell most for the least work; the other arrays are room for them."""
    count = 0
    for place in range(len(meetings)):
        meeting = meetings[place]
        if meeting.pieces > FEW:
            most = most_of(here, meeting)
            found[count].meeting, found[count].most = place, most
            seconds = meeting.left - meeting.entered + USUAL
            found[count].pieces = min(2 * meeting.pieces * seconds // DAY, meeting.pieces)
            found[count].order = cost_class(meeting.pieces * seconds, most)
            count += 1
    return in_order_of_cost(found[:count], ordered, upcoming)
