"""The contacts of sources whose places were swept: bin after bin, what each person shared with each source is added up."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.bins import LINK
from dauchan.epi.figures import FAR_FUTURE, add_overlap, begin_row, is_enough, may_be_too_little
from dauchan.epi.kernel import kernel
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
    """The runs of a bin by person: the addresses of those of person n are `at[start[n] : start[n + 1]]`."""

    start: Int32s
    at: Int64s


@kernel
def runs_of(held: Held, number: int, people: tuple[int, int]) -> Runs:
    """The runs of a bin, to which the people first:after belong: a counting sort."""
    owner, at, count = np.empty(1 << 10, np.int32), np.empty(1 << 10, np.int64), 0
    start = np.zeros(people[1] - people[0] + 2, np.int32)
    for thread in range(len(held.room)):
        room = words_of(held.room[thread], held.length[thread])
        chunk, filled = held.chunk[thread, number], held.filled[thread, number]
        while chunk >= 0:
            run = chunk + LINK
            owner, at = with_room(owner, count, filled - chunk), with_room(at, count, filled - chunk)
            while run < filled:
                owner[count], at[count] = (room[run] >> HALF) - people[0], held.room[thread] + run * WORD
                start[owner[count] + 2] += 1
                run, count = run + HEAD + room[run + HEAD - 1], count + 1
            filled, chunk = room[chunk + 1], room[chunk]
    for person in range(2, len(start)):
        start[person] += start[person - 1]
    sorted_at = np.empty(count, np.int64)
    for n in range(count):
        person = np.uint64(owner[n] + 1)
        sorted_at[np.uint64(start[person])] = at[n]
        start[person] += 1
    return Runs(start[:-1], sorted_at)


@kernel
def contacts_swept(
    spans: Spans, held: Held, number: int, people: tuple[int, int], sources: Sources, rule: Rule, room: Sums
) -> Rows:
    """The contacts of a bin, each once with the best of the sources: the longest overlap wins, then the smallest id.

    Raises:
        OverflowError: the sums may become too large for the room that was given.
    """
    start, at = runs_of(held, number, people)
    rows, count, sums, least = np.empty(people[1] - people[0], EXPOSURE), 0, room.sums, max(rule.min_overlap, 1)
    met = np.empty(1 << 10, np.int32)
    for person in range(len(rows)):
        runs = at[start[person] : start[person + 1]]
        pairs = overlaps_in(runs)
        if pairs > len(met):
            met = np.empty(2 * pairs, np.int32)
        if add_runs(runs, sums, met) > room.largest:
            raise OverflowError
        best = longest_of(met[:pairs], sums, sources.person, rule.ids, least)
        while best >= 0:
            row = rows[count]
            begin_row(row, people[0] + person, FAR_FUTURE)
            stays = sources.stays[sources.start[best] : sources.start[best + 1]]
            row.source, row.generation = sources.person[best], rule.generation
            fill_row(row, runs, stays, rule.tails)
            if not may_be_too_little(rule, row) or is_enough(spans, stays, rule, row):
                count += 1
                break
            sums[best] = 0
            best = longest_of(met[:pairs], sums, sources.person, rule.ids, least)
        for source in met[:pairs]:
            sums[np.uint64(source)] = 0
    return rows[:count]


@kernel
def overlaps_in(runs: Int64s) -> int:
    """How many overlaps the runs have together."""
    count = 0
    for run in runs:
        count += words_of(run, HEAD)[HEAD - 1]
    return count


@kernel
def add_runs(runs: Int64s, sums: NDArray[Any], met: Int32s) -> int:
    """Add the seconds of runs to the sums of their sources, overlap by overlap written to `met`; all seconds together."""
    seconds, count = 0, 0
    for run in runs:
        for overlap in words_of(run + HEAD * WORD, words_of(run, HEAD)[HEAD - 1]):
            source, took = np.uint64(overlap >> HALF), overlap & LOWER
            sums[source] += took
            met[count] = source
            seconds, count = seconds + took, count + 1
    return seconds


@kernel
def longest_of(met: Int32s, sums: NDArray[Any], people: Int32s, ids: Int64s, least: int) -> int:
    """Of the sources that were met the one with the largest sum, of equal ones with the smallest id; `NOWHERE` where it is too little."""
    best, longest = np.int32(NOWHERE), least
    for source in met:
        seconds = sums[np.uint64(source)]
        if seconds >= longest and (seconds > longest or best < 0 or ids[people[source]] < ids[people[best]]):
            best, longest = source, seconds
    return best


@kernel
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
