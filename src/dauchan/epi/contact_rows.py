"""Rows of contacts in their order, as Arrow tables."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.crowds import visits_of
from dauchan.epi.intervals import local_day
from dauchan.epi.kernel import kernel
from dauchan.epi.records import CROWD_DAYS, Crowds, Rows
from dauchan.epi.sorting import by_digits
from dauchan.epi.visit_columns import Int64s
from dauchan.epi.visit_index import VisitIndex

INSTANT = pa.timestamp("us", tz="UTC")
MICROSECONDS = 1_000_000
_FIELDS: list[tuple[str, pa.DataType]] = [
    ("index_id", pa.int64()),
    ("person_id", pa.int64()),
    ("generation", pa.int32()),
    ("source_id", pa.int64()),
    ("overlap_seconds", pa.int64()),
    ("tail_seconds", pa.int64()),
    ("encounters", pa.int32()),
    ("first_at", INSTANT),
    ("last_at", INSTANT),
    ("venue_id", pa.int64()),
]
SCHEMA = pa.schema([pa.field(name, kind) for name, kind in _FIELDS])
_NOTICE_FIELDS: list[tuple[str, pa.DataType]] = [
    ("index_id", pa.int64()),
    ("venue_id", pa.int64()),
    ("day", pa.date32()),
    ("visits", pa.int64()),
]
NOTICES = pa.schema([pa.field(name, kind) for name, kind in _NOTICE_FIELDS])
NO_NOTICES = NOTICES.empty_table()
KEY_BITS = 63


class Lists(NamedTuple):
    """The contacts of k index cases, each in one generation: those of the n-th are `rows[edges[n] : edges[n + 1]]`, in any order."""

    index_ids: Int64s
    edges: Int64s
    rows: Rows


class Columns(NamedTuple):
    """The columns of `SCHEMA` as arrays to be filled."""

    index_id: Int64s
    person_id: Int64s
    generation: NDArray[np.int32]
    source_id: Int64s
    overlap: Int64s
    tail: Int64s
    encounters: NDArray[np.int32]
    first: Int64s
    last: Int64s
    venue_id: Int64s


class Names(NamedTuple):
    """What turns dense numbers and seconds since the origin into identifiers and instants."""

    person_ids: Int64s
    venue_ids: Int64s
    origin: int


def contact_table(index: VisitIndex, parts: Sequence[Lists]) -> pa.Table:
    """Lists one after another, each by overlap descending, then person."""
    count, at = sum(len(part.rows) for part in parts), 0
    names, room = Names(index.person_ids, index.venue_ids, index.origin), np.empty((len(_FIELDS), count), np.int64)
    columns = _columns(room)
    for part in parts:
        for n in fill_lists(columns, at, part, index.people.ascending, names).tolist():
            rows = part.rows[part.edges[n] : part.edges[n + 1]]
            order = np.lexsort((index.person_ids[rows["person"]], -rows["overlap"]))
            fill(columns, at + part.edges[n], part.index_ids[n], rows, order, -1, names)
        at += len(part.rows)
    content: Any = room
    buffer = pa.py_buffer(content)
    arrays: list[Any] = [
        pa.Array.from_buffers(kind, count, [None, buffer.slice(8 * count * place, 8 * count)])
        for place, (_, kind) in enumerate(_FIELDS)
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _columns(room: NDArray[np.int64]) -> Columns:
    """The columns in one piece: the allocator keeps large pieces at hand, and fresh ones cost more than a trace."""
    count, halves = room.shape[1], room.view(np.int32)
    columns: list[Any] = [halves[n, :count] if kind == pa.int32() else room[n] for n, (_, kind) in enumerate(_FIELDS)]
    return Columns(*columns)


@kernel
def fill_lists(columns: Columns, at: int, lists: Lists, ascending: int, names: Names) -> Int64s:
    """Write lists in their order, from place `at` on; which of them are too large to be put in order by one number for each row."""
    left, count = np.empty(len(lists.index_ids), np.int64), 0
    for n in range(len(lists.index_ids)):
        begin, rows = lists.edges[n], lists.rows[lists.edges[n] : lists.edges[n + 1]]
        keys = sorted_keys(rows, ascending)
        if len(keys) == len(rows):
            fill(columns, at + begin, lists.index_ids[n], rows, keys, (1 << bits_of(len(rows))) - 1, names)
        else:
            left[count] = n
            count += 1
    return left[:count]


@kernel
def sorted_keys(rows: Rows, ascending: int) -> Int64s:
    """For each row the overlap counted down from the longest, the person and the row's place in one number, ascending; none where they do
    not fit, or where the order of people is not that of their numbers.
    """
    top, people = 0, 0
    for row in rows:
        top, people = max(top, row.overlap), max(people, row.person)
    row_bits, person_bits, top_bits = bits_of(len(rows)), bits_of(people), bits_of(top)
    if top_bits + person_bits + row_bits > KEY_BITS or people >= ascending:
        return np.empty(0, np.int64)
    keys = np.empty(len(rows), np.int64)
    for at in range(len(rows)):
        keys[at] = ((((top - rows[at].overlap) << person_bits) | rows[at].person) << row_bits) | at
    return by_digits(keys, row_bits, row_bits + person_bits + top_bits)


@kernel
def bits_of(number: int) -> int:
    bits = 0
    while number >> bits:
        bits += 1
    return bits


@kernel
def fill(columns: Columns, at: int, index_id: int, rows: Rows, keys: Int64s, row_mask: int, names: Names) -> None:
    """Write rows in the order of their keys, from place `at` on."""
    # Columns and identifiers are taken out of their tuples once: in a loop every look would count the array's references.
    index_ids, people, generations, sources, overlaps, tails, encounters, firsts, lasts, venues = columns
    person_ids, venue_ids, origin = names.person_ids, names.venue_ids, names.origin
    end = at + len(keys)
    index_ids[at:end] = index_id
    generations[at:end] = rows[0].generation if len(rows) else 0
    people, sources = people[at:end], sources[at:end]
    overlaps, tails, encounters = overlaps[at:end], tails[at:end], encounters[at:end]
    firsts, lasts, venues = firsts[at:end], lasts[at:end], venues[at:end]
    for n in range(len(keys)):  # apart from the others: the identifiers lie far apart, and these loads wait for none
        people[n] = person_ids[np.uint64(rows[np.uint64(keys[n] & row_mask)].person)]
    for n in range(len(keys)):  # in two parts: a loop that writes all columns has too many places in hand
        row = rows[np.uint64(keys[n] & row_mask)]
        encounters[n] = row.encounters
        sources[n] = person_ids[np.uint64(row.source)]
        overlaps[n], tails[n] = row.overlap, row.tail
    for n in range(len(keys)):
        row = rows[np.uint64(keys[n] & row_mask)]
        firsts[n], lasts[n] = (row.first + origin) * MICROSECONDS, (row.last + origin) * MICROSECONDS
        venues[n] = venue_ids[np.uint64(row.venue)]


def instants(index: VisitIndex, seconds: NDArray[Any]) -> "pa.Array[Any]":
    """Seconds since the index's origin as timestamps in UTC."""
    return pa.array((seconds.astype(np.int64) + index.origin) * MICROSECONDS).cast(INSTANT)


def notice_table(index: VisitIndex, noticed: Sequence[tuple[int, Crowds]]) -> pa.Table:
    """The crowded venue-days of index cases, by case, venue and day."""
    if not any(len(crowds) for _, crowds in noticed):
        return NO_NOTICES
    index_id = np.repeat([case for case, _ in noticed], [len(crowds) for _, crowds in noticed])
    crowds = np.concatenate([each for _, each in noticed])
    venue, day = crowds // CROWD_DAYS, crowds % CROWD_DAYS
    visits = visits_of(index.day_visits(), crowds)
    day = (day + local_day(index.origin)).astype(np.int32)
    return pa.table([index_id, index.venue_ids[venue], pa.array(day).cast(pa.date32()), visits], schema=NOTICES)
