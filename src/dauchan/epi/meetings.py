"""The visits of one person to places where sources were, and in which order they are looked at."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.sources_by_place import ALL_CLEAN, DEPTH, FLOORS, LENGTHS, MOST, Present, cells_of
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of

CLASSES, USUAL = 64, 3600
"""Visits are ordered by so many classes of cost; a source stays about so many seconds."""

MEETING = np.dtype(
    [("floor", np.int64), ("entered", np.int64), ("left", np.int64), ("most", np.int64), ("order", np.int64)]
)
"""A person's visit to a floor of `Present` where sources were: `most` is what it can add to the sum of one of them, `order` when to look."""


@kernel
def meetings_of(spans: Spans, person: int, here: Present) -> NDArray[Any]:
    """The visits of a person at places where sources were about that time, those first that tell most for the least work."""
    found, count = np.empty(FLOORS * visits_of(spans, person), MEETING), 0
    for span in range(len(spans.start)):
        if spans.reach[span] <= here.begin:
            continue
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span],
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        low, high = rows_of_person(spans, person, span)
        for row in range(low, high):
            entered = (words[row] >> shift) + start
            stay = (words[row] >> who_bits) & stay_mask(shift, who_bits)
            venue = spans.venues[venues + (words[row] & who_mask(who_bits))]
            for floor in range(venue, FLOORS * here.venues, here.venues):
                most, pieces = what_can_be_met(here, floor, entered, entered + stay)
                if most:
                    meeting = found[count]
                    meeting.floor, meeting.entered, meeting.left, meeting.most = floor, entered, entered + stay, most
                    meeting.order = cost_class(pieces, most)
                    count += 1
    return in_order_of_cost(found[:count])


@inlined
def what_can_be_met(here: Present, floor: int, entered: int, left: int) -> tuple[int, int]:
    """How many seconds a visit can add to the sum of one source, and about how many pieces are to be looked at for it."""
    most: int = 0
    deepest: int = 0
    pieces: int = 0
    first, last = cells_of(here, floor, entered, left)
    for cell in range(first, last + 1):
        if here.cells[cell, ALL_CLEAN] > entered:
            deepest = deepest + here.cells[cell, DEPTH] if floor >= (FLOORS - 1) * here.venues else 1
            most += here.cells[cell, MOST]
            pieces += here.cells[cell, LENGTHS] - here.cells[cell, 0]
    return min((left - entered) * deepest, most), pieces * (left - entered + USUAL)


@inlined
def cost_class(pieces: int, most: int) -> int:
    """How many pieces must be looked at per second that they can add: twice the power of two, and one for the half."""
    costs, order = pieces // (8 * most) + 2, 0
    while costs >> 2:
        costs >>= 1
        order += 2
    return min(order + (costs & 1), CLASSES - 1)


@inlined
def in_order_of_cost(meetings: NDArray[Any]) -> NDArray[Any]:
    """A counting sort."""
    upcoming, ordered = np.zeros(CLASSES + 1, np.int64), np.empty_like(meetings)
    for meeting in meetings:
        upcoming[meeting.order + 1] += 1
    for place in range(CLASSES):
        upcoming[place + 1] += upcoming[place]
    for meeting in meetings:
        ordered[upcoming[meeting.order]] = meeting
        upcoming[meeting.order] += 1
    return ordered
