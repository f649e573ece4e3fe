"""Line lists with a person a row and stays side by side (place, from, to, twice or more): as visits and index cases."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.cells import EARLIEST, LATEST, NULLS, read_identifier
from dauchan.epi.columns import read_columns
from dauchan.epi.errors import RefusedRow, RowRefusal, TableRefused

DAY = 86_400


class StayColumns(NamedTuple):
    """The columns of one stay."""

    place: str
    entered: str
    left: str


class Stay(NamedTuple):
    """A stay that was taken; instants in seconds since the epoch."""

    person_id: int
    venue_id: int
    entered_at: int
    left_at: int


@dataclass(frozen=True, slots=True, eq=False)
class LineList:
    """What a line list holds.

    Attributes:
        people: rows of the file whose person could be read.
        stays: the good ones in the order of the file.
        places: name of venue 1, 2, …, in order of name.
        onsets: onset of each person who has one, epoch seconds.
        refused: cells that could not be taken, by row (the first below the header is 1) and column.
    """

    people: int
    stays: tuple[Stay, ...]
    places: tuple[str, ...]
    onsets: dict[int, int]
    refused: tuple[RefusedRow, ...]

    def onsets_outside_stays(self) -> int:
        """How many onsets fall in none of the person's own stays."""
        inside = {
            stay.person_id
            for stay in self.stays
            if stay.entered_at <= self.onsets.get(stay.person_id, -math.inf) < stay.left_at
        }
        return len(self.onsets) - len(inside)

    def visits(self) -> pa.Table:
        """`person_id, venue_id, entered_at, left_at`, as `dauchan trace` reads them."""
        columns: NDArray[np.int64] = np.array(self.stays, np.int64).reshape(-1, 4).T
        return _table(("person_id", "venue_id", "entered_at", "left_at"), *columns)

    def cases(self, before_days: float, after_days: float) -> pa.Table:
        """`person_id, infectious_from, infectious_to`: so many days before and after onset."""
        person = np.array(list(self.onsets), np.int64)
        onset = np.array(list(self.onsets.values()), np.int64)
        periods = onset - round(before_days * DAY), onset + round(after_days * DAY)
        return _table(("person_id", "infectious_from", "infectious_to"), person, *periods)


def read_line_list(
    path: Path, stays: Sequence[StayColumns], *, zone: tzinfo, onset: str | None = None, person: str | None = None
) -> LineList:
    """Read a line list from CSV or Parquet.

    Args:
        path: the file.
        stays: the columns of each stay; where all three cells of one are empty there was none.
        zone: of instants that name none.
        onset: the column of onsets.
        person: the column of identifiers; without one the number of the row is the person.

    Raises:
        TableRefused: the file cannot be read, a column is missing, or not one stay is good.
    """
    named = [column for stay in stays for column in stay] + [column for column in (onset, person) if column]
    file = read_columns(path, list(dict.fromkeys(named)))
    cells = {name: [_cell(value) for value in column.to_pylist()] for name, column in file.columns.items()}
    names = sorted({place for stay in stays for place in cells[stay.place] if place is not None})
    reader = _Rows(cells, {name: at for at, name in enumerate(names, start=1)}, zone)
    for row in range(len(next(iter(cells.values()), []))):
        if row in file.broken:
            reader.refused.append(RefusedRow(row + 1, "", RowRefusal.CELLS))
        else:
            reader.take(row, stays, onset, person)
    if not reader.stays:
        raise TableRefused(f"{path.name}: not one stay can be taken", f"{path.name}: không lượt lưu trú nào dùng được")
    return LineList(reader.people, tuple(reader.stays), tuple(names), reader.onsets, tuple(sorted(reader.refused)))


class _Rows:
    """What was taken of the rows so far."""

    def __init__(self, cells: dict[str, list[str | None]], venues: dict[str, int], zone: tzinfo) -> None:
        self.cells, self.venues, self.zone = cells, venues, zone
        self.people = 0
        self.stays: list[Stay] = []
        self.onsets: dict[int, int] = {}
        self.refused: list[RefusedRow] = []

    def take(self, row: int, stays: Sequence[StayColumns], onset: str | None, person: str | None) -> None:
        """Take one row; what cannot be taken of it is refused by its column."""
        who = row + 1 if person is None else read_identifier(self.cells[person][row] or "")
        if isinstance(who, RowRefusal):
            self.refused.append(RefusedRow(row + 1, person or "", who))
            return
        self.people += 1
        for columns in stays:
            self._stay(row, who, columns)
        at = None if onset is None else self._instant(row, onset)
        if at is not None:
            self.onsets[who] = at

    def _stay(self, row: int, who: int, columns: StayColumns) -> None:
        if all(self.cells[column][row] is None for column in columns):
            return
        for column in columns:
            if self.cells[column][row] is None:
                self.refused.append(RefusedRow(row + 1, column, RowRefusal.EMPTY))
                return
        entered, left = self._instant(row, columns.entered), self._instant(row, columns.left)
        if entered is None or left is None:
            return
        if left < entered:
            self.refused.append(RefusedRow(row + 1, columns.left, RowRefusal.INVERTED))
            return
        self.stays.append(Stay(who, self.venues[self.cells[columns.place][row] or ""], entered, left))

    def _instant(self, row: int, column: str) -> int | None:
        """Epoch seconds; None where the cell is empty, or refused for a reason that is noted."""
        text = self.cells[column][row]
        if text is None:
            return None
        try:
            read = datetime.fromisoformat(text)
            at = math.floor((read if read.tzinfo else read.replace(tzinfo=self.zone)).timestamp())
        except (ValueError, OverflowError):
            self.refused.append(RefusedRow(row + 1, column, RowRefusal.NOT_AN_INSTANT))
            return None
        if not EARLIEST <= at < LATEST:
            self.refused.append(RefusedRow(row + 1, column, RowRefusal.OUT_OF_RANGE))
            return None
        return at


def _cell(value: Any) -> str | None:  # noqa: ANN401 — text, a number or an instant, as the file had it
    text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value).strip()
    return None if text.lower() in NULLS else text


def _table(names: Sequence[str], *columns: NDArray[np.int64]) -> pa.Table:
    instant = pa.timestamp("us", tz="UTC")
    arrays: dict[str, Any] = {}
    for name, column in zip(names, columns, strict=True):
        arrays[name] = column if name.endswith("_id") else pa.array(column * 1_000_000).cast(instant)
    return pa.table(arrays)
