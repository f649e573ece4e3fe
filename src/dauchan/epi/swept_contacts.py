"""The contacts of sources whose places were swept: bin after bin, what each person shared with each source is added up."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import BIN_BITS, HALF, LINK, LOWER, OVERLAP, SOURCE_BITS
from dauchan.epi.figures import FAR_FUTURE, add_overlap, begin_row, is_contact
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import LINE, WORD_BYTES, Int32s
from dauchan.epi.records import EXPOSURE, NOWHERE, STAY, Rows, Rule, Stays
from dauchan.epi.sources import Sources, stays_of
from dauchan.epi.spans import Spans, fetch_ahead, words_of
from dauchan.epi.visit_columns import Int64s

STAY_BYTES = STAY.itemsize
SIGN = 63


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


def no_sums(sources: int, bits: int) -> Sums:
    """Room for so many sources."""
    kind = np.dtype(f"int{bits}")
    return Sums(np.zeros(sources, kind), (1 << (bits - 1)) - 1)


class Shared(NamedTuple):
    """The overlaps of a bin by person: those of person n are the pairs of words `words[start[n] : start[n + 1]]`."""

    start: Int32s
    words: Int64s


@kernel
def contacts_swept(spans: Spans, held: Held, bins: tuple[int, int], sources: Sources, rule: Rule, room: Sums) -> Rows:
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
            for ahead in range(room[chunk] * WORD_BYTES, room[chunk + 1] * WORD_BYTES, LINE):
                fetch_ahead(held.room[thread] + ahead)  # type: ignore[call-arg]  # Numba gives the first argument
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
                owner = np.uint64(((room[np.uint64(at)] >> (HALF + SOURCE_BITS)) & mask) + 1)
                to = int(start[owner])
                words[np.uint64(to)], words[np.uint64(to + 1)] = room[np.uint64(at)], room[np.uint64(at + 1)]
                start[owner] += OVERLAP
            filled, chunk = room[chunk + 1], room[chunk]
    return Shared(start[:-1], words)


@kernel
def add_contacts(
    spans: Spans, shared: Shared, first: int, sources: Sources, rule: Rule, room: Sums, found: tuple[Rows, int]
) -> int:
    """Write the contacts of a bin whose people begin with `first` after those that were found before; how many there are then."""
    (start, words), (rows, count) = shared, found
    best = best_sources(shared, sources, rule, room)
    people, stays, generation, per_24_hours = sources.person, sources.stays, rule.generation, rule.per_24_hours
    for person in range(len(best)):
        source = best[person]
        if source >= 0:
            row = rows[np.uint64(count)]
            begin_row(row, first + person, FAR_FUTURE)
            row.source, row.generation = people[np.uint64(source)], generation
            fill_row(row, words, (start[person], start[person + 1]), source, stays)
            count += 1
            if per_24_hours and not is_contact(spans, stays_of(sources, source), rule, row):
                own = words[start[person] : start[person + 1]]
                count -= int(not has_other(spans, row, own, source, sources, rule, room))
    return count


@kernel
def best_sources(shared: Shared, sources: Sources, rule: Rule, room: Sums) -> Int32s:
    """The best source of each person of a bin; `NOWHERE` where no source is enough."""
    (start, words), (sums, largest), least = shared, room, max(rule.min_overlap, 1)
    people, ids, stays_at = sources.person, rule.ids, sources.stays.ctypes.data
    best = np.full(len(start) - 1, NOWHERE, np.int32)
    for person in range(len(best)):
        edges = int(start[person]), int(start[person + 1])
        seconds = add_up(words, edges, sums)
        if seconds > largest:
            raise OverflowError
        if seconds >= least:
            best[person] = longest_of(words, edges, sums, people, ids, least, stays_at)
        take_back(words, edges, sums)
    return best


@kernel
def has_other(spans: Spans, row: Any, words: Int64s, source: int, sources: Sources, rule: Rule, room: Sums) -> bool:  # noqa: ANN401 — a record of `EXPOSURE`
    """Fill the row with the longest source that is enough within 24 hours, after one that is not; whether there is one."""
    sums, person, least, best = room.sums, row.person, max(rule.min_overlap, 1), source
    add_up(words, (0, len(words)), sums)
    stays_at, is_found = sources.stays.ctypes.data, False
    while best >= 0 and not is_found:
        sums[best] = 0
        best = longest_of(words, (0, len(words)), sums, sources.person, rule.ids, least, stays_at)
        if best >= 0:
            begin_row(row, person, FAR_FUTURE)
            row.source = sources.person[best]
            fill_row(row, words, (0, len(words)), best, sources.stays)
            is_found = is_contact(spans, stays_of(sources, best), rule, row)
    take_back(words, (0, len(words)), sums)
    return is_found


@inlined
def source_in(words: Int64s, at: int) -> int:
    """The source of the overlap at a place."""
    source: int = (words[np.uint64(at)] >> HALF) & ((1 << SOURCE_BITS) - 1)
    return source


@inlined
def add_up(words: Int64s, edges: tuple[int, int], sums: NDArray[Any]) -> int:
    """Add the seconds of overlaps to the sums of their sources; all seconds together."""
    seconds = 0
    for at in range(edges[0], edges[1], OVERLAP):
        times = words[np.uint64(at + 1)]
        took = (times & LOWER) - (times >> HALF)
        sums[np.uint64(source_in(words, at))] += took
        seconds += took
    return seconds


@inlined
def take_back(words: Int64s, edges: tuple[int, int], sums: NDArray[Any]) -> None:
    """Leave the sums as they were before."""
    for at in range(edges[0], edges[1], OVERLAP):
        sums[np.uint64(source_in(words, at))] = 0


@inlined
def longest_of(
    words: Int64s, edges: tuple[int, int], sums: NDArray[Any], people: Int32s, ids: Int64s, least: int, stays_at: int
) -> int:
    """Of the sources of overlaps the one with the largest sum, of equal ones with the smallest id; `NOWHERE` where it is too little. Its stays are
    brought into the caches, for they will be asked for.
    """
    best, longest = NOWHERE, least
    for at in range(edges[0], edges[1], OVERLAP):  # without a branch to mispredict
        more = sums[np.uint64(source_in(words, at))] - longest
        longest += more & ~(more >> SIGN)
    for at in range(edges[0], edges[1], OVERLAP):
        if sums[np.uint64(source_in(words, at))] == longest:
            source = source_in(words, at)
            fetch_ahead(stays_at + (words[np.uint64(at)] & LOWER) * STAY_BYTES)  # type: ignore[call-arg]  # Numba gives the first argument
            if best < 0 or ids[people[source]] < ids[people[best]]:
                best = source
    return best


@inlined
def fill_row(row: Any, words: Int64s, edges: tuple[int, int], source: int, stays: Stays) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """Add the overlaps with a source."""
    for at in range(edges[0], edges[1], OVERLAP):
        if source_in(words, at) == source:
            times, stay = words[np.uint64(at + 1)], stays[np.uint64(words[np.uint64(at)] & LOWER)]
            add_overlap(row, times >> HALF, times & LOWER, stay.b, stay.venue)
