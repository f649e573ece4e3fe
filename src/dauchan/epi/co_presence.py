"""Who was at a place while a source was there: the innermost loops of a trace.

Each is short and does one thing to all of a few thousand visits, so that one instruction does many of them, or no look at the memory waits
for an earlier one.
"""

from typing import NamedTuple

import numpy as np

from dauchan.epi.kernel import kernel
from dauchan.epi.others import Others, is_other
from dauchan.epi.packing import Int32s, Words, first_from
from dauchan.epi.records import RANGE, Ranges, Stays
from dauchan.epi.sources import Sources, with_room
from dauchan.epi.spans import Spans, fetch_venue, people_of, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

FEW = 24
"""Words that are looked at one and all rather than searched."""
SMALL = 256
"""A place with so many visits on a day is small: its words are fetched ahead."""
BLOCK = 8192
"""Visits to the places of as many sources as are looked at together: what is made of them stays in the nearest caches."""


class Met(NamedTuple):
    """The visits that overlap with stays, range by range: their words, where those of each range end, and whose they are."""

    ranges: Ranges
    hits: Words
    ends: Int64s
    who: Int32s


@kernel
def places_of(spans: Spans, sources: Sources, first: int, tails: Int32s) -> tuple[Ranges, int]:
    """Where in the copies by venue the days of the places stand where sources were, from the one at `first` on, as far as these are worth
    one look; and the first source after them. The words of small places are fetched ahead.
    """
    ranges, count, visits, at = np.empty(64, RANGE), 0, 0, first
    starts, reach, begins, stays = spans.venue_start, spans.reach, spans.first, sources.stays
    while at < len(sources.person) and visits < BLOCK:
        for n in range(sources.start[at], sources.start[at + 1]):
            ranges = with_room(ranges, count, len(reach))
            venue, a, until = stays[n].venue, stays[n].a, stays[n].b + tails[stays[n].venue]
            for span in range(len(reach)):
                if reach[span] <= a or begins[span] >= until:
                    continue
                low, high = int(starts[venue, span]), int(starts[venue + 1, span])
                found = ranges[count]
                found.stay, found.span, found.low, found.high = n, span, low, high
                count += int(low < high)
                visits += high - low
                if high - low <= SMALL:
                    fetch_venue(spans, span, venue)
        at += 1
    return ranges[:count], at


@kernel
def ranges_of(spans: Spans, ranges: Ranges, stays: Stays, tails: Int32s) -> Ranges:
    """Where within days of places the visits stand that overlap with each stay, and few others."""
    count = 0
    for at in range(len(ranges)):
        span, low, high = ranges[at].span, ranges[at].low, ranges[at].high
        if high - low > FEW:
            stay, start, shift = stays[ranges[at].stay], spans.start[span], spans.entry_shift[span]
            words, until = words_of(spans.by_venue[span], spans.length[span]), stay.b + tails[stay.venue]
            low = first_from(words, low, high, stay.a - spans.longest_stay[stay.venue, span] + 1 - start, shift)
            high = first_from(words, low, high, until - start, shift)
        found = ranges[count]
        found.stay, found.span, found.low, found.high = ranges[at].stay, span, low, high
        count += int(low < high)
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
def people_met(spans: Spans, ranges: Ranges, hits: Words, ends: Int64s, others: Others) -> Int32s:
    """The people of the hits; where it is marked who is not known, hits of the known are taken out."""
    who, begin, kept, bits = np.empty(len(hits), np.int32), 0, np.uint64(0), others.bits
    for n in range(len(ranges)):
        span, end, first = ranges[n].span, ends[n], kept
        people, own_number = people_of(spans, span), who_mask(spans.who_bits[span])
        if len(bits):
            block = others.at[span]
            for at in range(begin, end):  # without a branch to mispredict
                word = hits[at]
                hits[kept] = word
                kept += np.uint64(is_other(bits, block, word & own_number))
            ends[n] = kept
        else:
            kept = np.uint64(end)
        for at in range(first, kept):
            who[at] = people[np.uint64(hits[at] & own_number)]
        begin = end
    return who[:kept]
