"""The loops of a trace that go from person to person: who of the sources was where this person was.

Where sources are many nearly everybody meets nearly all of them, and what is added up for a pair is best kept per person: a row of
sums, one per source, that stays in the processor's first cache, while the sources' stays at a place are read one after another.
The sums are exact, so the source with the longest overlap is the same as in `exposures`; its figures are added up once more.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.figures import add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.intervals import DAY, lower_bound
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.records import EXPOSURE, KNOWN, Rows, Rule, Stays
from dauchan.epi.sources import Sources
from dauchan.epi.spans import Spans, stay_mask, who_mask, words_of

Int32s = NDArray[np.int32]

LENGTHS = 3
SHORT, MIDDLE = 2 * 3600, 5 * 3600
"""Stays are kept apart by how long they are, so that one long stay at a place does not make all of a day be looked at."""
CHUNK, BLOCK = 256, 1024
FEW = 32
"""Stays that are looked at one and all rather than searched."""
FAR = np.iinfo(np.int32).max


class Present(NamedTuple):
    """The sources' stays by venue, day and length, each group by start; k sources by ascending number.

    Group `(D * v + d) * LENGTHS + l` has the stays of length class l that began at venue v on the d-th of D days, in places
    `start[g] : start[g + 1]`: when the source came, when the air is clean again, and which source it is. Day 0 begins at `begin`.
    No stay of group g takes longer than `longest[g]`; the air of all stays of a venue and day is clean at `all_clean[D * v + d]`.
    No source has more than `most_stays`.
    """

    start: Int32s
    came: Int32s
    clean: Int32s
    source: "NDArray[np.uint32]"
    longest: Int32s
    all_clean: Int32s
    begin: int
    days: int
    most_stays: int


class Room(NamedTuple):
    """Scratch arrays: `pair` of `Places`; a zero per source; the overlaps of a chunk; a zero per venue."""

    pair: Int32s
    sums: "NDArray[Any]"
    overlaps: Int32s
    met_at: Int32s
    largest_sum: int


def room_for(pair: Int32s, sources: Sources, venues: int, kind: type = np.int32) -> Room:
    """Scratch arrays, for one thread."""
    sums: NDArray[Any] = np.zeros(len(sources.person), kind)
    overlaps, met_at = np.empty(CHUNK, np.int32), np.zeros(venues, np.int32)
    return Room(pair, sums, overlaps, met_at, int(np.iinfo(kind).max))


def present(sources: Sources, tails: Int32s, venues: int) -> Present:
    """Sort the stays of sources."""
    stays = sources.stays
    begin = int(stays["a"].min(initial=FAR)) // DAY * DAY
    day, clean = (stays["a"] - begin) // DAY, stays["b"] + tails[stays["venue"]]
    took, days = clean - stays["a"], int(day.max(initial=0)) + 1
    cell = stays["venue"] * days + day
    group = cell * LENGTHS + (took > SHORT) + (took > MIDDLE)
    order = np.lexsort((stays["a"], group))
    start = np.searchsorted(group[order], np.arange(venues * days * LENGTHS + 1)).astype(np.int32)
    longest, all_clean = np.zeros(venues * days * LENGTHS, np.int32), np.zeros(venues * days, np.int32)
    np.maximum.at(longest, group, took.astype(np.int32))
    np.maximum.at(all_clean, cell, clean.astype(np.int32))
    source = np.repeat(np.arange(len(sources.person), dtype=np.uint32), np.diff(sources.start))[order]
    came, clean = (column[order].astype(np.int32) for column in (stays["a"], clean))
    most = int(np.diff(sources.start).max(initial=0))
    return Present(start, came, clean, source, longest, all_clean, begin, days, most)


@kernel
def exposed_people(
    spans: Spans, people: tuple[int, int], sources: Sources, here: Present, rule: Rule, room: Room
) -> Rows:
    """The contacts among the people first:after who are not `KNOWN`, each with the best source.

    Raises:
        OverflowError: the sums may become too large for the room that was given.
    """
    rows, count = np.empty(people[1] - people[0], EXPOSURE), 0
    for person in range(people[0], people[1]):
        if room.pair[person] == KNOWN:
            continue
        add_sums(spans, person, here, room)
        count += has_source(spans, person, sources, rule, room, rows[count])
        room.sums[:] = 0
    return rows[:count]


@inlined
def has_source(spans: Spans, person: int, sources: Sources, rule: Rule, room: Room, row: Any) -> bool:  # noqa: ANN401 — a record of `EXPOSURE`
    """Fill a person's row with the best source by `room.sums`; whether there is one."""
    while True:
        most, best = best_of(room.sums)
        if most < max(rule.min_overlap, 1):
            return False
        stays = sources.stays[sources.start[best] : sources.start[best + 1]]
        add_figures(spans, person, stays, rule.tails, row, room)
        row.source, row.generation = sources.person[best], rule.generation
        if not may_be_too_little(rule, row) or is_enough(spans, stays, rule, row):
            return True
        room.sums[best] = 0


@inlined
def add_sums(spans: Spans, person: int, here: Present, room: Room) -> None:
    """Add up for each source how long it and a person were at the same places, in `room.sums`."""
    together = np.int64(0)
    for span in range(len(spans.start)):
        if spans.reach[span] <= here.begin:
            continue
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span],
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        for row in range(spans.person_start[person, span], spans.person_start[person + 1, span]):
            entered = (words[row] >> shift) + start
            stay = (words[row] >> who_bits) & stay_mask(shift, who_bits)
            together += stay * here.most_stays
            venue = spans.venues[venues + (words[row] & who_mask(who_bits))]
            add_visit(here, venue, entered, entered + stay, room)
    if together > room.largest_sum:
        raise OverflowError


@inlined
def add_visit(here: Present, venue: int, entered: int, left: int, room: Room) -> None:
    """Add the overlaps of a visit with the sources' stays at the venue."""
    first = venue * here.days
    last_day = min((left - 1 - here.begin) // DAY, here.days - 1)
    for cell in range(first, first + last_day + 1):
        if here.all_clean[cell] <= entered:
            continue
        for group in range(cell * LENGTHS, cell * LENGTHS + LENGTHS):
            low, high = here.start[group], here.start[group + 1]
            if high - low > FEW:
                low = lower_bound(here.came, low, high, entered - here.longest[group] + 1)
                high = lower_bound(here.came, low, high, left)
            add_stays_of_group(here.came[low:high], here.clean[low:high], here.source[low:high], entered, left, room)


@inlined
def add_stays_of_group(
    came: Int32s, clean: Int32s, source: "NDArray[np.uint32]", entered: int, left: int, room: Room
) -> None:
    c, d = np.int32(entered), np.int32(left)
    for at in range(0, len(came), CHUNK):
        count = min(CHUNK, len(came) - at)
        for place in range(count):
            room.overlaps[place] = max(min(d, clean[at + place]) - max(c, came[at + place]), 0)
        for place in range(count):
            room.sums[source[at + place]] += room.overlaps[place]


@inlined
def best_of(sums: NDArray[Any]) -> tuple[int, int]:
    """The largest sum and the first place where it stands."""
    most, begin = sums[0], 0
    for at in range(0, len(sums), BLOCK):
        here = sums[at]
        for each in sums[at : at + BLOCK]:
            here = max(each, here)
        if here > most:
            most, begin = here, at
    while sums[begin] != most:
        begin += 1
    return most, begin


@inlined
def add_figures(spans: Spans, person: int, stays: Stays, tails: Int32s, row: Any, room: Room) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """The figures of a person and one source. Most of the person's visits are at places where that source never was."""
    for stay in stays:
        room.met_at[stay.venue] = person + 1
    begin_row(row, person, FAR)
    for span in range(len(spans.start)):
        words, start, venues = (
            words_of(spans.by_person[span], spans.length[span]),
            spans.start[span],
            spans.venues_at[span],
        )
        shift, who_bits = spans.entry_shift[span], spans.who_bits[span]
        for at in range(spans.person_start[person, span], spans.person_start[person + 1, span]):
            venue = spans.venues[venues + (words[at] & who_mask(who_bits))]
            if room.met_at[venue] != person + 1:
                continue
            entered = (words[at] >> shift) + start
            left = entered + ((words[at] >> who_bits) & stay_mask(shift, who_bits))
            for stay in stays:
                begins, ends = max(stay.a, entered), min(stay.b + tails[venue], left)
                if stay.venue == venue and begins < ends:
                    add_overlap(row, begins, ends, stay.b, venue)
