"""Records into the receiver's ledger: known by the sender's own key, the higher revision counts, in whatever order they come."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from dauchan.exchange.receiving.staging import stage

if TYPE_CHECKING:
    import psycopg

    from dauchan.exchange.contract.manifest import Manifest
    from dauchan.exchange.contract.payloads import Read
    from dauchan.exchange.contract.schema import Kind


def merge(connection: psycopg.Connection, origin: int, manifest: Manifest, kind: Kind, table: pa.Table) -> int:
    """How many records are new or newer than what was there.

    A mending batch was cut to put right what is here, so it also replaces an equal or a higher revision, but never what was cut after it.
    """
    if not table.num_rows:
        return 0
    table = _once_each(kind, table)
    fields = kind.of_version(manifest.schema)
    read_back = stage(connection, fields, table)
    names = [field.name for field in fields]
    # The same revision with the fields of a later version says more.
    newer = "(kept.revision, kept.version) < (excluded.revision, excluded.version)"
    if manifest.mending:
        newer = f"({newer} OR kept.cut_at <= excluded.cut_at)"
    updates = ", ".join(f"{name} = excluded.{name}" for name in [*names, "cut_at", "version"] if name != kind.key)
    done = connection.execute(
        f"INSERT INTO national.{kind.name} AS kept (origin, {', '.join(names)}, cut_at, version)"  # noqa: S608 - our own words
        f" SELECT %s, {read_back}, %s, %s FROM pg_temp.staged"
        f" ON CONFLICT (origin, {kind.key}) DO UPDATE SET {updates} WHERE {newer}",
        [origin, manifest.cut_at, manifest.schema],
    )
    _settle(connection, origin, kind)
    return done.rowcount


def _once_each(kind: Kind, table: pa.Table) -> pa.Table:
    """A key that stands twice in a batch counts with its highest revision."""
    if len(pc.unique(table.column(kind.key))) == table.num_rows:
        return table
    order = pc.sort_indices(table, sort_keys=[("revision", "descending")])
    sorted_ = table.take(order)
    seen: set[Any] = set()
    keep = [not (key in seen or seen.add(key)) for key in sorted_.column(kind.key).to_pylist()]  # type: ignore[func-returns-value]
    return sorted_.filter(pa.array(keep))


def _settle(connection: psycopg.Connection, origin: int, kind: Kind) -> None:
    """What was set aside once and is taken now waits no longer."""
    connection.execute(
        "UPDATE national.set_aside AS a SET settled_at = now() FROM pg_temp.staged AS s"  # noqa: S608 - our own words
        f" WHERE a.origin = %s AND a.kind = %s AND a.settled_at IS NULL AND a.key = s.{kind.key}::text",
        [origin, kind.name],
    )


def withdraw(connection: psycopg.Connection, origin: int, manifest: Manifest, kind: Kind, table: pa.Table) -> int:
    """Take back records that the sender does not have; each is kept aside. What was cut after that stays."""
    keys = [_text(key) for key in table.column(kind.key).to_pylist()]
    own_type = "uuid" if pa.types.is_fixed_size_binary(table.schema.field(kind.key).type) else "bigint"
    gone = connection.execute(
        f"DELETE FROM national.{kind.name} AS kept WHERE origin = %s AND {kind.key} = ANY(%s::{own_type}[]) AND cut_at <= %s"  # noqa: S608 - our own words
        f" RETURNING {kind.key}::text, to_jsonb(kept)",
        [origin, keys, manifest.cut_at],
    ).fetchall()
    _write(connection, origin, manifest, kind, [(key, "withdrawn", json.dumps(record)) for key, record in gone])
    connection.execute(
        "UPDATE national.set_aside SET settled_at = now() WHERE origin = %s AND reason = 'withdrawn'", [origin]
    )
    return len(gone)


def keep_aside(
    connection: psycopg.Connection, origin: int, manifest: Manifest, kind: Kind, found: Read, faults: dict[int, str]
) -> list[tuple[str, str]]:
    """Keys and reasons of what was not taken; the records as they came are kept with them."""
    rows = found.table.take(pa.array(list(faults), pa.int64())).to_pylist()
    kept = [
        (_text(row[kind.key]), reason, json.dumps({name: _plain(value) for name, value in row.items()}))
        for row, reason in zip(rows, faults.values(), strict=True)
    ]
    broken = [(key, reason, "null") for key, reason in found.broken]
    _write(connection, origin, manifest, kind, [*kept, *broken])
    return [(key, reason) for key, reason, _record in kept]


def _write(
    connection: psycopg.Connection, origin: int, manifest: Manifest, kind: Kind, rows: list[tuple[str, str, str]]
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO national.set_aside (origin, stream, number, kind, key, reason, record)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)",
            [[origin, manifest.stream, manifest.number, kind.name, *row] for row in rows],
        )


def _text(value: object) -> str:
    return str(UUID(bytes=value)) if isinstance(value, bytes) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return str(UUID(bytes=value))
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value
