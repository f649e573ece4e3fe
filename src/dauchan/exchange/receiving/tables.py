"""The receiver's tables, made from the schema of the exchange in a database schema of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.exchange.contract.digests import digest_sql
from dauchan.exchange.contract.schema import CURRENT, KINDS, Field, Kind, Type

if TYPE_CHECKING:
    import psycopg

_SQL_TYPES = {
    Type.UUID: "uuid",
    Type.INT: "bigint",
    Type.INSTANT: "timestamptz",
    Type.TEXT: "text",
    Type.FLOAT: "double precision",
}
#: Several programs may start at once.
LOCK = 725_303

_BOOKS = """
CREATE SCHEMA IF NOT EXISTS national;
CREATE OR REPLACE FUNCTION national.utf8(said text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT convert_to(said, 'UTF8') $$;
CREATE TABLE IF NOT EXISTS national.origin (
    id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS national.stream (
    origin smallint NOT NULL REFERENCES national.origin, name text NOT NULL,
    last bigint NOT NULL DEFAULT 0, digest text NOT NULL, PRIMARY KEY (origin, name)
);
CREATE TABLE IF NOT EXISTS national.batch (
    origin smallint NOT NULL, stream text NOT NULL, number bigint NOT NULL, kind text NOT NULL, digest text NOT NULL,
    previous text NOT NULL, manifest bytea NOT NULL, signature text NOT NULL, count integer NOT NULL, taken integer NOT NULL,
    repeated integer NOT NULL, answer jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (origin, stream, number), FOREIGN KEY (origin, stream) REFERENCES national.stream
);
CREATE TABLE IF NOT EXISTS national.set_aside (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, origin smallint NOT NULL, stream text NOT NULL, number bigint NOT NULL,
    kind text NOT NULL, key text NOT NULL, reason text NOT NULL, record jsonb, at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz
);
CREATE INDEX IF NOT EXISTS set_aside_waiting ON national.set_aside (origin, kind, key) WHERE settled_at IS NULL;
CREATE TABLE IF NOT EXISTS national.token (
    hash bytea PRIMARY KEY, origin smallint NOT NULL REFERENCES national.origin, expires_at timestamptz NOT NULL
);
COMMENT ON TABLE national.set_aside IS 'records that could not be taken, and those that the sender took back, with the reason';
"""


def make_tables(connection: psycopg.Connection) -> None:
    """What is missing is made; a field that a newer version brought is added. Harmless to repeat."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        connection.execute(_BOOKS)
        for kind in KINDS.values():
            _make(connection, kind)


def _make(connection: psycopg.Connection, kind: Kind) -> None:
    table = f"national.{kind.name}"
    digest = digest_sql(kind.of_version(CURRENT))
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()
    if not there or not there[0]:
        columns = ", ".join(map(_column, kind.fields))
        connection.execute(
            f"CREATE TABLE {table} (origin smallint NOT NULL, {columns}, cut_at bigint NOT NULL, version smallint NOT NULL DEFAULT 1, more jsonb,"
            f" digest bigint NOT NULL GENERATED ALWAYS AS ({digest}) STORED, PRIMARY KEY (origin, {kind.key}))"
        )
        if kind.day:
            connection.execute(f"CREATE INDEX ON {table} (origin, venue_id, {kind.day})")
            connection.execute(f"CREATE INDEX ON {table} USING brin ({kind.day})")
        return
    named = connection.execute(
        "SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [table]
    ).fetchone()
    missing = [field for field in kind.fields if named and field.name not in named[0]]
    if missing:
        added = ", ".join(f"ADD COLUMN {_column(field)}" for field in missing)
        connection.execute(f"ALTER TABLE {table} DROP COLUMN digest, {added}")
        connection.execute(
            f"ALTER TABLE {table} ADD COLUMN digest bigint NOT NULL GENERATED ALWAYS AS ({digest}) STORED"
        )


def _column(field: Field) -> str:
    return f"{field.name} {_SQL_TYPES[field.type]}{' NOT NULL' if field.needed else ''}"
