"""Where the sources of a generation were, and when."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.crowds import DayVisits
from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import CROWD_DAYS, STAY, WINDOW, Crowds, Known, Rows, Stays, Windows
from dauchan.epi.spans import Spans, rows_of_person, stay_mask, visits_of, who_mask, words_of
from dauchan.epi.visit_columns import Int64s


class Sources(NamedTuple):
    """k sources: the stays of the n-th are `stays[start[n] : start[n + 1]]`."""

    person: NDArray[np.int32]
    start: Int64s
    stays: Stays


@kernel
def sources_of(spans: Spans, windows: Windows, crowd_limit: int, days: DayVisits) -> tuple[Sources, Crowds]:
    """The stays of sources in their windows, windows of one source standing together.

    With a crowd limit, stays on crowded venue-days are left out and the venue-days are listed.
    """
    person, start, count = np.empty(len(windows), np.int32), np.zeros(len(windows) + 1, np.int64), 0
    stays, filled = np.empty(64, STAY), 0
    crowds, crowded = np.empty(0, np.int64), 0
    for at in range(len(windows)):
        if at == 0 or windows[at].person != windows[at - 1].person:
            person[count] = windows[at].person
            count += 1
        most = visits_of(spans, windows[at].person)
        stays, first = with_room(stays, filled, most), filled
        filled = add_stays(spans, windows[at].person, windows[at].start, windows[at].end, stays, filled)
        if crowd_limit:
            crowds = with_room(crowds, crowded, filled - first)
            filled, crowded = without_crowds(days, crowd_limit, stays, first, filled, crowds, crowded)
        start[count] = filled
    return Sources(person[:count], start[: count + 1], stays[:filled]), crowds[:crowded]


@kernel
def add_stays(spans: Spans, person: int, begin: int, end: int, stays: Stays, count: int) -> int:
    """Write where a person was in [begin, end) to `stays` from place `count` on; how many there are then."""
    all_venues, reach, earliest = spans.venues, spans.reach, spans.first
    for span in range(len(reach)):
        if reach[span] <= begin or earliest[span] >= end:
            continue
        low, high = rows_of_person(spans, person, span)
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span],
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        for row in range(low, high):
            entered = (words[row] >> shift) + start
            a, b = max(begin, entered), min(end, entered + ((words[row] >> who_bits) & stay_mask(shift, who_bits)))
            if a < b:
                stay = stays[count]
                stay.venue, stay.a, stay.b = all_venues[venues + (words[row] & who_mask(who_bits))], a, b
                stay.entered = entered
                count += 1
    return count


@inlined
def without_crowds(
    days: DayVisits, limit: int, stays: Stays, first: int, after: int, crowds: Crowds, crowded: int
) -> tuple[int, int]:
    """Of the stays first:after move those on crowded venue-days to `crowds`; where both lists end then."""
    kept, column, visits = first, days.column, days.visits
    for at in range(first, after):
        stay = stays[at]
        if visits[stay.venue, column[stay.entered // DAY]] > limit:
            crowds[crowded] = stay.venue * CROWD_DAYS + stay.entered // DAY
            crowded += 1
        else:
            stays[kept] = stay
            kept += 1
    return kept, crowded


@kernel
def each_once(crowds: Crowds, venues: int, days: int) -> Crowds:
    """The different ones among venue-days, ascending. Sources by the thousand name the same few, and sorting all of them takes its time."""
    is_crowd, count = np.zeros((venues, days), np.bool_), 0
    for crowd in crowds:
        is_crowd[crowd // CROWD_DAYS, crowd % CROWD_DAYS] = True
    found = np.empty(np.count_nonzero(is_crowd), np.int64)
    for venue in range(venues):
        for day in range(days):
            if is_crowd[venue, day]:
                found[count] = venue * CROWD_DAYS + day
                count += 1
    return found


@kernel
def windows_after(rows: Rows, latent_period: int, horizon: int) -> Windows:
    """When the contacts of a generation are sources: from the latent period after their first exposure to the horizon."""
    windows, count = np.empty(len(rows), WINDOW), 0
    for row in rows:
        start = row.first + latent_period
        if start < horizon:
            windows[count].person, windows[count].start, windows[count].end = row.person, start, horizon
            count += 1
    return windows[:count]


def nobody(people: int) -> Known:
    """Room for the known among so many people."""
    return np.zeros((people + 63) // 64, np.int64)


@kernel
def make_known(known: Known, rows: Rows) -> None:
    """From now on nobody looks for the people of the rows."""
    for row in rows:
        known[row.person >> 6] |= 1 << (row.person & 63)


@inlined
def is_known(known: Known, person: int) -> int:
    """1 or 0; a number, for loops without branches."""
    members: int = known[np.uint64(person >> 6)]
    return (members >> (person & 63)) & 1


def joined(parts: Sequence[Sources]) -> Sources:
    """The sources of all parts."""
    if len(parts) == 1:
        return parts[0]
    starts = [np.zeros(1, np.int64), *(np.diff(part.start) for part in parts)]
    person, stays = (np.concatenate([part[column] for part in parts]) for column in (0, 2))
    return Sources(person, np.cumsum(np.concatenate(starts)), stays)


@kernel
def with_room(rows: Rows, count: int, more: int) -> Rows:
    """The first `count` rows in an array with room for `more`."""
    if count + more <= len(rows):
        return rows
    larger = np.empty(2 * (count + more), rows.dtype)
    larger[:count] = rows[:count]
    return larger
