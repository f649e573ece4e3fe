"""How many visits every place had on every local day: what a crowd limit looks at."""

from typing import NamedTuple

import numpy as np

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import CROWD_DAYS, NOWHERE, Crowds
from dauchan.epi.spans import Spans, words_of
from dauchan.epi.visit_columns import Bools, Int64s


class DayVisits(NamedTuple):
    """Venue v had `visits[v, column[d]]` visits that were entered on day d, counted from the origin's; days without any have no column."""

    column: Int32s
    visits: Int32s


class Crowded(NamedTuple):
    """Venue v was crowded on day d where `is_crowded[v * columns + column[d]]`; later days than `column` has are like its last one."""

    column: Int32s
    columns: int
    is_crowded: Bools


NOT_ASKED = Crowded(np.zeros(1, np.int32), 0, np.zeros(1, np.bool_))
"""For a trace without a crowd limit."""


def crowded_days(days: DayVisits, limit: int) -> Crowded:
    """The venue-days with more visits than a limit."""
    return Crowded(days.column, days.visits.shape[1], (days.visits > limit).ravel())


def crowds_seen(crowded: Crowded, seen: Bools) -> Crowds:
    """Venue-days that were marked, ascending."""
    if not crowded.columns:
        return np.empty(0, np.int64)
    days = np.flatnonzero(crowded.column != NOWHERE)
    venue, column = np.divmod(np.flatnonzero(seen), crowded.columns)
    return venue * CROWD_DAYS + days[column]


@kernel
def day_visits(spans: Spans) -> DayVisits:
    """Count the visits of all venues and days. The spans are mostly days, and what a day has is known without a look at its words."""
    column = days_with_visits(spans)
    visits = np.zeros((spans.venue_start.shape[0] - 1, max(column.max(), 0) + 1), np.int32)
    for span in range(len(spans.start)):
        day, is_one = spans.first[span] // DAY, spans.first[span] // DAY == spans.last[span] // DAY
        words, start, shift = (
            words_of(spans.by_venue[span], spans.length[span]),
            spans.start[span],
            spans.entry_shift[span],
        )
        for venue in range(len(visits)):
            low, high = spans.venue_start[venue, span], spans.venue_start[venue + 1, span]
            if is_one and low < high:
                visits[venue, column[day]] += high - low
                continue
            for row in range(low, high):
                visits[venue, column[((words[row] >> shift) + start) // DAY]] += 1
    return DayVisits(column, visits)


@kernel
def days_with_visits(spans: Spans) -> Int32s:
    """The place of each day among those that have visits."""
    last: int = 0
    for span in range(len(spans.start)):
        last = max(last, spans.last[span] // DAY)
    column, count = np.full(last + 1, NOWHERE, np.int32), 0
    for span in range(len(spans.start)):
        words, start, shift = (
            words_of(spans.by_venue[span], spans.length[span]),
            spans.start[span],
            spans.entry_shift[span],
        )
        if spans.first[span] // DAY == spans.last[span] // DAY:
            column[spans.first[span] // DAY] = 0
            continue
        for word in words:
            column[((word >> shift) + start) // DAY] = 0
    for day in range(len(column)):
        if column[day] == 0:
            column[day] = count
            count += 1
    return column


@kernel
def visits_of(days: DayVisits, crowds: Crowds) -> Int64s:
    """How many visits each of the venue-days had."""
    visits = np.empty(len(crowds), np.int64)
    for at in range(len(crowds)):
        visits[at] = days.visits[crowds[at] // CROWD_DAYS, days.column[crowds[at] % CROWD_DAYS]]
    return visits
