"""Emptying columns where the row stays for the figures, and telling whether one is empty."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from dauchan.people.encryption import encrypt
from dauchan.privacy.inventory import Protection

if TYPE_CHECKING:
    from dauchan.privacy.inventory import Column, Table

#: What an empty text takes when it is sealed: key version, nonce and tag.
SEALED_NOTHING = 1 + 12 + 16
_COLUMN = """
SELECT NOT a.attnotnull, format_type(a.atttypid, NULL) FROM pg_attribute a
WHERE a.attrelid = to_regclass(%s) AND a.attname = %s AND NOT a.attisdropped
"""


def emptying(table: Table, names: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """The SET clause of an UPDATE that empties columns, with its parameters."""
    clauses, values = [], {}
    for name in names:
        said, value = _empty(table.name, table.columns[name])
        clauses.append(f'"{name}" = {said}')
        if value is not None:
            values[f"empty_{name}"] = value
    return ", ".join(clauses), values


def filled(table: Table, names: tuple[str, ...]) -> str:
    """SQL that tells whether one of these columns still says something."""
    return "(" + " OR ".join(_filled(table.name, table.columns[name]) for name in names) + ")"


def _empty(table: str, column: Column) -> tuple[str, Any]:
    may_be_null, kind = _kind_of(table, column.name)
    if may_be_null:
        return "NULL", None
    if kind in {
        "bigint",
        "integer",
    }:  # a number that leads to a person: turned round it leads nowhere, and stays distinct
        return f'-abs("{column.name}")', None
    if kind == "jsonb":
        return "'[]'::jsonb", None
    if kind == "bytea":
        return f"%(empty_{column.name})s", encrypt("") if column.protection is Protection.SEALED else b""
    return "''", None


def _filled(table: str, column: Column) -> str:
    may_be_null, kind = _kind_of(table, column.name)
    name = f'{table}."{column.name}"'
    if kind in {"bigint", "integer"}:
        return f"{name} > 0"
    if kind == "jsonb":
        return f"{name} NOT IN ('[]', '{{}}', 'null')"
    if kind == "bytea":
        return f"octet_length({name}) > {SEALED_NOTHING if column.protection is Protection.SEALED else 0}"
    return f"{name} IS NOT NULL" if may_be_null and "char" not in kind and kind != "text" else f"{name} <> ''"


@cache
def _kind_of(table: str, column: str) -> tuple[bool, str]:
    """Whether it may be null, and its type. Tables do not change while a process runs."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMN, [table, column])
        may_be_null, kind = cursor.fetchone()
    return may_be_null, kind
