"""The loops of a trace: one index case through all its generations.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.

Where a person's rows stand is kept in `places`, two columns per person: the row among the known people of this case,
and the row among the pairs of the source in hand, `NOWHERE` where there is none. It is lent to a trace and given back as it
was, because filling it anew for a million people would cost more than a trace.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.copies import Visits
from dauchan.epi.intervals import DAY, lower_bound
from dauchan.epi.kernel import kernel
from dauchan.epi.records import (
    EXPOSURE,
    KNOWN,
    NOWHERE,
    PAIR,
    STAY,
    WINDOW,
    Crowds,
    Places,
    Rows,
    Rules,
    Stays,
    Windows,
)


@kernel
def trace_case(
    visits: Visits, windows: Windows, min_overlaps: NDArray[np.int64], rules: Rules, places: Places, crowds: Crowds
) -> Rows:
    """All contacts of one index case, generation after generation; the first row is the case itself.

    Crowded venue-days that sources went to are marked in `crowds`.
    """
    known, count = np.empty(64, EXPOSURE), 1
    known[0].person, known[0].generation = windows[0].person, 0
    places[windows[0].person, KNOWN] = 0
    for generation in range(1, len(min_overlaps) + 1):
        earlier, begin = count, 0
        for at in range(len(windows)):
            if at + 1 == len(windows) or windows[at + 1].person != windows[at].person:
                pairs = pairs_of(visits, windows[begin : at + 1], generation, earlier, rules, places, crowds)
                known = with_room(known, count, len(pairs))
                count = keep_contacts(known, count, pairs, min_overlaps[generation - 1], places)
                begin = at + 1
        windows = windows_after(known[earlier:count], rules.latent_period, rules.horizon)
    for row in range(count):
        places[known[row].person, KNOWN] = NOWHERE
    return known[:count].copy()


@kernel
def pairs_of(
    visits: Visits, windows: Windows, generation: int, earlier: int, rules: Rules, places: Places, crowds: Crowds
) -> Rows:
    """What everybody but the known people of earlier generations shared with one source, a row per person."""
    stays = stays_of(visits, windows, rules, crowds if generation > 1 else crowds[:0])
    most = 0
    for stay in stays:
        most = max(most, stay.high - stay.low)
    pairs, count, hits = np.empty(64, EXPOSURE), 0, np.empty(most, np.int64)
    for stay in stays:
        met = collect(visits, stay.low, stay.high, stay.a, hits)
        pairs = with_room(pairs, count, met)
        new = add_hits(visits, hits[:met], stay, rules.tail, earlier, pairs, count, places)
        for row in range(count, new):
            pairs[row].source = windows[0].person
            pairs[row].generation = generation
        count = new
    for row in range(count):
        places[pairs[row].person, PAIR] = NOWHERE
    return pairs[:count]


@kernel
def stays_of(visits: Visits, windows: Windows, rules: Rules, crowds: Crowds) -> Stays:
    """Where a source was during its windows; without crowded places unless `crowds` is empty."""
    begin, end = visits.person_start[windows[0].person], visits.person_start[windows[0].person + 1]
    stays, count = np.empty(len(windows) * (end - begin), STAY), 0
    for window in windows:
        for row in range(begin, end):
            venue, entered = visits.person_venue[row], visits.person_entered[row]
            a, b = max(window.start, entered), min(window.end, visits.person_left[row])
            if a >= b or (len(crowds) and is_crowded(visits, venue, entered, rules.crowd_limit, crowds)):
                continue
            last = visits.venue_start[venue + 1]
            low = lower_bound(visits.venue_entered, visits.venue_start[venue], last, a - visits.longest_stay[venue] + 1)
            stay = stays[count]
            stay.venue, stay.a, stay.b, stay.low = venue, a, b, low
            stay.high = lower_bound(visits.venue_entered, low, last, b + rules.tail)
            count += 1
    return stays[:count]


@kernel
def is_crowded(visits: Visits, venue: int, entered: int, crowd_limit: int, crowds: Crowds) -> bool:
    """Whether a visit fell on a venue's local day with more visits than the limit; if so, the day is marked in `crowds`."""
    day = lower_bound(visits.days, visits.day_start[venue], visits.day_start[venue + 1], entered // DAY)
    crowded = visits.day_visits[day] > crowd_limit
    crowds[day] |= crowded
    return bool(crowded)


@kernel
def collect(visits: Visits, low: int, high: int, a: int, hits: NDArray[np.int64]) -> int:
    """Write the rows of low:high that have not left by `a` to `hits`; how many they are. Without a branch to mispredict."""
    met = 0
    for row in range(low, high):
        hits[met] = row
        met += visits.venue_left[row] > a
    return met


@kernel
def add_hits(  # noqa: PLR0913, PLR0917 — one loop over plain arrays: a record of its facts would be built a million times
    visits: Visits,
    hits: NDArray[np.int64],
    stay: Any,  # noqa: ANN401 — a record of `STAY`
    tail: int,
    earlier: int,
    pairs: Rows,
    count: int,
    places: Places,
) -> int:
    """Add the overlaps with a source's stay to `pairs`; how many rows there are then."""
    a, b, venue = stay.a, stay.b, stay.venue
    for hit in hits:
        person = visits.venue_person[hit]
        start, end = max(a, visits.venue_entered[hit]), min(b + tail, visits.venue_left[hit])
        if start >= end or NOWHERE < places[person, KNOWN] < earlier:
            continue
        row = places[person, PAIR]
        if row == NOWHERE:
            row = places[person, PAIR] = count
            begin_row(pairs[row], person, start)
            count += 1
        shared, overlap = pairs[row], end - start
        shared.overlap += overlap
        shared.tail += max(0, end - max(start, b))
        shared.encounters += 1
        shared.first = min(shared.first, start)
        shared.last = max(shared.last, end)
        if overlap > shared.longest or (overlap == shared.longest and venue < shared.venue):
            shared.longest = overlap
            shared.venue = venue
    return count


@kernel
def begin_row(row: Any, person: int, start: int) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """A person's row before the first overlap is added."""
    row.person = person
    row.overlap = 0
    row.tail = 0
    row.encounters = 0
    row.first = start
    row.last = start
    row.longest = 0
    row.venue = NOWHERE


@kernel
def keep_contacts(known: Rows, count: int, pairs: Rows, min_overlap: int, places: Places) -> int:
    """Take over the contacts of one source; of several sources the longest overlap wins, then the smallest id."""
    for shared in pairs:
        if shared.overlap < min_overlap:
            continue
        row = places[shared.person, KNOWN]
        if row == NOWHERE:
            places[shared.person, KNOWN] = count
            known[count] = shared
            count += 1
            continue
        kept = known[row]
        if shared.overlap > kept.overlap or (shared.overlap == kept.overlap and shared.source < kept.source):
            known[row] = shared
    return count


@kernel
def with_room(rows: Rows, count: int, more: int) -> Rows:
    """The first `count` rows in an array with room for `more`."""
    if count + more <= len(rows):
        return rows
    larger = np.empty(2 * (count + more), EXPOSURE)
    larger[:count] = rows[:count]
    return larger


@kernel
def windows_after(rows: Rows, latent_period: int, horizon: int) -> Windows:
    """When the contacts of a generation are sources: from the latent period after their first exposure to the horizon."""
    windows = np.empty(len(rows), WINDOW)
    for at in range(len(rows)):
        windows[at].person = rows[at].person
        windows[at].start = rows[at].first + latent_period
        windows[at].end = horizon
    return windows
