"""Cells of a file as identifiers and instants; what cannot be read is told by row."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.arrays import MISSING, seconds_of
from dauchan.epi.errors import RowRefusal

Column = pa.ChunkedArray
Refusals = dict[int, RowRefusal]
"""Refused rows of one column by their place, counted from 0."""

NULLS = frozenset({"", "null", "none", "na", "n/a", "#n/a", "nan", "nat", "-"})
EARLIEST = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
LATEST = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())
INT64 = np.iinfo(np.int64)


def is_text(kind: pa.DataType) -> bool:
    """Whether the cells are to be read one by one."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def identifiers(column: "Column[Any]") -> tuple[NDArray[np.int64], Refusals]:
    """The identifiers of a column; 0 where refused.

    Raises:
        VisitsRefused: the column's type cannot hold identifiers.
    """
    if is_text(column.type) or pa.types.is_null(column.type):
        return _read(column, read_identifier, filled=0)
    refusals = dict.fromkeys(np.flatnonzero(np.asarray(column.is_null())).tolist(), RowRefusal.EMPTY)
    if pa.types.is_integer(column.type):
        numbers = np.asarray(column.fill_null(pa.scalar(0, column.type)))
        too_large = numbers > INT64.max if numbers.dtype == np.uint64 else np.zeros(len(numbers), np.bool_)
        refusals |= dict.fromkeys(np.flatnonzero(too_large).tolist(), RowRefusal.NOT_AN_ID)
        return np.where(too_large, 0, numbers).astype(np.int64), refusals
    return _read(column.cast(pa.string()), read_identifier, filled=0)


def instants(column: "Column[Any]", *, may_be_missing: bool) -> tuple[NDArray[np.int64], Refusals]:
    """The instants of a column in seconds since the epoch; `MISSING` where empty or refused.

    Raises:
        VisitsRefused: the column's type cannot hold instants.
    """
    if is_text(column.type):
        seconds, refusals = _read(column, read_instant, filled=MISSING)
    else:
        seconds = seconds_of(column, "")
        refusals = dict.fromkeys(np.flatnonzero(seconds == MISSING).tolist(), RowRefusal.EMPTY)
    if may_be_missing:
        refusals = {row: reason for row, reason in refusals.items() if reason is not RowRefusal.EMPTY}
    outside = (seconds != MISSING) & ((seconds < EARLIEST) | (seconds >= LATEST))
    refusals |= dict.fromkeys(np.flatnonzero(outside).tolist(), RowRefusal.OUT_OF_RANGE)
    return seconds, refusals


def read_identifier(text: str) -> int | RowRefusal:
    """A whole number of 64 bits; spaces around it are ignored."""
    try:
        number = int(text)
    except ValueError:
        return RowRefusal.NOT_AN_ID
    return number if INT64.min <= number <= INT64.max and "_" not in text else RowRefusal.NOT_AN_ID


def read_instant(text: str) -> int | RowRefusal:
    """Epoch seconds, or an ISO 8601 timestamp (UTC where it names no zone), cut to the second before."""
    try:
        return math.floor(float(text))
    except (ValueError, OverflowError):
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return RowRefusal.NOT_AN_INSTANT
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return math.floor(instant.timestamp())


def _read(
    column: "Column[Any]", read: Callable[[str], int | RowRefusal], *, filled: int
) -> tuple[NDArray[np.int64], Refusals]:
    values = np.full(len(column), filled, np.int64)
    refusals: Refusals = {}
    for row, cell in enumerate(column.to_pylist()):
        text = "" if cell is None else cell.strip()
        value = RowRefusal.EMPTY if text.lower() in NULLS else read(text)
        if isinstance(value, RowRefusal):
            refusals[row] = value
        else:
            values[row] = max(min(value, INT64.max), INT64.min + 1)
    return values, refusals
