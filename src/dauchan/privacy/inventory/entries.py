"""What the inventory says of a table and of a column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Nature(StrEnum):
    """What a column tells of people, in the words of the law where it has some."""

    NONE = "none"
    OFFICIAL = "official"  # of officers in their duty
    PSEUDONYM = "pseudonym"  # a random number or keyed hash: personal to whoever can lead it back
    BASIC = "basic"
    SENSITIVE = "sensitive"  # health and whereabouts


class Protection(StrEnum):
    """How a value lies in the database."""

    PLAIN = "plain"
    SEALED = "sealed"  # AES-256-GCM, people/sealing.py
    HASHED = "hashed"  # HMAC-SHA-256 with a key of its own
    DIGEST = "digest"  # Argon2, or SHA-256 of a random token
    RANDOM = "random"  # a random number that says nothing
    SIGNED = "signed"  # by Django, sealed inside where it holds a number


class Erasing(StrEnum):
    """What happens to the rows about somebody whose data is erased."""

    DELETE = "delete"
    EMPTY = "empty"  # the row stays for the figures, its `empties` go
    HOLD = "hold"  # stays while a case holds it, and goes by its retention rule
    KEEP = "keep"  # stays, for the reason given


PERSONAL = frozenset({Nature.PSEUDONYM, Nature.BASIC, Nature.SENSITIVE})


@dataclass(frozen=True)
class Column:
    """One column; *others* says that it tells of somebody else too, so that an export leaves it out."""

    name: str
    nature: Nature
    protection: Protection
    vi: str
    en: str
    others: bool = False

    @property
    def is_personal(self) -> bool:
        return self.nature in PERSONAL


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        since: SQL from which instant its retention counts; empty where its rule has no days.
        of: SQL that finds the rows about the person `%(person)s`; empty where no row leads to a person.
        empties: columns that its rule empties, where rows stay for the figures; else rows are deleted.
        why: why rows stay when somebody's data is erased.
    """

    name: str
    vi: str
    en: str
    purpose: str
    retention: str
    columns: Mapping[str, Column]
    since: str = ""
    of: str = ""
    erase: Erasing | None = None
    empties: tuple[str, ...] = ()
    why_vi: str = ""
    why_en: str = ""

    @property
    def personal(self) -> list[Column]:
        return [column for column in self.columns.values() if column.is_personal]


@dataclass(frozen=True)
class Purpose:
    code: str
    vi: str
    en: str
    basis_vi: str
    basis_en: str
    consent: bool = False


@dataclass(frozen=True)
class Rule:
    """How long.

    Attributes:
        days: None where it is kept as long as it stands: *why* says why, or what else ends it.
        act: the round that carries it out; empty where nothing is removed.
    """

    code: str
    vi: str
    en: str
    source: str
    source_en: str
    days: int | None = None
    act: str = ""
    why_vi: str = ""
    why_en: str = ""


@dataclass(frozen=True)
class Risk:
    """A risk to the people whose data is kept; likelihood and harm from 1 (low) to 3, after the measures."""

    code: str
    vi: str
    en: str
    likelihood: int
    harm: int
    measures_vi: tuple[str, ...]
    measures_en: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True)
class Inventory:
    tables: Mapping[str, Table]
    purposes: Mapping[str, Purpose]
    rules: Mapping[str, Rule]
    risks: tuple[Risk, ...] = ()

    def about_people(self) -> Iterator[Table]:
        """Tables whose rows lead to a person."""
        return (table for table in self.tables.values() if table.of)

    def under(self, rule: str) -> list[Table]:
        return [table for table in self.tables.values() if table.retention == rule]
