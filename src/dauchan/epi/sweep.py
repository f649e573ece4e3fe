"""All places that many sources went to, one place after another.

A later generation goes to the same places again and again, and most of whom it meets there are known already. Source by source every
stay would wait for the memory several times; so a place's visits of those who are not known yet are picked out once, by a bit for each
of the day's people, and compared with the stays there, which are in the nearest caches. What a visit shares with them is kept as one run of
words, in a bin of people whose numbers are near.
"""

from typing import NamedTuple

import numpy as np

from dauchan.epi.bins import BIN_BITS, CHUNK, HALF, OVERLAP, SOURCE_BITS, Bins, begin_chunk, with_more_room
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.others import Others, is_other
from dauchan.epi.packing import LINE, WORD_BYTES, Int32s, Words, first_from
from dauchan.epi.pieces import Clock, Places, by_time
from dauchan.epi.spans import Spans, fetch_ahead, fetch_venue, numbers_of, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

FEW = 32
"""Words that are looked at one and all rather than searched."""


@kernel
def sweep(spans: Spans, places: Places, venues: tuple[int, int], others: Others, bins: Bins) -> Bins:
    """Put what the visits of those who are not known share with the stays at the venues first:after into bins."""
    starts, at, met = spans.venue_start, places.at, room_for_visits(1 << 10)
    for venue in range(venues[0], venues[1]):
        if at[venue] == at[venue + 1]:
            continue
        most: int = 0
        for span in range(starts.shape[1]):
            most += starts[venue + 1, span] - starts[venue, span]
        if most > len(met.words):
            met = room_for_visits(2 * most)
        clock = by_time(places.pieces[at[venue] : at[venue + 1]])
        count, done = others_at(spans, venue, clock, others, met), 0
        while True:
            done = add_overlaps(met, (done, count), clock, bins)
            if done == count:
                break
            bins = with_more_room(bins, OVERLAP * len(clock.pieces) + 2 * CHUNK)
    return bins


class Met(NamedTuple):
    """Visits to a venue: their words, the people, entries and ends."""

    words: Int64s
    person: Int32s
    entered: Int32s
    left: Int32s


@kernel
def room_for_visits(count: int) -> Met:
    """Room for so many."""
    return Met(
        np.empty(count, np.int64), np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.int32)
    )


@kernel
def others_at(spans: Spans, venue: int, clock: Clock, others: Others, met: Met) -> int:
    """The visits to a venue, by those who are not known, that can overlap with pieces there, and few others; how many there are."""
    (kept, who, entries, ends), bits, bits_at, count = met, others.bits, others.at, np.uint64(0)
    venue_start, longest_stay, first, last = spans.venue_start, spans.longest_stay, spans.first, spans.last
    length, starts, by_venue, entry_shifts, all_who_bits = (
        spans.length,
        spans.start,
        spans.by_venue,
        spans.entry_shift,
        spans.who_bits,
    )
    people_at, people_count = spans.people, spans.people_count
    for span in range(len(starts)):
        low, high = venue_start[venue, span], venue_start[venue + 1, span]
        fetch_venue(spans, span + 1, venue)
        if low == high:
            continue
        words, start = words_of(by_venue[span], length[span]), starts[span]
        shift, who_bits, begin = entry_shifts[span], all_who_bits[span], count
        low, high = rows_near(
            words, (low, high), (first[span], last[span], longest_stay[venue, span]), (start, shift), clock
        )
        own_number, most, block = who_mask(who_bits), stay_mask(shift, who_bits), bits_at[span]
        for row in range(low, high):  # without a branch to mispredict
            word = words[np.uint64(row)]
            person = word & own_number
            kept[count] = word
            count += np.uint64(is_other(bits, block, person))
        people = numbers_of(people_at[span], people_count[span])
        for at in range(begin, count):  # apart from the others: these lie far apart, and no load waits for another
            word = kept[at]
            entered = (word >> shift) + start
            entries[at], ends[at] = entered, entered + ((word >> who_bits) & most)
            who[at] = people[np.uint64(word & own_number)]
    return np.int64(count)  # type: ignore[return-value]  # what Numba takes for a plain number


@inlined
def rows_near(
    words: Words, rows: tuple[int, int], edges: tuple[int, int, int], layout: tuple[int, int], clock: Clock
) -> tuple[int, int]:
    """Of the words low:high of a venue, whose first and last entry and longest stay are given, those among which all visits are that can overlap with pieces."""
    (low, high), (first, last, longest), (start, entry_shift) = rows, edges, layout
    begin, slots, shift = clock.begin, clock.slots, clock.shift
    slot = max((first - clock.longest - begin) >> shift, 0)
    after = min(((last + longest - begin) >> shift) + 1, len(slots) - 1)
    if slot >= after or slots[slot] == slots[after]:
        return low, low
    if high - low > FEW:
        while slots[slot] == slots[slot + 1]:
            slot += 1
        while slots[after] == slots[after - 1]:
            after -= 1
        since, until = begin + (slot << shift) - longest, begin + (after << shift) + clock.longest
        if since > first:
            low = first_from(words, low, high, since - start, entry_shift)
        if until <= last:
            high = first_from(words, low, high, until - start, entry_shift)
    return low, high


@kernel
def add_overlaps(met: Met, visits: tuple[int, int], clock: Clock, bins: Bins) -> int:
    """Write what the visits first:after share with pieces, until there is no room; up to which they were looked at."""
    (pieces, slots, begin, shift, longest), room_at = clock, bins.room.ctypes.data
    room, filled, end, last, who, entries, ends = (
        bins.room,
        bins.filled,
        bins.end,
        len(slots) - 1,
        met.person,
        met.entered,
        met.left,
    )
    for n in range(visits[0], visits[1]):
        entered, left, person = int(entries[n]), int(ends[n]), int(who[n])
        slot = max((entered - longest - begin) >> shift, 0)
        after = min(((left - 1 - begin) >> shift) + 1, last)
        if slot >= after:
            continue
        low, high = int(slots[np.uint64(slot)]), int(slots[np.uint64(after)])
        if low == high:
            continue
        number, need = person >> BIN_BITS, OVERLAP * (high - low + 1)  # one more is written to than is kept
        if filled[number] + need > end[number] and not begin_chunk(bins, number, need):
            return n
        own, to = person << (HALF + SOURCE_BITS), np.uint64(filled[number])
        for at in range(low, high):  # without a branch to mispredict
            piece = pieces[np.uint64(at)]
            begins, over = max(entered, piece.came), min(left, piece.clean)
            fetch_ahead(room_at + np.int64(to) * WORD_BYTES + LINE)  # type: ignore[call-arg]  # as above
            room[to] = own | (np.int64(piece.source) << HALF) | piece.stay
            room[to + np.uint64(1)] = (begins << HALF) | over
            to += np.uint64(OVERLAP * (begins < over))
        filled[number] = to
    return visits[1]
