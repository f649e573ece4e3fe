"""All places that many sources went to, one place after another.

A later generation goes to the same places again and again, and most of whom it meets there are known already. Source by source every
stay would wait for the memory several times; so the visits of those who are not known yet are unpacked once for a place, into the nearest
caches, and compared with all stays there. The overlaps are kept by place, and found again by the stay they belong to.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import OVERLAP, Known, Overlaps, Stays
from dauchan.epi.sorting import counted, grouped
from dauchan.epi.sources import is_known, with_room
from dauchan.epi.spans import Spans, numbers_of, people_of, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

Wanted = NDArray[np.bool_]
"""For each venue and day whether a source was there, or the air of one."""

VISIT = np.dtype([("person", np.int32), ("entered", np.int32), ("left", np.int32)])
NUMBERS = 4
"""32-bit numbers of an overlap, in the order of `OVERLAP`."""


class Swept(NamedTuple):
    """Of each stay of some sources where its overlaps begin, in the end as an address in the memory, and how many there are."""

    begins: Int64s
    counts: Int32s


class Places(NamedTuple):
    """Stays of sources by venue: those at venue v are `order[at[v] : at[v + 1]]`; where and when anybody is wanted, and how long air counts."""

    stays: Stays
    at: Int64s
    order: Int64s
    wanted: Wanted
    tails: Int32s


def places_of(stays: Stays, wanted: Wanted, tails: Int32s) -> Places:
    """Sort stays by venue."""
    venue = stays["venue"].astype(np.int32)
    at = counted(venue, len(wanted))
    return Places(stays, at, grouped(venue, at, np.arange(len(stays))), wanted, tails)


@kernel
def want(wanted: Wanted, stays: Stays, tails: Int32s) -> None:
    """Mark where and when the stays are."""
    last = wanted.shape[1] - 1
    for stay in stays:
        for day in range(stay.a // DAY, min((stay.b + tails[stay.venue] - 1) // DAY, last) + 1):
            wanted[stay.venue, day] = True


@kernel
def visits_wanted(spans: Spans, wanted: Wanted, span: int) -> int:
    """How many visits of a span are to be looked at."""
    visits, starts, longest = 0, spans.venue_start, spans.longest_stay
    for venue in range(len(wanted)):
        since, until = wanted_part(wanted, venue, spans.first[span], spans.last[span] + longest[venue, span])
        if since < until:
            visits += starts[venue + 1, span] - starts[venue, span]
    return visits


@inlined
def wanted_part(wanted: Wanted, venue: int, first: int, last: int) -> tuple[int, int]:
    """From the beginning of the first to the end of the last wanted day of a venue between two instants; nothing where there is none."""
    begin, end = first // DAY, min(last // DAY, wanted.shape[1] - 1)
    while begin <= end and not wanted[venue, begin]:
        begin += 1
    while end > begin and not wanted[venue, end]:
        end -= 1
    return begin * DAY, (end + 1) * DAY


@kernel
def sweep(spans: Spans, places: Places, venues: tuple[int, int], known: Known, found: Swept) -> Overlaps:
    """The overlaps of all stays at the venues first:after with those who are not known, stay by stay.

    At which of them those of each stay begin, and how many there are, goes to `found`.
    """
    overlaps, count, at, order = np.empty(1 << 10, OVERLAP), 0, places.at, places.order
    visits, ends = np.empty(1 << 10, VISIT), np.zeros(len(spans.start), np.int64)
    for venue in range(venues[0], venues[1]):
        if at[venue] < at[venue + 1]:
            visits = visits_at(spans, venue, places.wanted, known, visits, ends)
            there = order[at[venue] : at[venue + 1]]
            overlaps, count = add_overlaps(spans, places, venue, there, (visits, ends), found, (overlaps, count))
    return overlaps[:count]


@kernel
def visits_at(spans: Spans, venue: int, wanted: Wanted, known: Known, visits: Any, ends: Int64s) -> Any:  # noqa: ANN401 - records of `VISIT`
    """The visits to a venue of those who are not known on and about the wanted days, span by span; where those of each end."""
    count = 0
    for span in range(len(ends)):
        low, high = spans.venue_start[venue, span], spans.venue_start[venue + 1, span]
        last = spans.last[span] + spans.longest_stay[venue, span]
        since, until = wanted_part(wanted, venue, spans.first[span], last)
        if low < high and since < until:
            visits = with_room(visits, count, high - low)
            words, start = words_of(spans.by_venue[span], spans.length[span])[low:high], spans.start[span]
            shift, who_bits, people = spans.entry_shift[span], spans.who_bits[span], people_of(spans, span)
            own_number, longest = who_mask(who_bits), stay_mask(shift, who_bits)
            for word in words:  # without a branch to mispredict
                visit = visits[np.uint64(count)]
                visit.person = people[np.uint64(word & own_number)]
                visit.entered = (word >> shift) + start
                visit.left = visit.entered + ((word >> who_bits) & longest)
                is_other = (is_known(known, visit.person) == 0) & (visit.left > since) & (visit.entered < until)
                count += is_other & (visit.entered < visit.left)
        ends[span] = count
    return visits


@kernel
def add_overlaps(
    spans: Spans,
    places: Places,
    venue: int,
    there: Int64s,
    met: tuple[Any, Int64s],
    found: Swept,
    room: tuple[Overlaps, int],
) -> tuple[Overlaps, int]:
    """Write what the visits that were met share with the stays there, after the overlaps that were found before, of which so many are in the room.

    One loop, for a call from within would count the references of all arrays.
    """
    (visits, ends), (overlaps, count), (begins, counts) = met, room, found
    reach, first, longest, stays, tail = spans.reach, spans.first, spans.longest_stay, places.stays, places.tails[venue]
    for n in there:
        if count + ends[-1] > len(overlaps):
            overlaps = with_room(overlaps, count, ends[-1])
        begins[n], a, until = count, stays[n].a, stays[n].b + tail
        for span in range(len(ends)):
            low, high = ends[span - 1] if span else 0, ends[span]
            if low == high or reach[span] <= a or first[span] >= until:
                continue
            after, earliest = high, a - longest[venue, span] + 1
            while low < after:
                middle = (low + after) >> 1
                if visits[middle].entered < earliest:
                    low = middle + 1
                else:
                    after = middle
            while low < high and visits[low].entered < until:
                visit, overlap = visits[low], overlaps[np.uint64(count)]
                overlap.person, overlap.stay = visit.person, n
                overlap.begins, overlap.ends = max(a, visit.entered), min(until, visit.left)
                count += visit.left > a
                low += 1
        counts[n] = count - begins[n]
    return overlaps, count


@kernel
def swept_overlaps(swept: Swept) -> Overlaps:
    """The overlaps of all stays together, stay by stay."""
    begins, counts = swept.begins, swept.counts
    overlaps, filled = np.empty(counts.sum(), OVERLAP), 0
    for stay in range(len(counts)):
        numbers = numbers_of(begins[stay], counts[stay] * NUMBERS)
        for at in range(0, len(numbers), NUMBERS):
            overlap = overlaps[filled]
            overlap.person, overlap.stay = numbers[at], stay
            overlap.begins, overlap.ends = numbers[at + 2], numbers[at + 3]
            filled += 1
    return overlaps
