"""Line lists with a person a row and stays side by side (place, from, to, twice or more): as visits and index cases."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.cells import EARLIEST, LATEST, read_identifier
from dauchan.epi.columns import check_header
from dauchan.epi.errors import RefusedRow, RowRefusal, TableRefused
from dauchan.epi.line_list_file import read_cells
from dauchan.epi.written_dates import DayOrder, day_order, read_written

DAY = 86_400


class StayColumns(NamedTuple):
    """The columns of one stay."""

    place: str
    entered: str
    left: str


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file was written, where somebody knows: its encoding, the order of day and month, a pattern of `strptime`."""

    encoding: str | None = None
    order: DayOrder | None = None
    pattern: str | None = None


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
        names: of people whose identifiers are no numbers, by the number they were given.
        encoding: how the text of the file was read; "" where the file says itself.
    """

    people: int
    stays: tuple[Stay, ...]
    places: tuple[str, ...]
    onsets: dict[int, int]
    refused: tuple[RefusedRow, ...]
    names: dict[int, str] = field(default_factory=dict)
    encoding: str = ""

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
    path: Path,
    stays: Sequence[StayColumns],
    *,
    zone: tzinfo,
    onset: str | None = None,
    person: str | None = None,
    writing: Writing | None = None,
) -> LineList:
    """Read a line list: a person a row with stays side by side, or a stay a row with the person named in each.

    Args:
        path: CSV, XLSX or Parquet, as `read_cells` takes it.
        stays: the columns of each stay; where all three cells of one are empty there was none.
        zone: of instants that name none.
        onset: the column of onsets.
        person: the column of identifiers; without one the number of the row is the person. Where one identifier is no
            whole number, all of them are names, and people are numbered in their order.
        writing: encoding and dates, where they are known.

    Raises:
        TableRefused: the file cannot be read, a column is missing, or not one stay is good.
    """
    writing = writing or Writing()
    cells = read_cells(path, writing.encoding)
    named = [column for stay in stays for column in stay] + [column for column in (onset, person) if column]
    check_header(path, cells.header, list(dict.fromkeys(named)))
    columns = {name: cells.column(name) for name in named}
    places = sorted({place for stay in stays for place in columns[stay.place] if place is not None})
    reader = _Rows(columns, {name: at for at, name in enumerate(places, start=1)}, zone, writing)
    who = reader.people_of(person, len(cells.rows))
    for row, content in enumerate(cells.rows):
        if content is None:
            reader.refuse(row, "", RowRefusal.CELLS)
        else:
            reader.take(row, who[row], stays, onset, person)
    if not reader.stays:
        raise TableRefused(f"{path.name}: not one stay can be taken", f"{path.name}: không lượt lưu trú nào dùng được")
    return LineList(
        reader.people, tuple(reader.stays), tuple(places), reader.onsets, tuple(sorted(reader.refused)), reader.names,
        cells.encoding,
    )  # fmt: skip


class _Rows:
    """What was taken of the rows so far."""

    def __init__(
        self, columns: dict[str, list[str | None]], venues: dict[str, int], zone: tzinfo, writing: Writing
    ) -> None:
        self.columns, self.venues, self.zone, self.writing = columns, venues, zone, writing
        self.orders = {name: writing.order or day_order(cells) for name, cells in columns.items()}
        self.people = 0
        self.names: dict[int, str] = {}
        self.stays: list[Stay] = []
        self.seen: set[Stay] = set()
        self.onsets: dict[int, int] = {}
        self.refused: list[RefusedRow] = []

    def refuse(self, row: int, column: str, reason: RowRefusal) -> None:
        self.refused.append(RefusedRow(row + 1, column, reason))

    def people_of(self, person: str | None, rows: int) -> list[int | None]:
        """The number of each row's person; None where it has none."""
        if person is None:
            return [row + 1 for row in range(rows)]
        cells = self.columns[person]
        numbers = [None if cell is None else read_identifier(cell) for cell in cells]
        if not any(isinstance(number, RowRefusal) for number in numbers):
            return numbers  # type: ignore[return-value]  # none of them is a refusal
        order = {name: at for at, name in enumerate(sorted({cell for cell in cells if cell}), start=1)}
        self.names = {number: name for name, number in order.items()}
        return [None if cell is None else order[cell] for cell in cells]

    def take(
        self, row: int, who: int | None, stays: Sequence[StayColumns], onset: str | None, person: str | None
    ) -> None:
        """Take one row; what cannot be taken of it is refused by its column."""
        if who is None:
            self.refuse(row, person or "", RowRefusal.EMPTY)
            return
        self.people += 1
        for columns in stays:
            self._stay(row, who, columns)
        at = None if onset is None else self._instant(row, onset)
        if onset is None or at is None:
            return
        if self.onsets.setdefault(who, at) != at:
            self.refuse(row, onset, RowRefusal.CONTRADICTION)

    def _stay(self, row: int, who: int, columns: StayColumns) -> None:
        if all(self.columns[column][row] is None for column in columns):
            return
        for column in columns:
            if self.columns[column][row] is None:
                self.refuse(row, column, RowRefusal.EMPTY)
                return
        entered, left = self._instant(row, columns.entered), self._instant(row, columns.left, to_the_end=True)
        if entered is None or left is None:
            return
        if left < entered:
            self.refuse(row, columns.left, RowRefusal.INVERTED)
            return
        stay = Stay(who, self.venues[self.columns[columns.place][row] or ""], entered, left)
        if stay in self.seen:
            self.refuse(row, columns.place, RowRefusal.DUPLICATE)
            return
        self.seen.add(stay)
        self.stays.append(stay)

    def _instant(self, row: int, column: str, *, to_the_end: bool = False) -> int | None:
        """Epoch seconds; None where the cell is empty, or refused for a reason that is noted."""
        text = self.columns[column][row]
        if text is None:
            return None
        at = read_written(text, self.orders[column], self.zone, self.writing.pattern, to_the_end=to_the_end)
        if at is None:
            self.refuse(row, column, RowRefusal.NOT_AN_INSTANT)
            return None
        if not EARLIEST <= at < LATEST:
            self.refuse(row, column, RowRefusal.OUT_OF_RANGE)
            return None
        return at


def _table(names: Sequence[str], *columns: NDArray[np.int64]) -> pa.Table:
    instant = pa.timestamp("us", tz="UTC")
    arrays: dict[str, Any] = {}
    for name, column in zip(names, columns, strict=True):
        arrays[name] = column if name.endswith("_id") else pa.array(column * 1_000_000).cast(instant)
    return pa.table(arrays)
