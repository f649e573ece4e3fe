"""The contacts of sources whose places were swept: bin after bin, what each person shared with each source is added up."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import BIN_BITS, LINK
from dauchan.epi.figures import FAR_FUTURE, add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s
from dauchan.epi.records import EXPOSURE, NOWHERE, Rows, Rule, Stays
from dauchan.epi.sources import Sources, with_room
from dauchan.epi.spans import Spans, words_of
from dauchan.epi.sweep import HALF, HEAD, LOWER
from dauchan.epi.visit_columns import Int64s

WORD = 8
"""Bytes of a word."""


class Held(NamedTuple):
    """The bins of T threads: the address and the length of the room of each, and for each thread and bin where its last chunk begins and the runs of that end."""

    room: Int64s
    length: Int64s
    chunk: Int64s
    filled: Int64s


class Sums(NamedTuple):
    """Room for one thread to add up seconds per source, 0 for each, to be given back like that; and how large a sum may become."""

    sums: NDArray[Any]
    largest: int


class Runs(NamedTuple):
    """The runs of a bin by person: the addresses of those of person n are `at[start[n] : start[n + 1]]`; how many overlaps they have together."""

    start: Int32s
    at: Int64s
    overlaps: int


@kernel
def runs_of(held: Held, number: int, people: tuple[int, int]) -> Runs:
    """The runs of a bin, to which the people first:after belong: a counting sort."""
    owner, at, count = np.empty(1 << 10, np.int32), np.empty(1 << 10, np.int64), 0
    start, overlaps = np.zeros(people[1] - people[0] + 2, np.int32), 0
    for thread in range(len(held.room)):
        room = words_of(held.room[thread], held.length[thread])
        chunk, filled = held.chunk[thread, number], held.filled[thread, number]
        while chunk >= 0:
            run = chunk + LINK
            owner, at = with_room(owner, count, filled - chunk), with_room(at, count, filled - chunk)
            while run < filled:
                owner[count], at[count] = (room[run] >> HALF) - people[0], held.room[thread] + run * WORD
                start[owner[count] + 2] += 1
                overlaps += room[run + HEAD - 1]
                run, count = run + HEAD + room[run + HEAD - 1], count + 1
            filled, chunk = room[chunk + 1], room[chunk]
    for person in range(2, len(start)):
        start[person] += start[person - 1]
    sorted_at = np.empty(count, np.int64)
    for n in range(count):
        person = np.uint64(owner[n] + 1)
        sorted_at[np.uint64(start[person])] = at[n]
        start[person] += 1
    return Runs(start[:-1], sorted_at, overlaps)


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
        first = number << BIN_BITS
        runs = runs_of(held, number, (first, min(first + (1 << BIN_BITS), spans.all_people)))
        count = add_contacts(spans, runs, first, sources, rule, room, (rows, count))
    return rows[:count]


@kernel
def add_contacts(
    spans: Spans, of_bin: Runs, first: int, sources: Sources, rule: Rule, room: Sums, found: tuple[Rows, int]
) -> int:
    """Write the contacts of a bin whose people begin with `first` after those that were found before; how many there are then."""
    (start, at, overlaps), (rows, count) = of_bin, found
    sums, largest, least, per_24_hours = room.sums, room.largest, max(rule.min_overlap, 1), rule.per_24_hours
    met, runs, near = np.empty(overlaps, np.int32), np.empty(overlaps, np.int64), np.empty(overlaps, np.int64)
    sources_at, sources_people, all_stays, ids, tails = sources.start, sources.person, sources.stays, rule.ids, rule.tails
    for person in range(len(start) - 1):
        pairs, seconds = add_runs(at, start[person], start[person + 1], sums, met, runs)
        if seconds > largest:
            raise OverflowError
        best = longest_of(met, pairs, sums, sources_people, ids, least) if seconds >= least else NOWHERE
        while best >= 0:
            row, stays = rows[np.uint64(count)], all_stays[sources_at[best] : sources_at[best + 1]]
            begin_row(row, first + person, FAR_FUTURE)
            row.source, row.generation = sources_people[best], rule.generation
            fill_row(row, runs_with(best, met, pairs, runs, near), stays, tails)
            if not per_24_hours or not may_be_too_little(rule, row) or is_enough(spans, stays, rule, row):
                count += 1
                break
            sums[best] = 0
            best = longest_of(met, pairs, sums, sources_people, ids, least)
        for n in range(pairs):
            sums[np.uint64(met[n])] = 0
    return count


@inlined
def add_runs(
    at: Int64s, first: int, after: int, sums: NDArray[Any], met: Int32s, runs: Int64s
) -> tuple[int, int]:
    """Add the seconds of runs to the sums of their sources; overlap by overlap the source goes to `met` and the run to `runs`. How many there
    are, and all seconds together.
    """
    pairs, seconds = 0, 0
    for n in range(first, after):
        run = at[n]
        words = words_of(run, 1 << 30)
        for place in range(HEAD, HEAD + words[HEAD - 1]):
            overlap = words[np.uint64(place)]
            source, took = np.uint64(overlap >> HALF), overlap & LOWER
            sums[source] += took
            met[np.uint64(pairs)], runs[np.uint64(pairs)] = source, run
            seconds, pairs = seconds + took, pairs + 1
    return pairs, seconds


@inlined
def longest_of(met: Int32s, pairs: int, sums: NDArray[Any], people: Int32s, ids: Int64s, least: int) -> int:
    """Of the sources that were met the one with the largest sum, of equal ones with the smallest id; `NOWHERE` where it is too little."""
    best, longest = NOWHERE, least
    for n in range(pairs):  # without a branch to mispredict
        longest = max(longest, sums[np.uint64(met[n])])
    for n in range(pairs):
        if sums[np.uint64(met[n])] == longest:
            source = np.int64(met[n])
            if best < 0 or ids[people[source]] < ids[people[best]]:
                best = source
    return best


@inlined
def runs_with(source: int, met: Int32s, pairs: int, runs: Int64s, near: Int64s) -> Int64s:
    """The runs that have overlaps with a source, each once, at the beginning of `near`; the overlaps of each stand together."""
    count = 0
    for n in range(pairs):
        if met[n] == source and (count == 0 or near[count - 1] != runs[n]):
            near[count] = runs[n]
            count += 1
    return near[:count]


@inlined
def fill_row(row: Any, runs: Int64s, stays: Stays, tails: Int32s) -> None:  # noqa: ANN401 — a record of `EXPOSURE`
    """Add the overlaps of the visits with a source's stays."""
    for run in runs:
        head = words_of(run, HEAD)
        venue, entered, left = head[0] & LOWER, head[1] >> HALF, head[1] & LOWER
        for stay in stays:
            if stay.venue == venue:
                begins, ends = max(stay.a, entered), min(stay.b + tails[venue], left)
                if begins < ends:
                    add_overlap(row, begins, ends, stay.b, venue)


@kernel
def is_better(shared: Any, kept: Any, ids: Int64s) -> bool:  # noqa: ANN401 — records of `EXPOSURE`
    """Whether a row's source was longer with the person than another's."""
    if shared.overlap != kept.overlap:
        return bool(shared.overlap > kept.overlap)
    return bool(ids[shared.source] < ids[kept.source])
