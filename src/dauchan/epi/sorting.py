"""Dense numbers for identifiers, sorted copies of the visits, and stays whose check-out is missing."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.intervals import DAY
from dauchan.epi.kernel import kernel

Order = NDArray[np.int64]


def dense(identifiers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The distinct identifiers in ascending order, and for each row the place of its identifier among them."""
    coded = pa.array(identifiers).dictionary_encode()
    met = coded.dictionary.to_numpy()
    order = np.argsort(met)
    rank = np.empty(len(met), np.int32)
    rank[order] = np.arange(len(met), dtype=np.int32)
    return met[order], rank[coded.indices.to_numpy()]


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


@kernel
def longest_stays(starts: NDArray[np.int64], entered: NDArray[np.int32], left: NDArray[np.int32]) -> NDArray[np.int32]:
    """The longest stay of each group, in seconds: how far back from an instant a visit can have begun."""
    longest = np.zeros(len(starts) - 1, np.int32)
    for group in range(len(starts) - 1):
        for at in range(starts[group], starts[group + 1]):
            longest[group] = max(longest[group], left[at] - entered[at])
    return longest


@kernel
def visits_by_day(
    starts: NDArray[np.int64], entered: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Visits per group and local day: where the days of each group begin, the days in order, their visits.

    A group's visits are in order of entry, in seconds since a local midnight; days without visits are left out.
    """
    day_start = np.zeros(len(starts), np.int64)
    days, visits = np.empty(len(entered), np.int32), np.zeros(len(entered), np.int32)
    count = 0
    for group in range(len(starts) - 1):
        for at in range(starts[group], starts[group + 1]):
            day = entered[at] // DAY
            if count == day_start[group] or days[count - 1] != day:
                days[count] = day
                count += 1
            visits[count - 1] += 1
        day_start[group + 1] = count
    return day_start, days[:count].copy(), visits[:count].copy()
