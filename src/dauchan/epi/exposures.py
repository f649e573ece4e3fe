"""The loops of a trace that go from source to source: who was where the source was.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.figures import add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Words, first_from
from dauchan.epi.records import EXPOSURE, KNOWN, NOWHERE, RANGE, Places, Ranges, Rows, Rule, Stays
from dauchan.epi.sources import Sources, with_room
from dauchan.epi.spans import Spans, stay_mask, who_mask, words_of

FEW = 24
"""Words that are looked at one and all rather than searched."""
Layout: TypeAlias = tuple[int, int, int]
"""Of a span: its start, and how far entries and stays are shifted in a word."""


@kernel
def contacts_of(spans: Spans, there: Spans, sources: Sources, rule: Rule, places: Places) -> Rows:
    """The contacts of sources, each once with the best of them: the longest overlap wins, then the smallest id.

    Who was at a place is read from `there`: the same spans, or a copy of those of their visits that can matter.
    """
    found, count = np.empty(64, EXPOSURE), 0
    for at in range(len(sources.person)):
        stays = sources.stays[sources.start[at] : sources.start[at + 1]]
        pairs = long_enough(spans, stays, rule, pairs_of(there, stays, sources.person[at], rule, places.pair))
        if len(sources.person) == 1:
            return pairs
        found = with_room(found, count, len(pairs))
        count = keep(found, count, pairs, places.found)
    for row in range(count):
        places.found[found[row].person] = NOWHERE
    return found[:count]


@kernel
def pairs_of(spans: Spans, stays: Stays, source: int, rule: Rule, place: NDArray[np.int32]) -> Rows:
    """What everybody but the known shared with one source, a row per person."""
    ranges = ranges_of(spans, stays, rule.tails)
    most, all_of_them = 0, 0
    for found in ranges:
        most = max(most, found.high - found.low)
        all_of_them += found.high - found.low
    pairs, count, hits = np.empty(min(all_of_them, len(place)), EXPOSURE), 0, np.empty(most, np.int64)
    for found in ranges:
        stay, span = stays[found.stay], found.span
        layout = spans.start[span], spans.entry_shift[span], spans.who_bits[span]
        words = words_of(spans.by_venue[span], spans.length[span])
        met = collect(words[found.low : found.high], layout, stay.a, hits)
        people, until = spans.people[spans.people_at[span] :], stay.b + rule.tails[stay.venue]
        count = add_hits(hits[:met], layout, people, (stay.a, stay.b, until, stay.venue), pairs, count, place)
    for row in range(count):
        pairs[row].source = source
        pairs[row].generation = rule.generation
        place[pairs[row].person] = NOWHERE
    return pairs[:count]


@kernel
def ranges_of(spans: Spans, stays: Stays, tails: NDArray[np.int32]) -> Ranges:
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


@inlined
def collect(words: Words, layout: Layout, a: int, hits: Words) -> int:
    """Write the words of visits that have not left by `a` to `hits`; how many. Without a branch to mispredict."""
    (start, shift, who_bits), met = layout, 0
    mask, since = stay_mask(shift, who_bits), a - start
    for word in words:
        hits[met] = word
        met += (word >> shift) + ((word >> who_bits) & mask) > since
    return met


@inlined
def add_hits(
    hits: Words,
    layout: Layout,
    people: NDArray[np.int32],
    stay: tuple[int, int, int, int],
    pairs: Rows,
    count: int,
    place: NDArray[np.int32],
) -> int:
    """Add the overlaps with a source's stay [a, b) until the air is clean to `pairs`; how many rows there are then."""
    (start, shift, who_bits), (a, b, until, venue) = layout, stay
    longest, own_number = stay_mask(shift, who_bits), who_mask(who_bits)
    who, known = np.empty(len(hits), np.int32), 0
    if len(people):
        for at in range(len(hits)):
            who[at] = people[hits[at] & own_number]
    else:  # a copy has the index's own numbers
        for at in range(len(hits)):
            who[at] = hits[at] & own_number
    for person in who:  # apart from the loop below, in which each look would have to wait for the one before
        known += place[person] == KNOWN
    if known == len(hits):
        return count
    for at in range(len(hits)):
        word, person = hits[at], who[at]
        entered = (word >> shift) + start
        begins, ends = max(a, entered), min(until, entered + ((word >> who_bits) & longest))
        row = place[person]
        if row == KNOWN or begins >= ends:
            continue
        if row == NOWHERE:
            row = place[person] = count
            begin_row(pairs[row], person, begins)
            count += 1
        add_overlap(pairs[row], begins, ends, b, venue)
    return count


@kernel
def long_enough(spans: Spans, stays: Stays, rule: Rule, pairs: Rows) -> Rows:
    """Of the pairs of one source those that make a contact, moved to the front."""
    count = 0
    for shared in pairs:
        if shared.overlap < rule.min_overlap:
            continue
        if may_be_too_little(rule, shared) and not is_enough(spans, stays, rule, shared):
            continue
        pairs[count] = shared
        count += 1
    return pairs[:count]


@kernel
def keep(found: Rows, count: int, pairs: Rows, place: NDArray[np.int32]) -> int:
    """Take over the contacts of one source, or of a part of the sources; `found` has room for all of them."""
    for shared in pairs:
        row = place[shared.person]
        if row == NOWHERE:
            place[shared.person] = count
            found[count] = shared
            count += 1
            continue
        kept = found[row]
        if shared.overlap > kept.overlap or (shared.overlap == kept.overlap and shared.source < kept.source):
            found[row] = shared
    return count
