"""The same tables as Apache Parquet, for those who go on computing: numbers stay numbers, instants instants in UTC."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from dauchan.exchange.tables import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.tables import Column

Item = TypeVar("Item")


def write_parquet(columns: list[Column[Item]], items: Iterable[Item], out: BinaryIO) -> Written:
    """One file; a row that cannot be written is set aside with its reason and does not stop the rest."""
    written = Written()
    rows: list[list[Any]] = []
    for number, item in enumerate(items, start=1):
        try:
            rows.append([column.value(item) for column in columns])
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one row must not cost the others
            written.set_aside.append((number, f"{type(error).__name__}: {error}"))
    arrays = [_array([row[at] for row in rows]) for at in range(len(columns))]
    pq.write_table(pa.table(arrays, names=[column.title for column in columns]), out)
    written.rows = len(rows)
    return written


def _array(values: list[Any]) -> pa.Array[Any]:
    given = [value for value in values if value not in (None, "")]
    kept = [None if value in (None, "") else value for value in values]
    if given and all(isinstance(value, dt.datetime) for value in given):
        return pa.array(kept, pa.timestamp("us", "UTC"))
    if given and all(isinstance(value, dt.date) and not isinstance(value, dt.datetime) for value in given):
        return pa.array(kept, pa.date32())
    if given and all(type(value) is int for value in given):
        return pa.array(kept, pa.int64())
    if given and all(type(value) in {int, float} for value in given):
        return pa.array(kept, pa.float64())
    return pa.array([None if value is None else str(value) for value in kept], pa.string())
