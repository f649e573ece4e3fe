"""Who was at a place while a source was there: the innermost loops of a trace.

Each is short and does one thing to all of a few thousand visits, so that one instruction does many of them, or no look at the memory waits
for an earlier one.
"""

import numpy as np

from dauchan.epi.figures import add_overlap, first_overlap
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s, Words, first_from
from dauchan.epi.records import NOWHERE, RANGE, Known, Ranges, Rows, Stays
from dauchan.epi.sources import is_known
from dauchan.epi.spans import Spans, people_of, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

FEW = 24
"""Words that are looked at one and all rather than searched."""


@kernel
def ranges_of(spans: Spans, stays: Stays, tails: Int32s) -> Ranges:
    """Where in the copies by venue the visits stand that overlap with each stay, and few others."""
    ranges, count = np.empty(len(stays) * len(spans.start), RANGE), 0
    starts, longest, reach, first = spans.venue_start, spans.longest_stay, spans.reach, spans.first
    for at in range(len(stays)):
        stay = stays[at]
        venue, a, until = stay.venue, stay.a, stay.b + tails[stay.venue]
        for span in range(len(reach)):
            if reach[span] <= a or first[span] >= until:
                continue
            low, high = starts[venue, span], starts[venue + 1, span]
            if low == high:
                continue
            words, start, shift = (
                words_of(spans.by_venue[span], spans.length[span]),
                spans.start[span],
                spans.entry_shift[span],
            )
            if high - low > FEW:
                low = first_from(words, low, high, a - longest[venue, span] + 1 - start, shift)
                high = first_from(words, low, high, until - start, shift)
            if low < high:
                found = ranges[count]
                found.stay, found.span, found.low, found.high = at, span, low, high
                count += 1
    return ranges[:count]


@kernel
def hits_of(spans: Spans, ranges: Ranges, stays: Stays, tails: Int32s) -> tuple[Words, Int64s]:
    """The words of the visits that overlap with the stays, range by range, and where those of each range end."""
    most, all_of_them = 0, 0
    for found in ranges:
        most = max(most, found.high - found.low)
        all_of_them += found.high - found.low
    hits, ends, met = np.empty(all_of_them, np.int64), np.empty(len(ranges), np.int64), np.uint64(0)
    is_hit = np.empty(most, np.bool_)
    for n in range(len(ranges)):
        found = ranges[n]
        stay, span = stays[found.stay], found.span
        words, start = words_of(spans.by_venue[span], spans.length[span]), spans.start[span]
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        longest, a, until = stay_mask(shift, who_bits), stay.a - start, stay.b + tails[stay.venue] - start
        words = words[found.low : found.high]
        for at in range(len(words)):  # one instruction looks at many
            entered = words[at] >> shift
            left = entered + ((words[at] >> who_bits) & longest)
            is_hit[at] = (left > a) & (entered < until) & (entered < left)
        for at in range(len(words)):  # without a branch to mispredict
            hits[met] = words[at]
            met += np.uint64(is_hit[at])
        ends[n] = met
    return hits[:met], ends


@kernel
def people_met(spans: Spans, ranges: Ranges, hits: Words, ends: Int64s, known: Known) -> Int32s:
    """The people of the hits; hits of the known are taken out, where there are any."""
    who, begin, kept = np.empty(len(hits), np.int32), 0, np.uint64(0)
    for n in range(len(ranges)):
        span, end = ranges[n].span, ends[n]
        people, own_number = people_of(spans, span), who_mask(spans.who_bits[span])
        for at in range(begin, end):
            who[at] = people[np.uint64(hits[at] & own_number)]
        if len(known):
            for at in range(begin, end):
                person = who[at]
                hits[kept], who[kept] = hits[at], person
                kept += np.uint64(1 - is_known(known, person))
            ends[n] = kept
        begin = end
    return who[: kept if len(known) else len(hits)]


@kernel
def rows_of(
    spans: Spans,
    ranges: Ranges,
    met: tuple[Words, Int64s, Int32s],
    stays: Stays,
    tails: Int32s,
    whose: tuple[int, int],
    pairs: Rows,
) -> Rows:
    """A row for each person that was met, all overlaps added up, in the first of `pairs`; `met` are the words, where those of each range end, and who they are.

    `whose` is the source and the generation. Most people are met once, so a row is written as it is found, and seldom found again: by
    the last bits of the person's number, in a table that is small enough for the nearest caches. Most of it stays empty, and whoever
    finds another's place takes the next one.
    """
    (hits, ends, who), slots = met, 4
    while slots < 2 * len(who):
        slots *= 2
    taken, owner = np.full(slots, NOWHERE, np.int32), np.empty(len(who), np.int32)
    count, begin = 0, 0
    for n in range(len(ranges)):
        stay, span, end = stays[ranges[n].stay], ranges[n].span, ends[n]
        start, shift, who_bits = spans.start[span], spans.entry_shift[span], spans.who_bits[span]
        longest, a, left, venue = stay_mask(shift, who_bits), stay.a, stay.b, stay.venue
        until = left + tails[venue]
        for at in range(begin, end):
            word, person = hits[at], who[at]
            entered = (word >> shift) + start
            begins, ends_at = max(a, entered), min(until, entered + ((word >> who_bits) & longest))
            slot = np.uint64(person & (slots - 1))
            row = taken[slot]
            while row >= 0 and owner[np.uint64(row)] != person:
                slot = np.uint64((slot + 1) & (slots - 1))
                row = taken[slot]
            if row >= 0:
                add_overlap(pairs[np.uint64(row)], begins, ends_at, left, venue)
            else:
                owner[np.uint64(count)], taken[slot] = person, count
                pair = pairs[np.uint64(count)]
                pair.person, (pair.source, pair.generation) = person, whose
                first_overlap(pair, begins, ends_at, left, venue)
                count += 1
        begin = end
    return pairs[:count]
