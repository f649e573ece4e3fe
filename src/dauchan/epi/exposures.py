"""The loops of a trace: one index case through all its generations.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY, lower_bound
from dauchan.epi.kernel import kernel
from dauchan.epi.person_rows import FREE, PersonRows, Rows, add, clear, empty_rows, slot_of
from dauchan.epi.visit_index import Visits

WINDOW = np.dtype([("person", np.int32), ("start", np.int64), ("end", np.int64)])
"""When a person is a source; windows of one person stand together and do not overlap."""

CROWD = np.dtype([("venue", np.int32), ("day", np.int64), ("visits", np.int64)])
"""A venue's local day (days since the index's origin) with more visits than the limit."""

Windows = NDArray[Any]


class Rules(NamedTuple):
    """The policy's numbers as the loops need them, in seconds; `crowd_limit` 0 is off."""

    tail: int
    latent_period: int
    horizon: int
    crowd_limit: int


@kernel
def visits_on_day(visits: Visits, venue: int, day: int) -> int:
    """How many visits at the venue were entered on a local day."""
    low, high = visits.venue_start[venue], visits.venue_start[venue + 1]
    begin = lower_bound(visits.venue_entered, low, high, day * DAY)
    return lower_bound(visits.venue_entered, begin, high, (day + 1) * DAY) - begin


@kernel
def add_stay(  # noqa: PLR0913, PLR0917 — a loop over plain arrays; a record for its facts would be built millions of times
    visits: Visits,
    known: PersonRows,
    pairs: PersonRows,
    source: int,
    generation: int,
    venue: int,
    a: int,
    b: int,
    tail: int,
) -> PersonRows:
    """Add to `pairs` what others share with the source's presence [a, b) at a venue."""
    high = visits.venue_start[venue + 1]
    earliest = a - visits.longest_stay[venue] + 1
    at = lower_bound(visits.venue_entered, visits.venue_start[venue], high, earliest)
    while at < high and visits.venue_entered[at] < b + tail:
        start, end = max(a, visits.venue_entered[at]), min(b + tail, visits.venue_left[at])
        person = visits.venue_person[at]
        if end > start and person != source and is_new(known, person, generation):
            pairs = add_overlap(pairs, person, source, generation, venue, start, end, b)
        at += 1
    return pairs


@kernel
def is_new(known: PersonRows, person: int, generation: int) -> bool:
    """Whether the person belongs to no earlier generation (generation 0 is the index case)."""
    row = known.slots[slot_of(known, person)]
    return bool(row == FREE or known.rows[row].generation >= generation)


@kernel
def add_overlap(  # noqa: PLR0913, PLR0917 — as above
    pairs: PersonRows, person: int, source: int, generation: int, venue: int, start: int, end: int, b: int
) -> PersonRows:
    """Add one overlap [start, end) with a source who left at b."""
    row = pairs.slots[slot_of(pairs, person)]
    if row == FREE:
        pairs = add(pairs, person, source, generation)
        row = np.int32(pairs.size[0] - 1)
    shared = pairs.rows[row]
    overlap = end - start
    shared.overlap += overlap
    shared.tail += max(0, end - max(start, b))
    shared.encounters += 1
    shared.first = min(shared.first, start)
    shared.last = max(shared.last, end)
    if overlap > shared.longest or (overlap == shared.longest and venue < shared.venue):
        shared.longest = overlap
        shared.venue = venue
    return pairs


@kernel
def add_window(
    visits: Visits,
    known: PersonRows,
    pairs: PersonRows,
    windows: Windows,
    at: int,
    generation: int,
    rules: Rules,
) -> PersonRows:
    """Add to `pairs` what others share with one source during its window `windows[at]`."""
    window = windows[at]
    person = window.person
    for row in range(visits.person_start[person], visits.person_start[person + 1]):
        entered, venue = visits.person_entered[row], visits.person_venue[row]
        if entered >= window.end:
            break
        a, b = max(window.start, entered), min(window.end, visits.person_left[row])
        if a >= b or (generation > 1 and is_crowded(visits, venue, entered, rules.crowd_limit)):
            continue
        pairs = add_stay(visits, known, pairs, person, generation, venue, a, b, rules.tail)
    return pairs


@kernel
def is_crowded(visits: Visits, venue: int, entered: int, crowd_limit: int) -> bool:
    """Whether a visit fell on a venue's local day with more visits than the limit."""
    return crowd_limit > 0 and visits_on_day(visits, venue, entered // DAY) > crowd_limit


@kernel
def keep_contacts(known: PersonRows, pairs: PersonRows, min_overlap: int) -> PersonRows:
    """Take over the contacts of one source; of several sources the longest overlap wins, then the smallest id."""
    for at in range(pairs.size[0]):
        shared = pairs.rows[at]
        if shared.overlap < min_overlap:
            continue
        row = known.slots[slot_of(known, shared.person)]
        if row == FREE:
            known = add(known, shared.person, shared.source, shared.generation)
            known.rows[known.size[0] - 1] = shared
            continue
        kept = known.rows[row]
        if shared.overlap > kept.overlap or (shared.overlap == kept.overlap and shared.source < kept.source):
            known.rows[row] = shared
    return known


@kernel
def windows_after(rows: Rows, latent_period: int, horizon: int) -> Windows:
    """When the contacts of a generation are sources: from the latent period after their first exposure to the horizon."""
    windows = np.empty(len(rows), WINDOW)
    for at in range(len(rows)):
        windows[at].person = rows[at].person
        windows[at].start = rows[at].first + latent_period
        windows[at].end = horizon
    return windows


@kernel
def trace_case(visits: Visits, windows: Windows, min_overlaps: NDArray[np.int64], rules: Rules) -> Rows:
    """All contacts of one index case, generation after generation; the first row is the case itself."""
    known = add(empty_rows(64), windows[0].person, windows[0].person, 0)
    pairs = empty_rows(64)
    for generation in range(1, len(min_overlaps) + 1):
        first_new = known.size[0]
        for at in range(len(windows)):
            pairs = add_window(visits, known, pairs, windows, at, generation, rules)
            if at + 1 == len(windows) or windows[at + 1].person != windows[at].person:
                known = keep_contacts(known, pairs, min_overlaps[generation - 1])
                clear(pairs)
        windows = windows_after(known.rows[first_new : known.size[0]], rules.latent_period, rules.horizon)
    return known.rows[: known.size[0]].copy()


@kernel
def crowds_met(visits: Visits, windows: Windows, crowd_limit: int) -> NDArray[Any]:
    """The crowded venue-days that sources of later generations went to, once per visit."""
    count = 0
    for window in windows:
        count += visits.person_start[window.person + 1] - visits.person_start[window.person]
    crowds = np.empty(count, CROWD)
    count = 0
    for window in windows:
        for at in range(visits.person_start[window.person], visits.person_start[window.person + 1]):
            entered, venue = visits.person_entered[at], visits.person_venue[at]
            present = max(window.start, entered) < min(window.end, visits.person_left[at])
            if present and is_crowded(visits, venue, entered, crowd_limit):
                crowds[count].venue = venue
                crowds[count].day = entered // DAY
                crowds[count].visits = visits_on_day(visits, venue, entered // DAY)
                count += 1
    return crowds[:count]
