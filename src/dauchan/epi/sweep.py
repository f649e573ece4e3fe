"""All places that many sources went to, one place after another.

A later generation goes to the same places again and again, and most of whom it meets there are known already. Source by source every
stay would wait for the memory several times; so a place's visits of those who are not known yet are picked out once, by a bit for each
of the day's people, and compared with the stays there, which are in the nearest caches. What a visit shares with them is kept as one run of
words, in a bin of people whose numbers are near.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import CHUNK, Bins, begin_chunk, with_more_room
from dauchan.epi.kernel import kernel
from dauchan.epi.packing import Int32s, first_from
from dauchan.epi.records import Known, Stays
from dauchan.epi.sources import Sources, is_known
from dauchan.epi.spans import Spans, people_of, stay_mask, who_mask, words_of
from dauchan.epi.visit_columns import Int64s

PIECE = np.dtype([("came", np.int32), ("clean", np.int32), ("source", np.int32)])
"""When a source came, when the air was clean again, and the place of the source among those that are swept."""
HEAD = 3
"""Words before the overlaps of a run: person and venue, entry and end of the visit, and how many overlaps there are."""
HALF = 32
LOWER = (1 << HALF) - 1
"""Each word of a run but the last of its head holds two numbers; of an overlap these are the source and the seconds."""
FEW = 32
"""Words that are looked at one and all rather than searched."""


class Places(NamedTuple):
    """The stays of sources by venue: those at venue v are `pieces[at[v] : at[v + 1]]`."""

    at: Int64s
    pieces: NDArray[Any]


class Others(NamedTuple):
    """Who is not known: bit `p & 63` of `bits[at[s] + (p >> 6)]` for whom span s calls p."""

    at: Int64s
    bits: Int64s


def nobody_else(spans: Spans) -> Others:
    """Room for the people of all spans."""
    at = np.concatenate([[0], np.cumsum(spans.people_count // 64 + 1)])
    return Others(at, np.empty(at[-1], np.int64))


@kernel
def mark_others(spans: Spans, known: Known, span: int, others: Others) -> None:
    """Mark those of a span who are not known."""
    people, bits = people_of(spans, span), others.bits[others.at[span] : others.at[span + 1]]
    for block in range(len(bits)):
        word, first = 0, block * 64
        for at in range(first, min(first + 64, len(people))):
            word |= (1 - is_known(known, people[np.uint64(at)])) << (at - first)
        bits[block] = word


@kernel
def stays_at(stays: Stays, venues: int) -> Int32s:
    """How many of the stays are at each venue."""
    counts = np.zeros(venues, np.int32)
    for stay in stays:
        counts[np.uint64(stay.venue)] += 1
    return counts


@kernel
def place_pieces(sources: Sources, first: int, upcoming: Int64s, tails: Int32s, pieces: NDArray[Any]) -> None:
    """Put the stays of a part of the sources, which begins with the source `first`, to their venues, at the upcoming places."""
    start, stays = sources.start, sources.stays
    for n in range(len(sources.person)):
        for at in range(start[n], start[n + 1]):
            stay = stays[at]
            venue = np.uint64(stay.venue)
            piece = pieces[np.uint64(upcoming[venue])]
            piece.came, piece.clean, piece.source = stay.a, stay.b + tails[venue], first + n
            upcoming[venue] += 1


class Clock(NamedTuple):
    """The pieces of a venue by time: those that begin in the slot of `1 << shift` seconds after `begin + (n << shift)` are `pieces[slots[n] : slots[n + 1]]`,
    and no piece is longer than `longest`.
    """

    pieces: NDArray[Any]
    slots: Int32s
    begin: int
    shift: int
    longest: int


@kernel
def by_time(pieces: NDArray[Any]) -> Clock:
    """Sort the pieces of a venue by slots of time, about four for each of them."""
    begin, last, longest, shift = pieces[0].came, pieces[0].came, 0, 0
    for piece in pieces:
        begin, last, longest = min(begin, piece.came), max(last, piece.came), max(longest, piece.clean - piece.came)
    while (last - begin) >> shift >= 4 * len(pieces):
        shift += 1
    slots, moved = np.zeros(((last - begin) >> shift) + 3, np.int32), np.empty(len(pieces), PIECE)
    for piece in pieces:
        slots[np.uint64(((piece.came - begin) >> shift) + 2)] += 1
    for slot in range(2, len(slots)):
        slots[slot] += slots[slot - 1]
    for piece in pieces:
        slot = np.uint64(((piece.came - begin) >> shift) + 1)
        moved[np.uint64(slots[slot])] = piece
        slots[slot] += 1
    return Clock(moved, slots[:-1], begin, shift, longest)


@kernel
def sweep(spans: Spans, places: Places, venues: tuple[int, int], others: Others, bins: Bins, bin_shift: int) -> Bins:
    """Put what the visits of those who are not known share with the stays at the venues first:after into bins."""
    kept, who = np.empty(1 << 10, np.int64), np.empty(1 << 10, np.int32)
    for venue in range(venues[0], venues[1]):
        if places.at[venue] == places.at[venue + 1]:
            continue
        clock = by_time(places.pieces[places.at[venue] : places.at[venue + 1]])
        for span in range(len(spans.start)):
            low, high = words_near(spans, venue, span, clock)
            if low < high:
                if high - low > len(kept):
                    kept, who = np.empty(2 * (high - low), np.int64), np.empty(2 * (high - low), np.int32)
                met, done = others_among(spans, span, (low, high), others, (kept, who)), 0
                while True:
                    done += add_runs((venue, span), (kept[done:met], who[done:met]), spans, clock, bins, bin_shift)
                    if done == met:
                        break
                    bins = with_more_room(bins, len(clock.pieces) + CHUNK)
    return bins


@kernel
def words_near(spans: Spans, venue: int, span: int, clock: Clock) -> tuple[int, int]:
    """Between which words of a span stand all visits to a venue that can overlap with pieces there, and few others."""
    low, high = spans.venue_start[venue, span], spans.venue_start[venue + 1, span]
    begin, slots, shift, longest = clock.begin, clock.slots, clock.shift, spans.longest_stay[venue, span]
    first, last = spans.first[span], spans.last[span] + longest
    slot = max((first - clock.longest - begin) >> shift, 0)
    after = min(((last - begin) >> shift) + 1, len(slots) - 1)
    if low == high or slot >= after or slots[slot] == slots[after]:
        return 0, 0
    if high - low <= FEW:
        return low, high
    while slots[slot] == slots[slot + 1]:
        slot += 1
    while slots[after] == slots[after - 1]:
        after -= 1
    since, until = begin + (slot << shift) - longest, begin + (after << shift) + clock.longest
    words, start, entry_shift = words_of(spans.by_venue[span], spans.length[span]), spans.start[span], spans.entry_shift[span]
    if since > first:
        low = first_from(words, low, high, since - start, entry_shift)
    if until <= spans.last[span]:
        high = first_from(words, low, high, until - start, entry_shift)
    return low, high


@kernel
def others_among(spans: Spans, span: int, rows: tuple[int, int], others: Others, room: tuple[Int64s, Int32s]) -> int:
    """Of the words of a span copy those of people who are not known to the beginning of the room, and who these are; how many there are."""
    words = words_of(spans.by_venue[span], spans.length[span])[rows[0] : rows[1]]
    (kept, who), people, own_number = room, people_of(spans, span), who_mask(spans.who_bits[span])
    bits, count = others.bits[others.at[span] : others.at[span + 1]], np.uint64(0)
    for word in words:  # without a branch to mispredict
        person = word & own_number
        kept[count] = word
        count += np.uint64((bits[np.uint64(person >> 6)] >> (person & 63)) & 1)
    for at in range(count):  # apart from the others: these lie far apart, and no load waits for another
        who[at] = people[np.uint64(kept[at] & own_number)]
    return np.int64(count)


@kernel
def add_runs(
    place: tuple[int, int], met: tuple[Int64s, Int32s], spans: Spans, clock: Clock, bins: Bins, bin_shift: int
) -> int:
    """Add a run for each visit to a venue in a span that overlaps with pieces, visit by visit until there is no room; how many were looked at."""
    (venue, span), (words, who), (pieces, slots, begin, shift, longest) = place, met, clock
    start, entry_shift, who_bits = spans.start[span], spans.entry_shift[span], spans.who_bits[span]
    most, room, filled, end, last = stay_mask(entry_shift, who_bits), bins.room, bins.filled, bins.end, len(slots) - 1
    for n in range(len(words)):
        entered = (words[n] >> entry_shift) + start
        left = entered + ((words[n] >> who_bits) & most)
        slot = max((entered - longest - begin) >> shift, 0)
        after = min(((left - 1 - begin) >> shift) + 1, last)
        if slot >= after:
            continue
        low, high = np.int64(slots[np.uint64(slot)]), np.int64(slots[np.uint64(after)])
        if low == high:
            continue
        number, need = np.uint64(who[n] >> bin_shift), HEAD + high - low + 1
        if filled[number] + need > end[number] and not begin_chunk(bins, number, need):
            return n
        run = np.uint64(filled[number])
        to = run + np.uint64(HEAD)
        for at in range(low, high):  # without a branch to mispredict
            piece = pieces[np.uint64(at)]
            seconds = min(left, piece.clean) - max(entered, piece.came)
            room[to] = (np.int64(piece.source) << HALF) | seconds
            to += np.uint64(seconds > 0)
        count = to - run - np.uint64(HEAD)
        room[run], room[run + np.uint64(1)] = (np.int64(who[n]) << HALF) | venue, (entered << HALF) | left
        room[run + np.uint64(2)] = count
        filled[number] = to if count else run
    return len(words)
