"""Digests of tables: equal where two databases hold the same rows, in whatever order and on whatever machine."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from dauchan.project.backup.telling import Tell

#: Rows that a restored installation must not have: sessions of people who were signed in then, and pages kept for speed.
LEFT_OUT = ("django_session", "cache")

_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL(%s) ORDER BY 1
"""
# A row's text is the same everywhere once the session's settings are. A sum does not ask for an order, and unlike an
# exclusive or it tells a row that is there twice.
_DIGEST = "SELECT count(*), coalesce(sum(('x' || left(md5(r::text), 15))::bit(60)::bigint), 0) FROM ONLY {table} r"
_SETTINGS = {"TimeZone": "UTC", "DateStyle": "ISO", "IntervalStyle": "iso_8601", "bytea_output": "hex"}


def table_digests(connection: psycopg.Connection[Any], tell: Tell) -> dict[str, list[int]]:
    """Rows and digest of each table, of one instant where the connection's transaction is of one. Reads every row."""
    for name, value in {**_SETTINGS, "extra_float_digits": "1"}.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    names = [name for (name,) in connection.execute(_TABLES, [list(LEFT_OUT)])]
    found = {}
    for done, name in enumerate(names):
        tell("Digests / Mã kiểm tra", done / len(names))
        rows, digest = connection.execute(sql.SQL(_DIGEST).format(table=sql.Identifier(name))).fetchone() or (0, 0)
        found[name] = [rows, int(digest)]
    return found


def differing(one: Mapping[str, list[int]], other: Mapping[str, list[int]]) -> list[str]:
    """The tables that do not hold the same rows."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
