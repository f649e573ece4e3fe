"""Columns into PostgreSQL: COPY into a temporary table, as fixed-width binary rows where a kind has no texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from dauchan.exchange.contract.schema import Field, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

#: Its overloads know no column whose type is data.
pc: Any = pyarrow.compute
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_ROWS_AT_ONCE = 20_000
_SMALLEST = -(2**63)
_EPOCH_2000 = 946_684_800_000_000
_TYPES = {Type.UUID: "uuid", Type.INT: "bigint", Type.INSTANT: "timestamptz", Type.TEXT: "text", Type.FLOAT: "float8"}
#: How what is missing comes out of a staged row again.
_READ = {
    Type.UUID: "nullif({0}, '00000000-0000-0000-0000-000000000000'::uuid)",
    Type.INT: "nullif({0}, -9223372036854775808)",
    Type.INSTANT: "nullif({0}, '-infinity'::timestamptz)",
    Type.TEXT: "{0}",
    Type.FLOAT: "{0}",
}


def stage(connection: psycopg.Connection, fields: Sequence[Field], table: pa.Table) -> str:
    """Fill the temporary table `staged`; answers the expressions that read its columns back."""
    columns = ", ".join(f"{field.name} {_TYPES[field.type]}" for field in fields)
    connection.execute("DROP TABLE IF EXISTS pg_temp.staged")
    connection.execute(f"CREATE TEMPORARY TABLE staged ({columns}) ON COMMIT DROP")
    is_fixed = all(field.type in {Type.UUID, Type.INT, Type.INSTANT} for field in fields)
    with connection.cursor() as cursor:
        if is_fixed:
            with cursor.copy("COPY pg_temp.staged FROM STDIN (FORMAT binary)") as copy:
                copy.write(_HEADER)
                for start in range(0, table.num_rows, _ROWS_AT_ONCE):
                    copy.write(_rows(fields, table.slice(start, _ROWS_AT_ONCE)))
                copy.write(_TRAILER)
        else:
            with cursor.copy("COPY pg_temp.staged FROM STDIN") as copy:
                for row in zip(*(_plain(field, table.column(field.name)) for field in fields), strict=True):
                    copy.write_row(row)
    return ", ".join((_READ[field.type] if is_fixed else "{0}").format(field.name) for field in fields)


def _plain(field: Field, column: pa.ChunkedArray[Any]) -> list[Any]:
    values = column.to_pylist()
    if field.type is Type.UUID:
        return [None if value is None else value.hex() for value in values]
    return values


def _rows(fields: Sequence[Field], table: pa.Table) -> bytes:
    layout: list[tuple[str, str]] = [("columns", ">i2")]
    for at, field in enumerate(fields):
        layout += [(f"n{at}", ">i4"), (f"v{at}", "V16" if field.type is Type.UUID else ">i8")]
    rows = np.zeros(table.num_rows, np.dtype(layout))
    rows["columns"] = len(fields)
    for at, field in enumerate(fields):
        rows[f"n{at}"] = 16 if field.type is Type.UUID else 8
        rows[f"v{at}"] = _values(field, table.column(field.name))
    return rows.tobytes()


def _values(field: Field, column: pa.ChunkedArray[Any]) -> np.ndarray[Any, Any]:
    array: Any = column.combine_chunks()
    if field.type is Type.UUID:
        filled = pc.fill_null(array, bytes(16)) if array.null_count else array
        body = filled.buffers()[1] if len(filled) else b""
        return np.frombuffer(body, "V16", len(filled), filled.offset * 16)
    if field.type is Type.INSTANT:
        numbers = array.cast(pa.int64())
        known = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False) - _EPOCH_2000
        return np.where(pc.is_null(numbers).to_numpy(zero_copy_only=False), _SMALLEST, known)
    numbers = pc.fill_null(array, _SMALLEST).to_numpy(zero_copy_only=False)
    return np.asarray(numbers)
