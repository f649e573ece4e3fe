"""Records as the agreement sends them, read from the ledger: as Arrow columns for a batch, as an expression for their digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from django.db import connection

from dauchan.exchange.contract.digests import digest_sql
from dauchan.exchange.contract.schema import ARROW, KINDS, Field, Type
from dauchan.visits.copying import read_rows
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from dauchan.exchange.national.agreement import Agreement

_SMALLEST = -(2**63)
ZERO = UUID(int=0)
_EPOCH_2000 = 946_684_800_000_000
#: The pseudonym: SHA-256 over a key of 32 bytes and the person's number, cut to sixteen. What is hashed always has forty bytes, so
#: there is nothing that could be extended, and the database can make it itself.
_PSEUDONYM = "substr(sha256(%(pseudonym_key)s::bytea || int8send(r.person_id)), 1, 16)"
_NOBODY = "'\\x00000000000000000000000000000000'::bytea"


def sql(name: str) -> str:
    return blocks("source.sql", "dauchan.exchange.national.sql")[name]


#: Which identifiers a query's check-outs can have.
OF_PAGE = "AND q.check_in_id >= %(lowest)s AND q.check_in_id <= %(highest)s"
OF_DAY = "AND q.check_in_id >= %(low)s AND q.check_in_id < %(high)s"


def records(kind: str, scans: str, bounds: str = "") -> str:
    """The query for records of a kind; *scans* names the block that chooses them."""
    return sql(kind).replace("{scans}", sql(scans)).replace("{bounds}", bounds)


def columns(agreement: Agreement, kind: str) -> dict[str, str]:
    """Expressions over records `r`, by field; what the agreement does not name is empty."""
    found = {field.name: f"r.{field.name}" for field in KINDS[kind].fields}
    return {name: said if agreement.names(kind, name) else "NULL" for name, said in found.items()}


def person(agreement: Agreement, kind: str) -> str:
    """Sixteen bytes for the person, zeros for nobody."""
    if not agreement.names(kind, "person"):
        return _NOBODY
    return _PSEUDONYM if kind == "visits" else f"CASE WHEN r.person_id IS NULL THEN {_NOBODY} ELSE {_PSEUDONYM} END"


def digest(agreement: Agreement, kind: str, version: int) -> str:
    """A record's digest over `r`; takes the parameter pseudonym_key."""
    raw = {} if kind == "venues" else {"person": person(agreement, kind)}
    return digest_sql(KINDS[kind].of_version(version), columns(agreement, kind), raw)


def read_wanted(agreement: Agreement, kind: str, version: int) -> pa.Table:
    """The records whose keys stand in the temporary table `wanted`, each once."""
    fields = KINDS[kind].of_version(version)
    said = columns(agreement, kind)
    parts = [_copied(field, said[field.name], person(agreement, kind)) for field in fields]
    chosen = records(kind, f"of_keys_{kind}", OF_PAGE)
    query = f"COPY (SELECT {', '.join(parts)} FROM ({chosen}) AS r) TO STDOUT (FORMAT binary)"  # noqa: S608 - our own words
    given = _ends_of_page() | {"pseudonym_key": agreement.pseudonym_key}
    with connection.cursor() as cursor, cursor.copy(query, given) as rows:
        pages = list(read_rows(rows, _layout(fields)))
    table = np.concatenate(pages) if pages else np.empty(0, _layout(fields))
    arrays = [_column(field, table[f"v{at}"]) for at, field in enumerate(fields)]
    return pa.Table.from_arrays(arrays, schema=KINDS[kind].arrow(version))


def _ends_of_page() -> dict[str, object]:
    """The least and the greatest key in `wanted`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "(SELECT id FROM wanted ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM wanted ORDER BY id DESC LIMIT 1)"
        )
        found = [row[0] for row in cursor.fetchall()]
    return {"lowest": min(found, default=ZERO), "highest": max(found, default=ZERO)}


def table_of(rows: list[Mapping[str, Any]], kind: str, version: int) -> pa.Table:
    """The same of rows in hand."""
    return pa.Table.from_pylist(list(rows), KINDS[kind].arrow(version))


def _copied(field: Field, expression: str, pseudonym: str) -> str:
    """Never null and always eight or sixteen bytes, as the binary copy is read."""
    if field.name == "person":
        return pseudonym
    if field.type is Type.UUID:
        return expression
    if field.type is Type.INSTANT:
        return f"coalesce({expression}::timestamptz, '-infinity'::timestamptz)"
    return f"coalesce({expression}::bigint, {_SMALLEST})"


def _layout(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    layout: list[tuple[str, str]] = [("columns", ">i2")]
    for at, field in enumerate(fields):
        layout += [(f"n{at}", ">i4"), (f"v{at}", "V16" if field.type is Type.UUID else ">i8")]
    return np.dtype(layout)


def _column(field: Field, values: np.ndarray[Any, Any]) -> pa.Array[Any]:
    if field.type is Type.UUID:
        packed = np.ascontiguousarray(values)
        array = pa.FixedSizeBinaryArray.from_buffers(
            ARROW[field.type], len(values), [None, pa.py_buffer(packed.tobytes())]
        )
        nobody = packed == np.zeros(1, "V16")
        return pa.compute.if_else(pa.array(nobody), pa.scalar(None, array.type), array) if nobody.any() else array
    numbers = values.astype(np.int64)
    missing = numbers == _SMALLEST
    if field.type is Type.INSTANT:
        # What lies beyond every calendar becomes an instant that the checks refuse.
        known = np.where(missing | (numbers == 2**63 - 1), 0, numbers)
        numbers = np.where(numbers == 2**63 - 1, 2**62, known + _EPOCH_2000)
        return pa.array(numbers, pa.int64(), mask=missing).cast(pa.timestamp("us", "UTC"))
    return pa.array(numbers, pa.int64(), mask=missing)


def database_now() -> dt.datetime:
    """By the clock that cuts batches, of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: dt.datetime = cursor.fetchone()[0]
        return now
