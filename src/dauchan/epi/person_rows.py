"""Rows of exposure by person: an open-addressing table that grows and is emptied at the cost of what it holds."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel

EXPOSURE = np.dtype(
    [
        ("person", np.int32),
        ("source", np.int32),
        ("generation", np.int32),
        ("venue", np.int32),  # of the longest single overlap
        ("longest", np.int32),
        ("encounters", np.int32),
        ("first", np.int32),
        ("last", np.int32),
        ("overlap", np.int64),
        ("tail", np.int64),
    ]
)
"""What one person shared with one source; instants and durations in seconds since the index's origin."""

Rows = NDArray[Any]

FREE = -1
LATEST = np.iinfo(np.int32).max
GOLDEN = 2_654_435_769
"""2³² divided by the golden ratio: spreads neighbouring numbers (Knuth, The Art of Computer Programming, vol. 3, 6.4)."""


class PersonRows(NamedTuple):
    """`rows[:size[0]]` in the order of insertion; `slots` holds the row of a person or `FREE`; `places` leads back."""

    slots: NDArray[np.int32]
    places: NDArray[np.int32]
    rows: Rows
    size: NDArray[np.int64]


@kernel
def empty_rows(capacity: int) -> PersonRows:
    """An empty table for `capacity` persons, a power of two; it grows when it is full."""
    return PersonRows(
        np.full(capacity * 2, FREE, np.int32),
        np.empty(capacity, np.int32),
        np.empty(capacity, EXPOSURE),
        np.zeros(1, np.int64),
    )


@kernel
def slot_of(table: PersonRows, person: int) -> int:
    """The slot that holds the person's row, or the free one where it would go."""
    mask = len(table.slots) - 1
    slot = ((person * GOLDEN) >> 8) & mask
    while table.slots[slot] != FREE and table.rows[table.slots[slot]].person != person:
        slot = (slot + 1) & mask
    return slot


@kernel
def clear(table: PersonRows) -> None:
    """Forget all rows."""
    for row in range(table.size[0]):
        table.slots[table.places[row]] = FREE
    table.size[0] = 0


@kernel
def grown(table: PersonRows) -> PersonRows:
    """The same rows in a table of twice the capacity."""
    larger = empty_rows(2 * len(table.rows))
    larger.rows[: len(table.rows)] = table.rows
    for row in range(table.size[0]):
        slot = slot_of(larger, table.rows[row].person)
        larger.slots[slot] = row
        larger.places[row] = slot
    larger.size[0] = table.size[0]
    return larger


@kernel
def add(table: PersonRows, person: int, source: int, generation: int) -> PersonRows:
    """Append a row without overlaps for a person who has none; the table to go on with, larger where it was full."""
    if table.size[0] == len(table.rows):
        table = grown(table)
    slot = slot_of(table, person)
    row = np.int32(table.size[0])
    table.slots[slot] = row
    table.places[row] = slot
    table.size[0] += 1
    blank = table.rows[row]
    blank.person = person
    blank.source = source
    blank.generation = generation
    blank.venue = -1
    blank.longest = 0
    blank.encounters = 0
    blank.first = LATEST
    blank.last = 0
    blank.overlap = 0
    blank.tail = 0
    return table
