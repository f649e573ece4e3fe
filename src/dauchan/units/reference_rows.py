"""Files of reference data: CSV in UTF-8 with a line of column names. Either a whole file is taken or none of it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dauchan.units.errors import ReferenceRefused
from dauchan.vietnamese import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from django.db.models import Model


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added, changed, and found as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True)
class Row:
    """One line of a file, which knows where it stands."""

    file: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def given(self) -> dict[str, str]:
        """The cells that are not empty."""
        return {column: text for column, text in self.cells.items() if text}

    def says(self, column: str) -> bool:
        """Whether the cell says yes: 1, true or yes; anything else, as an empty cell, is no."""
        return self.cells[column].lower() in {"1", "true", "yes"}

    def refused(self, fault: str) -> ReferenceRefused:
        return ReferenceRefused(
            _("%(file)s, dòng %(line)s: %(fault)s") % {"file": self.file.name, "line": self.line, "fault": fault}
        )

    def check(self, record: Model, exclude: Iterable[str]) -> None:
        """Turn the cells in *record* into values of their fields' types.

        Raises: ReferenceRefused with the first fault, under the name of its column.
        """
        try:
            record.clean_fields(exclude=list(exclude))
        except ValidationError as error:
            column, faults = next(iter(error.message_dict.items()))
            raise self.refused(f"{column}: {' '.join(faults)}") from error


def read_rows(file: Path, columns: Sequence[str]) -> list[Row]:
    """The lines of *file*; columns besides *columns* are passed over.

    Raises: ReferenceRefused if the file cannot be read, is no UTF-8, lacks a column or has a line of another length.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _require_columns(file, columns, reader.fieldnames or [])
            return [_row(file, reader.line_num, cells) for cells in reader]
    except OSError as error:
        raise ReferenceRefused(
            _("Không đọc được %(file)s: %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise ReferenceRefused(_("%(file)s không phải tệp UTF-8.") % {"file": file.name}) from error
    except csv.Error as error:
        raise ReferenceRefused(
            _("%(file)s không phải tệp CSV hợp lệ: %(reason)s.") % {"file": file.name, "reason": error}
        ) from error


def _require_columns(file: Path, columns: Sequence[str], found: Sequence[str]) -> None:
    missing = [column for column in columns if column not in found]
    if missing:
        raise ReferenceRefused(
            _("%(file)s thiếu cột: %(columns)s.") % {"file": file.name, "columns": ", ".join(missing)}
        )


def _row(file: Path, line: int, cells: dict[str | None, str | None]) -> Row:
    row = Row(file, line, {column: clean_text(text or "") for column, text in cells.items() if column is not None})
    if None in cells or None in cells.values():
        raise row.refused(_("số ô không khớp với dòng tiêu đề"))
    return row


def keep_records(records: Sequence[Model], key: Sequence[str]) -> Loaded:
    """Add or change rows of one table so that they say what *records* say; a row is known by its *key* fields.

    Rows of the table that no record names stay: what once was in force is still referred to.
    """
    if not records:
        return Loaded()
    model = type(records[0])
    table = model._default_manager  # noqa: SLF001 - Django's own name for it
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - same
    known = {_values(row, key): row for row in table.all()}
    added, changed = [], []
    for record in records:
        same = known.get(_values(record, key))
        record.pk = same.pk if same else None
        if same is None:
            added.append(record)
        elif _values(same, fields) != _values(record, fields):
            changed.append(record)
    table.bulk_create(added)
    table.bulk_update(changed, fields)
    return Loaded(len(added), len(changed), len(records) - len(added) - len(changed))


def _values(record: Model, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in names)
