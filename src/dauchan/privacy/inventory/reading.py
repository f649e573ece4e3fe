"""Reading the inventory's files, and holding them against the columns a database has."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dauchan.privacy.inventory.entries import Column, Erasing, Inventory, Nature, Protection, Purpose, Risk, Rule, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Where a wheel has the files, and where a checkout has them.
_PLACES = (Path(__file__).parent / "files", Path(__file__).parents[4] / "docs" / "data-inventory")
_NOT_TABLES = ("purposes", "retention", "risks")


class InventoryRefused(Exception):
    """An entry of the inventory makes no sense; the message names it."""


@cache
def data_inventory() -> Inventory:
    """The inventory that ships with this release."""
    return read_inventory(folder())


def folder() -> Path:
    """Where the files are."""
    return next(place for place in _PLACES if place.is_dir())


def read_inventory(place: Path) -> Inventory:
    """Raises: InventoryRefused."""
    purposes = {code: Purpose(code=code, **said) for code, said in _toml(place / "purposes.toml").items()}
    rules = {code: Rule(code=code, **said) for code, said in _toml(place / "retention.toml").items()}
    tables: dict[str, Table] = {}
    for file in sorted(place.glob("*.toml")):
        if file.stem in _NOT_TABLES:
            continue
        for name, said in _toml(file).items():
            if name in tables:
                raise InventoryRefused(f"{file.name}: {name} stands in another file too")
            tables[name] = _table(name, said)
    found = Inventory(tables, purposes, rules, _risks(place / "risks.toml"))
    for fault in _faults(found):
        raise InventoryRefused(fault)
    return found


def differences(inventory: Inventory, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """What the inventory lacks of the tables in *columns* (their names, each with those of its columns) or has too much."""
    found = []
    for table, names in sorted(columns.items()):
        entry = inventory.tables.get(table)
        if entry is None:
            found.append(f"{table}: no entry")
            continue
        found += [f"{table}.{name}: no entry" for name in names if name not in entry.columns]
        found += [f"{table}.{name}: no such column" for name in entry.columns if name not in names]
    return found + [f"{table}: no such table" for table in inventory.tables if table not in columns]


def _risks(file: Path) -> tuple[Risk, ...]:
    if not file.exists():
        return ()
    lists = ("measures_vi", "measures_en", "proof")
    found = []
    for code, said in _toml(file).items():
        fields: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in said.items()}
        found.append(Risk(code=code, **fields))
    return tuple(found)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise InventoryRefused(f"{file.name}: {fault}") from fault


def _table(name: str, said: Mapping[str, Any]) -> Table:
    try:
        columns = {column: _column(column, entry) for column, entry in said["columns"].items()}
        return Table(
            name=name,
            vi=said["vi"],
            en=said["en"],
            purpose=said["purpose"],
            retention=said["retention"],
            columns=columns,
            since=said.get("since", ""),
            of=said.get("of", ""),
            erase=Erasing(said["erase"]) if "erase" in said else None,
            empties=tuple(said.get("empties", ())),
            why_vi=said.get("why", ""),
            why_en=said.get("why_en", ""),
        )
    except (KeyError, ValueError) as fault:
        raise InventoryRefused(f"{name}: {fault}") from fault


def _column(name: str, said: Mapping[str, Any]) -> Column:
    nature, protection = Nature(said.get("is", "none")), Protection(said.get("as", "plain"))
    return Column(name, nature, protection, said.get("vi", ""), said["en"], said.get("others", False))


def _faults(inventory: Inventory) -> Iterator[str]:
    for table in inventory.tables.values():
        yield from (f"{table.name}: {fault}" for fault in _faults_of(table, inventory))
        for column in table.columns.values():
            if "?" in {column.en, column.vi}:
                yield f"{table.name}.{column.name}: nobody has said what it is"
            if column.is_personal and not column.vi:
                yield f"{table.name}.{column.name}: personal, and has no Vietnamese name"


def _faults_of(table: Table, inventory: Inventory) -> Iterator[str]:
    rule = inventory.rules.get(table.retention)
    found = {
        f"no purpose {table.purpose}": table.purpose not in inventory.purposes,
        f"no retention rule {table.retention}": rule is None,
        "its rule counts days, and nothing says since when": bool(rule and rule.days is not None and not table.since),
        "empties a column it does not have": any(name not in table.columns for name in table.empties),
        "rows lead to a person, and nothing says what an erasure does": bool(table.of) != (table.erase is not None),
        "kept at an erasure, and nothing says why": table.erase is Erasing.KEEP and not (table.why_vi and table.why_en),
        "emptied at an erasure, and nothing says what": table.erase is Erasing.EMPTY and not table.empties,
    }
    return (fault for fault, is_so in found.items() if is_so)
