"""PostgreSQL's binary COPY format to and from NumPy, for rows whose columns are all eight or sixteen bytes wide."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from dauchan.visits.arrays import MISSING, Int64s

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

# PostgreSQL counts microseconds from 2000-01-01; its '-infinity' is the smallest number, as is our MISSING.
_EPOCH_2000 = 946_684_800
_MICROSECONDS = 1_000_000
_ROWS_AT_ONCE = 65_536
_BIGINT = 8


def row_type(widths: Iterable[int]) -> np.dtype[np.void]:
    """One row: a count of columns, then each column's width and value; sixteen bytes are two numbers, `v0` and `v0b`."""
    fields = [("columns", ">i2")]
    for n, width in enumerate(widths):
        fields.append((f"n{n}", ">i4"))
        fields += [(f"v{n}", ">i8")] if width == _BIGINT else [(f"v{n}", ">u8"), (f"v{n}b", ">u8")]
    return np.dtype(fields)


def read_rows(chunks: Iterable[bytes | bytearray | memoryview], row: "np.dtype[np.void]") -> Iterator[NDArray[np.void]]:
    """Rows of a binary COPY TO in arrays of the given type. No column may be null.

    Args:
        chunks: what the driver yields: bytes cut anywhere.
        row: from `row_type`.
    """
    pieces = iter(chunks)
    rest, at_start = b"", True
    while batch := list(islice(pieces, _ROWS_AT_ONCE)):
        rest += b"".join(batch)
        if at_start and len(rest) >= len(HEADER):
            rest, at_start = rest[len(HEADER) :], False
        whole = 0 if at_start else len(rest) // row.itemsize
        if whole:
            yield np.frombuffer(rest, row, whole)
            rest = rest[whole * row.itemsize :]


def seconds_of(timestamps: NDArray[np.int64]) -> Int64s:
    """PostgreSQL's timestamps as seconds since the epoch, cut towards the past; -infinity as `MISSING`."""
    timestamps = timestamps.astype(np.int64)
    return np.where(timestamps == MISSING, MISSING, timestamps // _MICROSECONDS + _EPOCH_2000)


def timestamps_of(seconds: Int64s) -> Int64s:
    """The reverse of `seconds_of`."""
    known = np.where(seconds == MISSING, 0, seconds)
    return np.where(seconds == MISSING, MISSING, (known - _EPOCH_2000) * _MICROSECONDS)
