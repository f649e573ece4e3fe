"""Packs of visits side by side, as the loops of a trace read them: one span per pack, one numbering of people and venues over all.

The words of a span stay where they are, on disk or in memory; loops reach them by their address, because the number of spans
is not known when the loops are compiled.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from dauchan.epi.kernel import inlined, kernel
from dauchan.epi.numbering import Members, Numbering, merged
from dauchan.epi.packing import LINE, WORD_BYTES, Int32s, Pack, Words
from dauchan.epi.visit_columns import Int64s


class Spans(NamedTuple):
    """S spans by start, over P people and V venues; all instants in seconds since the index's origin.

    `by_person`, `by_venue` and what follows up to `ends` are addresses, `length` says how many words, `people_count` how many people
    a span has; for what is known of its people see `Members` and `rows_of_person`. A span without `people` calls them by the index's numbers.
    `venue_start[v, s] : venue_start[v + 1, s]` are the words of venue v in span s, no stay there is longer than `longest_stay[v, s]`;
    `venues[venues_at[s] + n]` is the venue that span s calls n. Entries of span s lie in [first[s], last[s]], ends at or before reach[s].
    """

    start: Int64s
    first: Int64s
    last: Int64s
    reach: Int64s
    entry_shift: Int64s
    who_bits: Int64s
    length: Int64s
    people_count: Int64s
    blocks: Int64s
    by_person: Int64s
    by_venue: Int64s
    people: Int64s
    bits: Int64s
    before: Int64s
    begins: Int64s
    ends: Int64s
    venue_start: Int32s
    longest_stay: Int32s
    venues: Int32s
    venues_at: Int64s
    all_people: int


def side_by_side(packs: Sequence[Pack], origin: int, people: Numbering) -> tuple[Spans, Int64s]:
    """The spans of packs, and the identifiers of venues over all of them, ascending."""
    venues = merged([pack.venue_ids for pack in packs])
    start, longest = np.zeros((2, len(venues.ids) + 1, len(packs)), np.int32)
    for place, pack in enumerate(packs):
        own = venues.of(place)
        start[own + 1, place] = np.diff(pack.venue_start)
        longest[own, place] = pack.longest_stay
    start = np.cumsum(start, axis=0, dtype=np.int32)
    facts = [(*_facts(pack, origin), *_people(pack, people.members_of(pack))) for pack in packs]
    columns = np.array(facts, np.int64).reshape(-1, len(Spans._fields) - 5).T.copy()
    of_venues = start, longest[:-1], venues.numbers, venues.at
    return Spans._make([*columns, *of_venues, len(people.ids)]), venues.ids


def _facts(pack: Pack, origin: int) -> tuple[int, ...]:
    edges = pack.first - origin, pack.last - origin, pack.reach - origin
    return pack.layout.start - origin, *edges, pack.layout.entry_shift, pack.layout.who_bits, len(pack)


def _people(pack: Pack, members: Members) -> tuple[int, ...]:
    counts = len(members.people), len(members.bits)
    arrays = pack.by_person, pack.by_venue, members.people, members.bits, members.before, members.begins, members.ends
    return *counts, *(each.ctypes.data for each in arrays)


@intrinsic
def _words_pointer(_typing: Any, _address: Any) -> Any:  # noqa: ANN401 — Numba's own types
    """The address of 64-bit words as something to be read."""
    signature: Any = types.CPointer(types.int64)(types.int64)  # type: ignore[no-untyped-call]
    return signature, _as_pointer(64)


@intrinsic
def _numbers_pointer(_typing: Any, _address: Any) -> Any:  # noqa: ANN401 — as above
    """The address of 32-bit numbers as something to be read."""
    signature: Any = types.CPointer(types.int32)(types.int64)  # type: ignore[no-untyped-call]
    return signature, _as_pointer(32)


def _as_pointer(width: int) -> Any:  # noqa: ANN401 — as above
    def generated(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        return builder.inttoptr(given[0], ir.IntType(width).as_pointer())

    return generated


@intrinsic
def ones(_typing: Any, _word: Any) -> Any:  # noqa: ANN401 — as above
    """How many bits of a word are set: one instruction."""

    def generated(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        return builder.ctpop(given[0])

    return types.int64(types.int64), generated


@intrinsic
def fetch_ahead(_typing: Any, _address: Any) -> Any:  # noqa: ANN401 — as above
    """Have what stands at an address brought into the caches, without waiting for it."""

    def generated(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", (byte,), kind)
        to_be_read, kept_near, data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(fetch, [builder.inttoptr(given[0], byte), to_be_read, kept_near, data])
        return given[0]

    return types.int64(types.int64), generated


@inlined
def fetch_venue(spans: Spans, span: int, venue: int) -> None:
    """Have the words of a venue in a span brought into the caches; nothing after the last span."""
    if span < len(spans.start):
        for row in range(spans.venue_start[venue, span], spans.venue_start[venue + 1, span], LINE // WORD_BYTES):
            fetch_ahead(spans.by_venue[span] + row * WORD_BYTES)  # type: ignore[call-arg]  # Numba gives the first argument


@kernel
def words_of(address: int, length: int) -> Words:
    """The words of one copy of a span."""
    pointer: Any = _words_pointer(address)  # type: ignore[call-arg]  # Numba gives the first argument
    words: Words = numba.carray(pointer, length)
    return words


@kernel
def numbers_of(address: int, length: int) -> Int32s:
    """Numbers of a span."""
    pointer: Any = _numbers_pointer(address)  # type: ignore[call-arg]  # as above
    numbers: Int32s = numba.carray(pointer, length)
    return numbers


@kernel
def people_of(spans: Spans, span: int) -> Int32s:
    """The index's numbers of the people of a span; nothing where the span itself has these."""
    return numbers_of(spans.people[span], spans.people_count[span])


@kernel
def rows_of_person(spans: Spans, person: int, span: int) -> tuple[int, int]:
    """Between which words of the copy by person of a span those of a person stand."""
    block, bit = person >> 6, person & 63
    if block >= spans.blocks[span]:
        return 0, 0
    members = words_of(spans.bits[span], spans.blocks[span])[block]
    if not (members >> bit) & 1:
        return 0, 0
    before: int = ones(members & ((1 << bit) - 1))  # type: ignore[call-arg]  # as above
    place, count = numbers_of(spans.before[span], spans.blocks[span])[block] + before, spans.people_count[span]
    return numbers_of(spans.begins[span], count)[place], numbers_of(spans.ends[span], count)[place]


@inlined
def stay_mask(entry_shift: int, who_bits: int) -> int:
    return (1 << (entry_shift - who_bits)) - 1


@inlined
def who_mask(who_bits: int) -> int:
    return (1 << who_bits) - 1


@kernel
def visits_of(spans: Spans, person: int) -> int:
    """How many visits a person has."""
    visits = 0
    for span in range(len(spans.start)):
        low, high = rows_of_person(spans, person, span)
        visits += high - low
    return visits
