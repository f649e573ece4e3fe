"""NumPy and Arrow arrays of instants and identifiers as whole numbers."""

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from dauchan.epi.errors import VisitsRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

Instants: TypeAlias = "NDArray[Any] | pa.Array[Any] | pa.ChunkedArray[Any] | Sequence[int | None]"
"""Seconds since the epoch or timestamps (UTC where they carry no zone); missing is null, NaN or NaT."""

MISSING = np.iinfo(np.int64).min
"""Stands for an instant that is not known, as NaT does in NumPy."""

PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def seconds_of(values: Instants, name: str) -> NDArray[np.int64]:
    """Whole seconds since the epoch, cut towards the past; `MISSING` where the instant is missing.

    Raises:
        VisitsRefused: the array holds neither numbers nor timestamps; `name` says which one.
    """
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return _seconds_of_arrow(values, name)
    array = np.asarray(values)
    if array.dtype == object:
        return _seconds_of_arrow(pa.array(array.tolist()), name)
    if array.dtype.kind == "M":
        unit = np.datetime_data(array.dtype)[0]
        if unit not in PER_SECOND:
            array, unit = array.astype("datetime64[s]"), "s"
        return _floored(array.view(np.int64), PER_SECOND[unit])
    if array.dtype.kind == "f":
        return _whole(array)
    if array.dtype.kind not in "iu" and array.size:
        raise _wrong_type(name, str(array.dtype))
    return array.astype(np.int64, copy=False)


def identifiers_of(values: Instants, name: str) -> NDArray[np.int64]:
    """Identifiers as int64.

    Raises:
        VisitsRefused: an identifier is missing or no whole number.
    """
    if isinstance(values, pa.Array | pa.ChunkedArray) and values.null_count:
        raise VisitsRefused(f"{name} has empty values", f"{name} có giá trị bỏ trống")
    array = np.asarray(values)
    if array.dtype.kind not in "iu" and array.size:
        raise _wrong_type(name, str(array.dtype))
    return array.astype(np.int64, copy=False)


def _seconds_of_arrow(values: "pa.Array[Any] | pa.ChunkedArray[Any]", name: str) -> NDArray[np.int64]:
    kind = values.type
    if pa.types.is_null(kind):
        return np.full(len(values), MISSING)
    if pa.types.is_floating(kind):
        return _whole(np.asarray(values.cast(pa.float64())))  # null becomes NaN
    if not (pa.types.is_integer(kind) or pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
        raise _wrong_type(name, str(kind))
    if pa.types.is_date(kind):
        values = values.cast(pa.timestamp("s"))
        kind = values.type
    numbers = np.asarray(compute.coalesce(values.cast(pa.int64()), pa.scalar(MISSING)))
    return _floored(numbers, PER_SECOND[kind.unit]) if pa.types.is_timestamp(kind) else numbers


def _floored(numbers: NDArray[np.int64], per_second: int) -> NDArray[np.int64]:
    if per_second == 1:
        return numbers
    return np.where(numbers == MISSING, MISSING, numbers // per_second)


def _whole(numbers: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    known = np.isfinite(numbers)
    return np.where(known, np.floor(np.where(known, numbers, 0)).astype(np.int64), MISSING)


def _wrong_type(name: str, kind: str) -> VisitsRefused:
    return VisitsRefused(
        f"{name} holds {kind}, not whole numbers or timestamps",
        f"{name} chứa {kind}, không phải số nguyên hay thời điểm",
    )
