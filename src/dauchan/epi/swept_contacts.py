"""The contacts of sources whose places were swept: bin after bin, what each person shared with each source is added up."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import BIN_BITS, HALF, LINK, LOWER, OVERLAP, SOURCE_BITS
from dauchan.epi.figures import FAR_FUTURE, add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import EXPOSURE, NOWHERE, Rows, Rule, Stays
from dauchan.epi.sources import Sources
from dauchan.epi.spans import Spans, words_of
from dauchan.epi.visit_columns import Int64s

class Held(NamedTuple):
    """The bins of T threads: the address and the length of the room of each, and for each thread and bin where its last chunk begins and the overlaps in that end."""

    room: Int64s
    length: Int64s
    chunk: Int64s
    filled: Int64s


class Sums(NamedTuple):
    """Room for one thread to add up seconds per source, 0 for each, to be given back like that; and how large a sum may become."""

    sums: NDArray[Any]
    largest: int


class Shared(NamedTuple):
    """The overlaps of a bin by person: those of person n are the pairs of words `words[start[n] : start[n + 1]]`."""

    start: Int32s
    words: Int64s


@kernel
def contacts_swept(
    spans: Spans, held: Held, bins: tuple[int, int], sources: Sources, rule: Rule, room: Sums
) -> Rows:
    """The contacts of the bins first:after, each once with the best of the sources: the longest overlap wins, then the smallest id.

    Raises:
        OverflowError: the sums may become too large for the room that was given.
    """
    rows, count = np.empty(min(bins[1] << BIN_BITS, spans.all_people) - (bins[0] << BIN_BITS), EXPOSURE), 0
    for number in range(bins[0], bins[1]):
        count = add_contacts(spans, by_person(held, number), number << BIN_BITS, sources, rule, room, (rows, count))
    return rows[:count]


@kernel
def by_person(held: Held, number: int) -> Shared:
    """Sort the overlaps of a bin by person: a counting sort."""
    start, mask = np.zeros((1 << BIN_BITS) + 2, np.int32), (1 << BIN_BITS) - 1
    for thread in range(len(held.room)):
        room = words_of(held.room[thread], held.length[thread])
        chunk, filled = held.chunk[thread, number], held.filled[thread, number]
        while chunk >= 0:
            for at in range(chunk + LINK, filled, OVERLAP):
                start[np.uint64(((room[np.uint64(at)] >> (HALF + SOURCE_BITS)) & mask) + 2)] += OVERLAP
            filled, chunk = room[chunk + 1], room[chunk]
    for person in range(2, len(start)):
        start[person] += start[person - 1]
    words = np.empty(start[-1], np.int64)
    for thread in range(len(held.room)):
        room = words_of(held.room[thread], held.length[thread])
        chunk, filled = held.chunk[thread, number], held.filled[thread, number]
        while chunk >= 0:
            for at in range(chunk + LINK, filled, OVERLAP):
                person = np.uint64(((room[np.uint64(at)] >> (HALF + SOURCE_BITS)) & mask) + 1)
                to = np.uint64(start[person])
                words[to], words[to + np.uint64(1)] = room[np.uint64(at)], room[np.uint64(at + 1)]
                start[person] += OVERLAP
            filled, chunk = room[chunk + 1], room[chunk]
    return Shared(start[:-1], words)


@kernel
def add_contacts(
    spans: Spans, shared: Shared, first: int, sources: Sources, rule: Rule, room: Sums, found: tuple[Rows, int]
) -> int:
    """Write the contacts of a bin whose people begin with `first` after those that were found before; how many there are then."""
    (start, words), (rows, count), (sums, largest) = shared, found, room
    least, per_24_hours = max(rule.min_overlap, 1), rule.per_24_hours
    sources_at, sources_people, all_stays, ids = sources.start, sources.person, sources.stays, rule.ids
    for person in range(len(start) - 1):
        low, high = np.int64(start[person]), np.int64(start[person + 1])
        seconds = add_up(words, low, high, sums)
        if seconds > largest:
            raise OverflowError
        best = longest_of(words, low, high, sums, sources_people, ids, least) if seconds >= least else NOWHERE
        while best >= 0:
            row = rows[np.uint64(count)]
            begin_row(row, first + person, FAR_FUTURE)
            row.source, row.generation = sources_people[best], rule.generation
            fill_row(row, words, low, high, best, all_stays)
            if not per_24_hours or not may_be_too_little(rule, row):
                count += 1
                break
            if is_enough(spans, all_stays[sources_at[best] : sources_at[best + 1]], rule, row):
                count += 1
                break
            sums[best] = 0
            best = longest_of(words, low, high, sums, sources_people, ids, least)
        for at in range(low, high, OVERLAP):
            sums[source_in(words, at)] = 0
    return count


@inlined
def source_in(words: Int64s, at: int) -> Any:
    """The source of the overlap at a place."""
    return np.uint64((words[np.uint64(at)] >> HALF) & ((1 << SOURCE_BITS) - 1))


@inlined
def add_up(words: Int64s, low: int, high: int, sums: NDArray[Any]) -> int:
    """Add the seconds of overlaps to the sums of their sources; all seconds together."""
    seconds = 0
    for at in range(low, high, OVERLAP):
        times = words[np.uint64(at + 1)]
        took = (times & LOWER) - (times >> HALF)
        sums[source_in(words, at)] += took
        seconds += took
    return seconds


@inlined
def longest_of(
    words: Int64s, low: int, high: int, sums: NDArray[Any], people: Int32s, ids: Int64s, least: int
) -> int:
    """Of the sources of overlaps the one with the largest sum, of equal ones with the smallest id; `NOWHERE` where it is too little."""
    best, longest = NOWHERE, least
    for at in range(low, high, OVERLAP):  # without a branch to mispredict
        longest = max(longest, sums[source_in(words, at)])
    for at in range(low, high, OVERLAP):
        if sums[source_in(words, at)] == longest:
            source = np.int64(source_in(words, at))
            if best < 0 or ids[people[source]] < ids[people[best]]:
                best = source
    return best


@inlined
def fill_row(row: Any, words: Int64s, low: int, high: int, source: int, stays: Stays) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """Add the overlaps with a source."""
    for at in range(low, high, OVERLAP):
        if source_in(words, at) == source:
            times, stay = words[np.uint64(at + 1)], stays[np.uint64(words[np.uint64(at)] & LOWER)]
            add_overlap(row, times >> HALF, times & LOWER, stay.b, stay.venue)


@kernel
def is_better(shared: Any, kept: Any, ids: Int64s) -> bool:  # noqa: ANN401 — records of `EXPOSURE`
    """Whether a row's source was longer with the person than another's."""
    if shared.overlap != kept.overlap:
        return bool(shared.overlap > kept.overlap)
    return bool(ids[shared.source] < ids[kept.source])
