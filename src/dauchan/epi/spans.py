"""Packs of visits side by side, as the loops of a trace read them: one span per pack, one numbering of people and venues over all.

The words of a span stay where they are, on disk or in memory; loops reach them by their address, because the number of spans
is not known when the loops are compiled. What translates between the numbering of a span and that of the index is built when an
index is made, and is gone with it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.packing import Int32s, Pack, Words
from dauchan.epi.visit_columns import Int64s


class Spans(NamedTuple):
    """S spans by start, over P people and V venues; all instants in seconds since the index's origin.

    `person_start[p, s] : person_start[p + 1, s]` are the words of person p in span s, `venue_start` likewise; no stay at venue v
    in span s is longer than `longest_stay[v, s]`. `people[people_at[s] + n]` is the person that span s calls n, `venues` likewise.
    Entries of span s lie in [first[s], last[s]], ends at or before reach[s].
    """

    start: Int64s
    first: Int64s
    last: Int64s
    reach: Int64s
    entry_shift: Int64s
    who_bits: Int64s
    by_person: Int64s
    by_venue: Int64s
    length: Int64s
    person_start: Int32s
    venue_start: Int32s
    longest_stay: Int32s
    people: Int32s
    people_at: Int64s
    venues: Int32s
    venues_at: Int64s


def side_by_side(packs: Sequence[Pack], origin: int) -> tuple[Spans, Int64s, Int64s]:
    """The spans of packs, and the identifiers of people and of venues over all of them, ascending."""
    people = _numbering([pack.person_ids for pack in packs], [pack.person_start for pack in packs])
    venues = _numbering([pack.venue_ids for pack in packs], [pack.venue_start for pack in packs])
    longest = np.zeros((len(venues.ids), len(packs)), np.int32)
    for place, pack in enumerate(packs):
        longest[venues.numbers[venues.at[place] :][: len(pack.venue_ids)], place] = pack.longest_stay
    facts = [(*_facts(pack, origin), len(pack)) for pack in packs]
    start, first, last, reach, entry_shift, who_bits, length = np.array(facts, np.int64).reshape(-1, 7).T.copy()
    spans = Spans(
        start,
        first,
        last,
        reach,
        entry_shift,
        who_bits,
        np.array([pack.by_person.ctypes.data for pack in packs], np.int64),
        np.array([pack.by_venue.ctypes.data for pack in packs], np.int64),
        length,
        people.start,
        venues.start,
        longest,
        people.numbers,
        people.at,
        venues.numbers,
        venues.at,
    )
    return spans, people.ids, venues.ids


def _facts(pack: Pack, origin: int) -> tuple[int, ...]:
    start, shift = pack.layout.start - origin, pack.layout.entry_shift
    edges = pack.first - origin, pack.last - origin, pack.reach - origin
    return start, *edges, shift, pack.layout.who_bits


class _Numbering(NamedTuple):
    """Identifiers over all spans; for each and span where its rows begin; the number of each span's own ones."""

    ids: Int64s
    start: Int32s
    numbers: Int32s
    at: Int64s


def _numbering(ids: Sequence[Int64s], starts: Sequence[Int32s]) -> _Numbering:
    at = np.cumsum([0, *(len(own) for own in ids)])
    flat = np.concatenate([*ids, np.empty(0, np.int64)])
    rows = np.concatenate([*starts, np.empty(0, np.int32)])
    # NumPy asks for huge pages, Numba does not: a trace jumps to and fro in these, and would miss the page each time.
    distinct = np.empty(_distinct(flat, at), np.int64)
    start, numbers = np.empty((len(distinct) + 1, len(ids)), np.int32), np.empty(len(flat), np.int32)
    _merge(flat, at, rows, distinct, start, numbers)
    return _Numbering(distinct, start, numbers, at)


@kernel
def _merge(ids: Int64s, at: Int64s, rows: Int32s, distinct: Int64s, start: Int32s, numbers: Int32s) -> None:
    """Merge ascending lists that stand one after another; `rows` has one entry more for each list."""
    lists, upcoming = len(at) - 1, at[:-1].copy()
    for number in range(len(distinct)):
        least = _least(ids, upcoming, at)
        distinct[number] = least
        for place in range(lists):
            here = upcoming[place]
            start[number, place] = rows[here + place]
            if here < at[place + 1] and ids[here] == least:
                numbers[here] = number
                upcoming[place] += 1
    for place in range(lists):
        start[len(distinct), place] = rows[at[place + 1] + place]


@kernel
def _distinct(ids: Int64s, at: Int64s) -> int:
    upcoming, count = at[:-1].copy(), 0
    while True:
        least = _least(ids, upcoming, at)
        found = False
        for place in range(len(upcoming)):
            if upcoming[place] < at[place + 1] and ids[upcoming[place]] == least:
                upcoming[place] += 1
                found = True
        if not found:
            return count
        count += 1


@inlined
def _least(ids: Int64s, upcoming: Int64s, at: Int64s) -> int:
    least = np.iinfo(np.int64).max
    for place in range(len(upcoming)):
        if upcoming[place] < at[place + 1]:
            least = min(least, ids[upcoming[place]])
    return least


@intrinsic
def _words_pointer(_typing: Any, _address: Any) -> Any:  # noqa: ANN401 — Numba's own types
    """The address of 64-bit words as something to be read."""

    def generated(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        return builder.inttoptr(given[0], ir.IntType(64).as_pointer())

    signature: Any = types.CPointer(types.int64)(types.int64)  # type: ignore[no-untyped-call]
    return signature, generated


@kernel
def words_of(address: int, length: int) -> Words:
    """The words of one copy of a span."""
    pointer: Any = _words_pointer(address)  # type: ignore[call-arg]  # Numba gives the first argument
    words: Words = numba.carray(pointer, length)
    return words


@inlined
def stay_mask(entry_shift: int, who_bits: int) -> int:
    return (1 << (entry_shift - who_bits)) - 1


@inlined
def who_mask(who_bits: int) -> int:
    return (1 << who_bits) - 1


@inlined
def visits_of(spans: Spans, person: int) -> int:
    """How many visits a person has."""
    visits = 0
    for span in range(len(spans.start)):
        visits += spans.person_start[person + 1, span] - spans.person_start[person, span]
    return visits
