"""The loops of a trace that go from source to source: who was where the source was.

For a source present in [a, b) and another person's visit [c, d) at the same venue the overlap is
`min(b + tail, d) − max(a, c)` where positive. All instants are seconds since the index's origin.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Words, first_from
from dauchan.epi.records import (
    CROWD_DAYS,
    EXPOSURE,
    KNOWN,
    NOWHERE,
    RANGE,
    STAY,
    WINDOW,
    Crowds,
    Places,
    Ranges,
    Rows,
    Rules,
    Stays,
    Windows,
)
from dauchan.epi.spans import Spans, visits_on, words_of


@kernel
def contacts_of(
    spans: Spans, windows: Windows, generation: int, min_overlap: int, rules: Rules, places: Places
) -> tuple[Rows, Crowds]:
    """The contacts of sources, each once with the best of them; and the crowded venue-days that sources went to.

    Of several sources the longest overlap wins, then the smallest id. Windows of one source stand together.
    """
    found, count, begin = np.empty(64, EXPOSURE), 0, 0
    crowds, crowded = np.empty(0, np.int64), 0
    limit = rules.crowd_limit if generation > 1 else 0
    for at in range(len(windows)):
        if at + 1 < len(windows) and windows[at + 1].person == windows[at].person:
            continue
        stays, days = stays_of(spans, windows[begin : at + 1], limit)
        pairs = pairs_of(spans, stays, generation, windows[at].person, rules.tails, places.pair)
        found = with_room(found, count, len(pairs))
        count = keep(found, count, pairs, min_overlap, places.found)
        crowds = with_room(crowds, crowded, len(days))
        crowds[crowded : crowded + len(days)] = days
        crowded += len(days)
        begin = at + 1
    for row in range(count):
        places.found[found[row].person] = NOWHERE
    return found[:count], crowds[:crowded]


@kernel
def stays_of(spans: Spans, windows: Windows, crowd_limit: int) -> tuple[Stays, Crowds]:
    """Where a source was during its windows; without the crowded venue-days, which are listed instead."""
    person, bound = windows[0].person, 0
    for span in range(len(spans.start)):
        bound += spans.person_start[person + 1, span] - spans.person_start[person, span]
    stays, count = np.empty(bound * len(windows), STAY), 0
    crowds, crowded = np.empty(bound * len(windows) if crowd_limit else 0, np.int64), 0
    for window in windows:
        for span in range(len(spans.start)):
            if spans.reach[span] <= window.start or spans.first[span] >= window.end:
                continue
            words, venues = words_of(spans.by_person, spans, span), spans.venues_at[span]
            shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
            for row in range(spans.person_start[person, span], spans.person_start[person + 1, span]):
                entered = (words[row] >> shift) + spans.start[span]
                left = entered + ((words[row] >> who_bits) & stay_mask(shift, who_bits))
                a, b = max(window.start, entered), min(window.end, left)
                if a >= b:
                    continue
                venue = spans.venues[venues + (words[row] & who_mask(who_bits))]
                if crowd_limit and visits_on(spans, venue, entered // DAY) > crowd_limit:
                    crowds[crowded] = venue * CROWD_DAYS + entered // DAY
                    crowded += 1
                    continue
                stays[count].venue, stays[count].a, stays[count].b = venue, a, b
                count += 1
    return stays[:count], crowds[:crowded]


@kernel
def stay_mask(entry_shift: int, who_bits: int) -> int:
    return (1 << (entry_shift - who_bits)) - 1


@kernel
def who_mask(who_bits: int) -> int:
    return (1 << who_bits) - 1


@kernel
def pairs_of(
    spans: Spans, stays: Stays, generation: int, source: int, tails: NDArray[np.int32], place: NDArray[np.int32]
) -> Rows:
    """What everybody but the known shared with one source, a row per person."""
    ranges = ranges_of(spans, stays, tails)
    most, all_of_them = 0, 0
    for found in ranges:
        most = max(most, found.high - found.low)
        all_of_them += found.high - found.low
    pairs, count, hits = np.empty(min(all_of_them, len(place)), EXPOSURE), 0, np.empty(most, np.int64)
    for found in ranges:
        stay, span = stays[found.stay], found.span
        met = collect(words_of(spans.by_venue, spans, span), found, stay.a - spans.start[span], spans, hits)
        count = add_hits(hits[:met], spans, span, stay, tails[stay.venue], pairs, count, place)
    for row in range(count):
        pairs[row].source = source
        pairs[row].generation = generation
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
        shared, overlap = pairs[row], ends - begins
        shared.overlap += overlap
        shared.tail += max(0, ends - max(begins, b))
        shared.encounters += 1
        shared.first = min(shared.first, begins)
        shared.last = max(shared.last, ends)
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
def keep(found: Rows, count: int, pairs: Rows, min_overlap: int, place: NDArray[np.int32]) -> int:
    """Take over the contacts of one source, or of a part of the sources; `found` has room for all of them."""
    for shared in pairs:
        if shared.overlap < min_overlap:
            continue
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


@kernel
def with_room(rows: Rows, count: int, more: int) -> Rows:
    """The first `count` rows in an array with room for `more`."""
    if count + more <= len(rows):
        return rows
    larger = np.empty(2 * (count + more), rows.dtype)
    larger[:count] = rows[:count]
    return larger


@kernel
def mark(rows: Rows, place: NDArray[np.int32], value: int) -> None:
    """Set what `place` says of the people of the rows."""
    for row in rows:
        place[row.person] = value


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
