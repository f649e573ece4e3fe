"""The fields of each kind of record, by version: read from schema.toml, and as Arrow columns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa


class Type(StrEnum):
    UUID = "uuid"
    INT = "int"
    INSTANT = "instant"
    TEXT = "text"
    FLOAT = "float"


ARROW: dict[Type, pa.DataType] = {
    Type.UUID: pa.binary(16),
    Type.INT: pa.int64(),
    Type.INSTANT: pa.timestamp("us", "UTC"),
    Type.TEXT: pa.string(),
    Type.FLOAT: pa.float64(),
}


@dataclass(frozen=True)
class Field:
    """One field of a kind of record.

    Attributes:
        since: the version that brought it.
        needed: no record is without it, whatever the agreement names.
    """

    name: str
    type: Type
    since: int
    needed: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    Attributes:
        key: the field by which the sender knows a record.
        day: the instant whose local day a record is counted on; empty for what has no day.
    """

    name: str
    key: str
    day: str
    fields: tuple[Field, ...]

    def of_version(self, version: int) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.since <= version)

    def arrow(self, version: int) -> pa.Schema:
        """All columns of a version, in order; a field that an agreement leaves out is null throughout."""
        return pa.schema([pa.field(field.name, ARROW[field.type]) for field in self.of_version(version)])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("dauchan.exchange.contract").joinpath("schema.toml").read_text(encoding="utf-8"))


def _kind(name: str, about: dict[str, Any]) -> Kind:
    fields = [
        Field(each["name"], Type(each["type"]), each["since"], each.get("needed", False)) for each in about["fields"]
    ]
    return Kind(name, about["key"], about.get("day", ""), tuple(fields))


CURRENT: int = _read()["current"]
#: What a receiver takes.
VERSIONS: tuple[int, ...] = (_read()["previous"], CURRENT)
KINDS: dict[str, Kind] = {name: _kind(name, about) for name, about in _read().items() if isinstance(about, dict)}
#: Records that the sender does not have, to be taken back: their keys only.
WITHDRAWN = "-withdrawn"
