"""Digests of records, the same at both ends: how one record is digested, in Python and as an expression of PostgreSQL.

A record's digest is the first eight bytes of the SHA-256 of its fields, one after another in the order of the schema, as a signed
number: numbers as eight bytes, instants as microseconds since 2000, identifiers as their sixteen bytes, texts as their length in
four bytes and their UTF-8. What is missing is the smallest number, sixteen zero bytes, a length of -1, or NaN. All numbers big-endian.

The digest of many records is the sum of theirs modulo 2^64, in whatever order. It finds mistakes, not forgers: those are kept out by the
signatures of batches.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from typing import TYPE_CHECKING, Any

from dauchan.exchange.contract.schema import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dauchan.exchange.contract.schema import Field

SMALLEST = -(2**63)
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)

_SQL = {
    Type.UUID: "coalesce(uuid_send({0}), '\\x00000000000000000000000000000000'::bytea)",
    Type.INT: "int8send(coalesce({0}::bigint, -9223372036854775808))",
    Type.INSTANT: "timestamptz_send(coalesce({0}, '-infinity'::timestamptz))",
    Type.FLOAT: "float8send(coalesce({0}::float8, 'NaN'::float8))",
    # `national.utf8` is convert_to, promised not to change: a database whose text is not UTF-8 is not used.
    Type.TEXT: "int4send(coalesce(octet_length(national.utf8({0})), -1)) || coalesce(national.utf8({0}), ''::bytea)",
}


def digest_sql(
    fields: Iterable[Field], columns: Mapping[str, str] | None = None, raw: Mapping[str, str] | None = None
) -> str:
    """The digest of a record as an expression, a bigint.

    Args:
        fields: those of the version, in order.
        columns: expressions for fields that are not columns of their own name; `NULL` for one that is not sent.
        raw: expressions that are sixteen bytes already.
    """
    columns, raw = columns or {}, raw or {}
    parts = [raw.get(field.name) or _SQL[field.type].format(columns.get(field.name, field.name)) for field in fields]
    return f"('x' || encode(substr(sha256({' || '.join(parts)}), 1, 8), 'hex'))::bit(64)::bigint"


def digest_of(fields: Iterable[Field], row: Mapping[str, Any]) -> int:
    """The digest of one record; identifiers as bytes, instants with their time zone."""
    raw = b"".join([_BYTES[field.type](row.get(field.name)) for field in fields])
    return int.from_bytes(hashlib.sha256(raw).digest()[:8], "big", signed=True)


def wrapped(total: int) -> int:
    """A sum of digests modulo 2^64, signed."""
    return (int(total) + 2**63) % 2**64 - 2**63


def _uuid(value: bytes | None) -> bytes:
    return value or bytes(16)


def _int(value: int | None) -> bytes:
    return _LONG(SMALLEST if value is None else value)


def _instant(value: dt.datetime | None) -> bytes:
    return _LONG(SMALLEST if value is None else (value - _EPOCH) // _MICROSECOND)


def _float(value: float | None) -> bytes:
    return _DOUBLE(_NAN if value is None else value)


def _text(value: str | None) -> bytes:
    if value is None:
        return _MISSING
    text = value.encode()
    return _LENGTH(len(text)) + text


_LONG, _DOUBLE, _LENGTH = (struct.Struct(layout).pack for layout in (">q", ">d", ">i"))
_NAN, _MISSING = float("nan"), _LENGTH(-1)
# Looked up once a field: all the venues of a province are digested for each reconciliation.
_BYTES: dict[Type, Callable[[Any], bytes]] = {
    Type.UUID: _uuid,
    Type.INT: _int,
    Type.INSTANT: _instant,
    Type.FLOAT: _float,
    Type.TEXT: _text,
}
