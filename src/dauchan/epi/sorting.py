"""Dense numbers for identifiers, sorted copies of the visits, and stays whose check-out is missing."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel

Order = NDArray[np.int64]

NEIGHBOURS = 8
"""Identifiers lie close together if there is one among so many numbers on average, repeated ones counted as often."""


def dense(identifiers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The distinct identifiers in ascending order, and for each row the place of its identifier among them."""
    if len(identifiers) == 0:
        return identifiers, np.empty(0, np.int32)
    low, high = int(identifiers.min()), int(identifiers.max())
    if high - low < NEIGHBOURS * len(identifiers):
        return dense_among(identifiers, low, high - low + 1)
    coded = pa.array(identifiers).dictionary_encode()
    met = coded.dictionary.to_numpy()
    order = np.argsort(met)
    rank = np.empty(len(met), np.int32)
    rank[order] = np.arange(len(met), dtype=np.int32)
    return met[order], rank[coded.indices.to_numpy()]


@kernel
def dense_among(identifiers: NDArray[np.int64], low: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """`dense` of identifiers from low to low + count, by a table of all of them: several times as fast as a dictionary."""
    place = np.zeros(count, np.int32)
    for identifier in identifiers:
        place[identifier - low] = 1
    distinct, found = np.empty(np.sum(place), np.int64), 0
    for at in range(count):
        if place[at]:
            distinct[found], place[at] = at + low, found
            found += 1
    rank = np.empty(len(identifiers), np.int32)
    for row in range(len(identifiers)):
        rank[row] = place[identifiers[row] - low]
    return distinct, rank


@kernel
def words_by(
    keys: NDArray[np.int32],
    starts: NDArray[np.int64],
    order: Order,
    times: NDArray[np.int64],
    others: NDArray[np.int32],
) -> NDArray[np.int64]:
    """`times` and `others` in one word for each row, the rows of `order` by key: a stable counting sort."""
    upcoming, words = starts.copy(), np.empty(len(order), np.int64)
    for row in order:
        key = keys[row]
        words[upcoming[key]] = times[row] | others[row]
        upcoming[key] += 1
    return words


@kernel
def counted(keys: NDArray[np.int32], key_count: int) -> NDArray[np.int64]:
    """Where the rows of each key begin once they are sorted by key; one entry more than there are keys."""
    starts = np.zeros(key_count + 1, np.int64)
    for key in keys:
        starts[key + 1] += 1
    return np.cumsum(starts)


@kernel
def grouped(keys: NDArray[np.int32], starts: NDArray[np.int64], order: Order) -> Order:
    """A stable counting sort: the rows of `order` by key, rows of one key in the order they had."""
    upcoming = starts.copy()
    by_key = np.empty_like(order)
    for row in order:
        key = keys[row]
        by_key[upcoming[key]] = row
        upcoming[key] += 1
    return by_key


DIGIT = 11
"""Bits that one pass of `by_digits` sorts by: what it counts with stays in the nearest cache."""


@kernel
def by_digits(numbers: NDArray[np.int64], low: int, high: int) -> NDArray[np.int64]:
    """Numbers below 1 << high by their bits from `low` on, equal ones as they were: one counting sort after another, the last bits first.

    For some thousand numbers it takes a quarter of the time of `ndarray.sort` on the processors that this was measured on. The array that is
    given is used as room, and is in disorder afterwards.
    """
    passes = max((high - low + DIGIT - 1) // DIGIT, 1)
    bits = (high - low + passes - 1) // passes
    mask, other = (1 << bits) - 1, np.empty_like(numbers)
    upcoming = np.zeros((passes, 1 << bits), np.int32)
    for number in numbers:
        for n in range(passes):
            upcoming[n, np.uint64((number >> (low + n * bits)) & mask)] += 1
    for n in range(passes):
        own, count, shift = upcoming[n], 0, low + n * bits
        for digit in range(len(own)):
            count, own[digit] = count + own[digit], count
        for number in numbers:
            place = np.uint64((number >> shift) & mask)
            other[np.uint64(own[place])] = number
            own[place] += 1
        numbers, other = other, numbers
    return numbers


@kernel
def close_open_stays(  # the six columns of a person's visits, none can be left out
    order: Order,
    starts: NDArray[np.int64],
    entered: NDArray[np.int64],
    left: NDArray[np.int64],
    missing: NDArray[np.bool_],
    stay: NDArray[np.int64],
) -> None:
    """Fill `left` where it is missing: after `stay` seconds, or when the person is next seen to enter anywhere later.

    Entries of the same second do not close each other: which of them came first is not known.
    """
    for person in range(len(starts) - 1):
        seen = np.int64(-1)  # entry after the ones of the second in hand, -1 for none
        last = np.int64(-1)
        for at in range(starts[person + 1] - 1, starts[person] - 1, -1):
            row = order[at]
            if last >= 0 and entered[order[last]] != entered[row]:
                seen = last
            last = np.int64(at)
            if missing[row]:
                left[row] = entered[row] + stay[row]
                if seen >= 0:
                    left[row] = min(left[row], entered[order[seen]])
