"""What the readers of all systems share: values taken once, with a fault instead of an exception."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from dauchan.exchange.interop.days import day_of
from dauchan.exchange.interop.records import Fault, Reason
from dauchan.exchange.tables import csv_value_read
from dauchan.vietnamese import clean_text, fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dauchan.exchange.interop.records import Told

LONGEST_CELL, _SHOWN = 2000, 40
#: Begins a line that tells nothing, in tables of SORMAS.
COMMENT = "##"
#: By these it is told what stands between the cells.
HEAD_CHARACTERS = 20_000
SEXES = {"male": "male", "m": "male", "nam": "male", "female": "female", "f": "female", "nu": "female",
         "other": "other", "khac": "other"}  # fmt: skip


def table_of(text: str) -> list[list[str]]:
    """The rows of a table with semicolons, commas or tabs; line by line where a quotation mark is missing.

    Lines of comments do not tell what stands between the cells: they list what is allowed, with marks of their own.
    """
    head = "\n".join(line for line in text[:HEAD_CHARACTERS].splitlines() if not line.lstrip('"').startswith(COMMENT))
    delimiter = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        rows = [line.split(delimiter) for line in text.splitlines()]
    return [[csv_value_read(cell.strip()) for cell in row] for row in rows]


class Taking:
    """The fields of one record, each taken at most once; what nobody took is told as passed over.

    Args:
        told: where faults and what was passed over are noted.
        at: the record's place in the file.
        fields: by the other system's name.
    """

    def __init__(self, told: Told, at: str, fields: Mapping[str, object]) -> None:
        self.told, self.at = told, at
        self._left = {name: text for name, value in fields.items() if (text := text_of(value))}
        too_long = [name for name, value in fields.items() if isinstance(value, str) and len(value) > LONGEST_CELL]
        told.faults += [Fault(at, name, Reason.TOO_LONG, self._left.get(name, "")[:_SHOWN]) for name in too_long]

    def text(self, *names: str) -> str:
        """The first of these fields that says something; the others count as taken too."""
        values = [value for name in names if (value := self._left.pop(name, ""))]
        return values[0] if values else ""

    def joined(self, *names: str) -> str:
        """All of these fields that say something, in a line."""
        return " ".join(value for name in names if (value := self._left.pop(name, "")))

    def day(self, *names: str) -> dt.date | None:
        """The day in the first of these fields; None, and a fault, where it is none."""
        for name in names:
            text = self._left.pop(name, "")
            if text:
                return self._day(name, text)
        return None

    def days(self, first: Sequence[str], last: Sequence[str]) -> tuple[dt.date | None, dt.date | None]:
        """The first and last day of something; a fault where it ends before it begins, and both days as they are written."""
        begins, ends = self.day(*first), self.day(*last)
        if begins and ends and ends < begins:
            self.told.faults.append(Fault(self.at, last[0], Reason.ENDS_BEFORE_IT_BEGINS, f"{begins} … {ends}"))
        return begins, ends

    def left(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Those of these fields that say something, taken."""
        for name in names:
            if value := self._left.pop(name, ""):
                yield name, value

    def done(self) -> None:
        """Nothing more is taken."""
        self.told.passed_over.update(list(self._left))

    def _day(self, name: str, text: str) -> dt.date | None:
        try:
            return day_of(text, self.told.order)
        except ValueError:
            self.told.faults.append(Fault(self.at, name, Reason.NOT_A_DAY, text))
            return None


def text_of(value: object) -> str:
    """A scalar as clean text; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_text(str(value)).strip()[:LONGEST_CELL] if isinstance(value, str | int | float) else ""


def objects_of(value: object) -> list[dict[str, Any]]:
    """The objects in a list; of an object, itself."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def sex_of(text: str) -> str:
    """In one of our words; empty for what is none."""
    return SEXES.get(fold(text.rpartition("_")[2] if text.startswith("LNG_") else text), "")
