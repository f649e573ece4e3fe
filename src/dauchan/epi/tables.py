"""Visits and cases from files: the good rows as arrays, the others by number and reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.arrays import MISSING
from dauchan.epi.cases import Cases
from dauchan.epi.cells import Refusals, identifiers, instants
from dauchan.epi.columns import FileColumns, read_columns
from dauchan.epi.errors import RefusedRow, RowRefusal, TableRefused, VisitsRefused
from dauchan.epi.visit_index import VisitIndex

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class VisitTable:
    """The visits of a file, instants in seconds since the epoch, `left_at` `MISSING` where it is not known.

    `rows` counts the rows of the file, `refused` names the ones that were not taken.
    """

    person_id: Numbers
    venue_id: Numbers
    entered_at: Numbers
    left_at: Numbers
    rows: int
    refused: tuple[RefusedRow, ...]

    def index(self, default_stay_minutes: float = 60) -> VisitIndex:
        """These visits, sorted for tracing."""
        return VisitIndex.from_arrays(
            self.person_id, self.venue_id, self.entered_at, self.left_at, default_stay_minutes=default_stay_minutes
        )


@dataclass(frozen=True, slots=True, eq=False)
class CaseTable:
    """The index cases of a file; `rows` and `refused` as in `VisitTable`."""

    cases: Cases
    rows: int
    refused: tuple[RefusedRow, ...]


def read_visits(path: Path) -> VisitTable:
    """Visits from CSV or Parquet with the columns `person_id, venue_id, entered_at, left_at`.

    Times are UTC timestamps or epoch seconds and are cut to the second; `left_at` may be empty.

    Raises:
        TableRefused: the file cannot be read, a column is missing, or not one row is good.
    """
    columns, rows, refused = _read(path, ("person_id", "venue_id", "entered_at", "left_at"), optional="left_at")
    person_id, venue_id, entered_at, left_at = columns
    return VisitTable(person_id, venue_id, entered_at, left_at, rows, refused)


def read_cases(path: Path) -> CaseTable:
    """Index cases from CSV or Parquet with the columns `person_id, infectious_from, infectious_to`.

    Raises:
        TableRefused: as `read_visits`.
    """
    columns, rows, refused = _read(path, ("person_id", "infectious_from", "infectious_to"))
    return CaseTable(Cases.from_arrays(*columns), rows, refused)


def _read(
    path: Path, names: Sequence[str], optional: str | None = None
) -> tuple[list[Numbers], int, tuple[RefusedRow, ...]]:
    """The good rows of the columns `names`, of which the last two are start and end."""
    file = read_columns(path, names)
    refusals = {(row, ""): RowRefusal.CELLS for row in file.broken}
    values = []
    for name in names:
        column, column_refusals = _parsed(path, file, name, may_be_missing=name == optional)
        values.append(column)
        refusals |= {(row, name): why for row, why in column_refusals.items() if row not in file.broken}
    start, end = values[-2:]
    good = np.ones(len(start), np.bool_)
    good[[row for row, _ in refusals]] = False
    inverted = good & (end != MISSING) & (end < start)
    refusals |= {(row, names[-1]): RowRefusal.INVERTED for row in np.flatnonzero(inverted).tolist()}
    refused = tuple(sorted(RefusedRow(row + 1, column, reason) for (row, column), reason in refusals.items()))
    good &= ~inverted
    if len(good) and not good.any():
        raise _none_good(path, len(good), refused[0])
    return [column[good] for column in values] if refused else values, len(good), refused


def _parsed(path: Path, file: FileColumns, name: str, *, may_be_missing: bool) -> tuple[Numbers, Refusals]:
    column = file.columns[name]
    try:
        return identifiers(column) if name.endswith("_id") else instants(column, may_be_missing=may_be_missing)
    except VisitsRefused as error:
        raise TableRefused(
            f"{path.name}: the column {name} holds {column.type}, not whole numbers or timestamps",
            f"{path.name}: cột {name} chứa {column.type}, không phải số nguyên hay thời điểm",
        ) from error


def _none_good(path: Path, rows: int, first: RefusedRow) -> TableRefused:
    return TableRefused(
        f"{path.name}: none of {rows} rows can be taken; row {first.where}: {first.reason.english}",
        f"{path.name}: không dòng nào trong {rows} dòng dùng được; dòng {first.where}: {first.reason.vietnamese}",
    )
