"""Records as bytes and back: Parquet or JSON Lines, plain, zstd or gzip. Columns are those of a version, in any order.

Fields that this version does not know are not lost: they come back beside the columns, as JSON, for whoever keeps them.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from dauchan.exchange.contract.schema import ARROW, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dauchan.exchange.contract.schema import Field

ENCODINGS = ("parquet", "jsonl")
COMPRESSIONS = ("none", "zstd", "gzip")
_UUID_BYTES = 16
#: A small payload can unpack to a huge one.
MOST_UNPACKED_BYTES = 512 * 1024 * 1024


class PayloadRefused(ValueError):
    """The bytes cannot be read as what they are said to be."""


@dataclass(frozen=True)
class Read:
    """Attributes:
    table: the known fields as columns; rows that could not be read are not among them.
    unknown: what other fields a row had, by its place in the table.
    broken: rows that could not be read: key or place, and why.
    """

    table: pa.Table
    unknown: Mapping[int, str]
    broken: list[tuple[str, str]]


def packed(table: pa.Table, encoding: str, compression: str, names: Mapping[str, str] | None = None) -> bytes:
    """The records as bytes; *names* gives fields the words of another system."""
    if names:
        table = table.rename_columns([names.get(name, name) for name in table.column_names])
    if encoding == "parquet":
        out = io.BytesIO()
        # A dictionary helps where few values repeat; keys and instants never do.
        words = [
            name for name in table.column_names if not pa.types.is_fixed_size_binary(table.schema.field(name).type)
        ]
        pq.write_table(table, out, compression="zstd", compression_level=1, use_dictionary=words)  # type: ignore[arg-type]  # a list of columns, says its documentation
        raw = out.getvalue()
    else:
        raw = b"".join(_line(row) for row in table.to_pylist())
    return _compressed(raw, compression)


def unpacked(
    raw: bytes, encoding: str, compression: str, fields: Iterable[Field], names: Mapping[str, str] | None = None
) -> Read:
    """Raises: PayloadRefused."""
    known = tuple(fields)
    plain = _decompressed(raw, compression)
    mine = {theirs: ours for ours, theirs in (names or {}).items()}
    if encoding == "parquet":
        return _from_parquet(plain, known, mine)
    if encoding == "jsonl":
        return _from_lines(plain, known, mine)
    raise PayloadRefused(f"unknown encoding {encoding}")


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return str(UUID(bytes=value))
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value


def _compressed(raw: bytes, compression: str) -> bytes:
    if compression == "gzip":
        return gzip.compress(raw, 6, mtime=0)
    return pa.Codec("zstd").compress(raw, asbytes=True) if compression == "zstd" else raw


def _decompressed(raw: bytes, compression: str) -> bytes:
    if compression == "none":
        return raw
    if compression not in {"zstd", "gzip"}:
        raise PayloadRefused(f"unknown compression {compression}")
    try:
        known: Any = compression
        with pa.CompressedInputStream(pa.BufferReader(raw), known) as stream:
            plain = bytes(stream.read(MOST_UNPACKED_BYTES + 1))
    except (OSError, pa.ArrowException) as error:
        raise PayloadRefused(f"cannot be unpacked: {error}") from error
    if len(plain) > MOST_UNPACKED_BYTES:
        raise PayloadRefused("unpacks to too much")
    return plain


def _from_parquet(raw: bytes, known: tuple[Field, ...], mine: Mapping[str, str]) -> Read:
    try:
        table = pq.read_table(io.BytesIO(raw))
        table = table.rename_columns([mine.get(name, name) for name in table.column_names])
        columns = [
            table.column(field.name).cast(ARROW[field.type]).combine_chunks()
            if field.name in table.column_names
            else _missing(table.num_rows, field)
            for field in known
        ]
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise PayloadRefused(f"not the Parquet it should be: {error}") from error
    names = [field.name for field in known]
    others = [name for name in table.column_names if name not in names]
    rest = table.select(others).to_pylist() if others else []
    unknown = {n: json.dumps({name: _text(value) for name, value in row.items()}) for n, row in enumerate(rest)}
    return Read(pa.table(columns, names=names), unknown, [])


def _missing(rows: int, field: Field) -> pa.Array[Any]:
    return pa.array([None] * rows, ARROW[field.type])


def _text(value: object) -> object:
    plain = _plain(value) if not isinstance(value, bytes) or len(value) == _UUID_BYTES else value.hex()
    return plain if plain is None or isinstance(plain, str | int | float | bool) else str(plain)


def _from_lines(raw: bytes, known: tuple[Field, ...], mine: Mapping[str, str]) -> Read:
    rows: list[list[object]] = []
    unknown: dict[int, str] = {}
    broken: list[tuple[str, str]] = []
    names = {field.name for field in known}
    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            given = {mine.get(name, name): value for name, value in json.loads(line).items()}
            row = [_READERS[field.type](given.get(field.name)) for field in known]
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            broken.append((_key_in(line, number), f"{type(error).__name__}: {error}"[:300]))
            continue
        if others := {name: value for name, value in given.items() if name not in names}:
            unknown[len(rows)] = json.dumps(others, ensure_ascii=False)
        rows.append(row)
    columns = [pa.array([row[at] for row in rows], ARROW[field.type]) for at, field in enumerate(known)]
    return Read(pa.table(columns, names=[field.name for field in known]), unknown, broken)


def _key_in(line: bytes, number: int) -> str:
    try:
        first = next(iter(json.loads(line).values()))
        return str(first)[:60]
    except (ValueError, AttributeError, StopIteration):
        return f"line {number}"


def _uuid(value: object) -> bytes | None:
    return None if value is None else UUID(str(value)).bytes


def _int(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise ValueError(f"{str(value)[:40]!r} is no whole number")
    return value


def _instant(value: object) -> dt.datetime | None:
    if value is None:
        return None
    instant = dt.datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        raise ValueError("an instant without its time zone")
    return instant.astimezone(dt.UTC)


def _string(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} is no text")
    if value is not None:
        value.encode()  # half of a surrogate pair is none
    return value


def _float(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{str(value)[:40]!r} is no number")  # noqa: TRY004 - one kind of error for one kind of fault
    return float(value)


_READERS: Mapping[Type, Callable[[object], object]] = {
    Type.UUID: _uuid,
    Type.INT: _int,
    Type.INSTANT: _instant,
    Type.TEXT: _string,
    Type.FLOAT: _float,
}
