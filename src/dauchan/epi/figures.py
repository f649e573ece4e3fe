"""The figures of a row: what one person shared with one source, overlap by overlap."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import NOWHERE, Rule, Stays
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of

FAR_PAST, FAR_FUTURE = -(1 << 31), (1 << 31) - 1


@inlined
def begin_row(row: Any, person: int, start: int) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """A person's row before the first overlap is added, which begins at `start`."""
    row.person = person
    row.overlap = 0
    row.tail = 0
    row.encounters = 0
    row.first = start
    row.last = FAR_PAST
    row.longest = 0
    row.venue = NOWHERE


@inlined
def first_overlap(row: Any, begins: int, ends: int, left: int, venue: int) -> None:  # noqa: ANN401 — as above
    """Begin a person's row with the overlap [begins, ends): the same as to add it to a row that was begun, without reading that."""
    overlap = ends - begins
    row.overlap = overlap
    row.tail = max(0, ends - max(begins, left))
    row.encounters = 1
    row.first, row.last = begins, ends
    row.longest, row.venue = overlap, venue


@inlined
def add_overlap(row: Any, begins: int, ends: int, left: int, venue: int) -> None:  # noqa: ANN401 — as above
    """Add the overlap [begins, ends) with a source that left, or whose window ended, at `left`."""
    overlap = ends - begins
    row.overlap += overlap
    row.tail += max(0, ends - max(begins, left))
    row.encounters += 1
    row.first = min(row.first, begins)
    row.last = max(row.last, ends)
    longest, there = row.longest, row.venue
    is_longer = (overlap > longest) | ((overlap == longest) & (venue < there))
    row.longest, row.venue = max(overlap, longest), venue if is_longer else there


@inlined
def may_be_too_little(rule: Rule, row: Any) -> bool:  # noqa: ANN401 — as above
    """Whether overlaps that are enough in total may not be enough within any 24 hours."""
    return rule.per_24_hours and row.last - row.first > DAY and rule.min_overlap > min(row.longest, DAY)


@inlined
def is_contact(spans: Spans, stays: Stays, rule: Rule, row: Any) -> bool:  # noqa: ANN401 — as above
    """Whether overlaps that are enough in total are enough within 24 hours, where that is asked; arguments as in `is_enough`."""
    return not may_be_too_little(rule, row) or is_enough(spans, stays, rule, row)


@kernel
def is_enough(spans: Spans, stays: Stays, rule: Rule, row: Any) -> bool:  # noqa: ANN401 — as above
    """Whether the overlaps are enough within some 24 hours; `row` has the figures of the person and the source that had the stays.

    The seconds within [t, t + 24 h) only begin to fall, as t grows, where an overlap begins at t or ends at t + 24 h: one of those
    t has the most.
    """
    edges = overlaps_of(spans, row.person, stays, rule.tails)
    for edge in edges:
        for begins in (edge[0], edge[1] - DAY):
            seconds = 0
            for other in edges:
                seconds += max(0, min(other[1], begins + DAY) - max(other[0], begins))
            if seconds >= rule.min_overlap:
                return True
    return False


@kernel
def overlaps_of(spans: Spans, person: int, stays: Stays, tails: NDArray[np.int32]) -> NDArray[np.int64]:
    """The single overlaps of a person with stays of one source, a row [begins, ends) each."""
    edges, count = np.empty((visits_of(spans, person) * len(stays), 2), np.int64), 0
    for span in range(len(spans.start)):
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span],
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        low, high = rows_of_person(spans, person, span)
        for at in range(low, high):
            venue = spans.venues[venues + (words[at] & who_mask(who_bits))]
            entered = (words[at] >> shift) + start
            left = entered + ((words[at] >> who_bits) & stay_mask(shift, who_bits))
            for stay in stays:
                begins, ends = max(stay.a, entered), min(stay.b + tails[venue], left)
                if stay.venue == venue and begins < ends:
                    edges[count, 0], edges[count, 1] = begins, ends
                    count += 1
    return edges[:count]
