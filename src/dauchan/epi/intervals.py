"""Half-open intervals [start, end) of whole seconds, and places in sorted arrays."""

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.kernel import kernel

DAY = 86_400
LOCAL_OFFSET = 7 * 3600
"""Seconds that the local calendar (Asia/Ho_Chi_Minh, no summer time since 1975) is ahead of UTC."""


def local_day(instant: int) -> int:
    """Days since 1970-01-01 in the local calendar of `instant` (seconds since the epoch, UTC)."""
    return (instant + LOCAL_OFFSET) // DAY


def local_days(instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """`local_day` of many instants."""
    return (instants + LOCAL_OFFSET) // DAY


def local_midnight(instant: int) -> int:
    """The local midnight at or before `instant`, both in seconds since the epoch, UTC."""
    return local_day(instant) * DAY - LOCAL_OFFSET


@kernel
def lower_bound(values: NDArray[np.int32], low: int, high: int, wanted: int) -> int:
    """First place in the sorted `values[low:high]` that is not below `wanted`; `high` where there is none."""
    while low < high:
        middle = (low + high) >> 1
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The union of `intervals` as disjoint intervals in order; empty ones vanish, touching ones join."""
    union: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return union
