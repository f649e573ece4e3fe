"""The loops of a trace that go from source to source: who was where the source was.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.figures import add_overlap, begin_row, is_enough
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Words, first_from
from dauchan.epi.records import EXPOSURE, KNOWN, NOWHERE, RANGE, Places, Ranges, Rows, Rule, Stays
from dauchan.epi.sources import Sources, with_room
from dauchan.epi.spans import Spans, stay_mask, who_mask, words_of


@kernel
def contacts_of(spans: Spans, sources: Sources, rule: Rule, places: Places) -> Rows:
    """The contacts of sources, each once with the best of them: the longest overlap wins, then the smallest id."""
    found, count = np.empty(64, EXPOSURE), 0
    for at in range(len(sources.person)):
        stays = sources.stays[sources.start[at] : sources.start[at + 1]]
        pairs = long_enough(spans, stays, rule, pairs_of(spans, stays, sources.person[at], rule, places.pair))
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
        met = collect(words_of(spans.by_venue, spans, span), found, stay.a - spans.start[span], spans, hits)
        count = add_hits(hits[:met], spans, span, stay, rule.tails[stay.venue], pairs, count, place)
    for row in range(count):
        pairs[row].source = source
        pairs[row].generation = rule.generation
        place[pairs[row].person] = NOWHERE
    return pairs[:count]


@kernel
def ranges_of(spans: Spans, stays: Stays, tails: NDArray[np.int32]) -> Ranges:
    """Where in the copies by venue the visits stand that overlap with each stay."""
    ranges, count = np.empty(len(stays) * len(spans.start), RANGE), 0
    for at in range(len(stays)):
        stay = stays[at]
        venue, a, until = stay.venue, stay.a, stay.b + tails[stay.venue]
        for span in range(len(spans.start)):
            low, high = spans.venue_start[venue, span], spans.venue_start[venue + 1, span]
            if spans.reach[span] <= a or spans.first[span] >= until or low == high:
                continue
            words, start, shift = words_of(spans.by_venue, spans, span), spans.start[span], spans.entry_shift[span]
            low = first_from(words, low, high, a - spans.longest_stay[venue, span] + 1 - start, shift)
            high = first_from(words, low, high, until - start, shift)
            if low < high:
                found = ranges[count]
                found.stay, found.span, found.low, found.high = at, span, low, high
                count += 1
    return ranges[:count]


@kernel
def collect(words: Words, found: Any, a: int, spans: Spans, hits: Words) -> int:  # noqa: ANN401 — a record of `RANGE`
    """Write the words of visits that have not left by `a` to `hits`; how many. Without a branch to mispredict."""
    shift, who_bits, met = spans.entry_shift[found.span], spans.who_bits[found.span], 0
    mask = stay_mask(shift, who_bits)
    for row in range(found.low, found.high):
        word = words[row]
        hits[met] = word
        met += (word >> shift) + ((word >> who_bits) & mask) > a
    return met


@kernel
def add_hits(  # noqa: PLR0913, PLR0917 — one loop over plain arrays: a record of its facts would be built a million times
    hits: Words,
    spans: Spans,
    span: int,
    stay: Any,  # noqa: ANN401 — a record of `STAY`
    tail: int,
    pairs: Rows,
    count: int,
    place: NDArray[np.int32],
) -> int:
    """Add the overlaps with a source's stay to `pairs`; how many rows there are then."""
    a, b, venue, until = stay.a, stay.b, stay.venue, stay.b + tail
    start, shift, who_bits = spans.start[span], spans.entry_shift[span], spans.who_bits[span]
    longest, own_number, people = stay_mask(shift, who_bits), who_mask(who_bits), spans.people[spans.people_at[span] :]
    for word in hits:
        person = people[word & own_number]
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
        if shared.overlap >= rule.min_overlap and is_enough(spans, stays, rule, shared):
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
