"""Scans and failed scans from plain files, batch after batch, as screening takes them.

Parquet is read row group by row group: a province's month needs no more memory than a day of it. CSV is read whole.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet
from pyarrow import csv as arrow_csv

from dauchan.epi.arrays import MISSING, seconds_of
from dauchan.epi.columns import PARQUET_MAGIC, read_columns
from dauchan.epi.errors import RefusedRow, RowRefusal, TableRefused
from dauchan.epi.tables import read_visits
from dauchan.screening import Scans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from dauchan.screening import Tally
    from dauchan.screening.tally import Look

NEEDED = ("person_id", "venue_id", "entered_at")
FACTS = ("lat", "lon", "accuracy_m", "device_id", "source")
BY_GATE = ("gate",)
UNREADABLE = ("unreadable", "poster_unreadable", "code_unreadable")
BATCH_ROWS, OLD_ROWS = 4_000_000, 1_000_000
"""Rows that are looked at together: of the close look whole days as far as memory allows, of what is only counted as few as stay in the processor's reach."""
NAMED_ROWS = 1000
LOOKING = 2
"""Batches that are looked at side by side."""


@dataclass
class Read:
    """What a reading met: rows of the file, and those that were not taken, of which at most `NAMED_ROWS` are named."""

    rows: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    refused_rows: int = 0


def scan_batches(path: Path, read: Read, facts_from: int) -> Iterator[Scans]:
    """The scans of a file of visits.

    Args:
        path: CSV or Parquet with `person_id, venue_id, entered_at` and, if there, the columns of `FACTS`.
        read: filled in while the batches are taken.
        facts_from: seconds since the epoch; of row groups that end before it only who, where and when is read.

    Raises:
        TableRefused: the file cannot be read, or a column is missing.
    """
    with path.open("rb") as file:
        is_parquet = file.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC
    yield from _parquet_batches(path, read, facts_from) if is_parquet else _csv_batch(path, read)


def tally_batches(batches: Iterator[Scans], tally: Tally, on_batch: Callable[[], object] = lambda: None) -> None:
    """Count all batches: while one is read, others are looked at."""
    with ThreadPoolExecutor(LOOKING) as threads:
        looking: deque[Future[Look]] = deque()
        for scans in batches:
            looking.append(threads.submit(tally.looked_at, scans))
            if len(looking) > LOOKING:  # no more of them in memory
                tally.take(looking.popleft().result())
            on_batch()
        for look in looking:
            tally.take(look.result())


def _parquet_batches(path: Path, read: Read, facts_from: int) -> Iterator[Scans]:
    try:
        with parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            missing = [name for name in NEEDED if name not in names]
            if missing:
                raise TableRefused(
                    f"{path.name} has no column {', '.join(missing)}", f"{path.name} thiếu cột {', '.join(missing)}"
                )
            wanted = [name for name in (*NEEDED, *FACTS) if name in names]
            for group in range(file.num_row_groups):
                is_old = _ends_before(file.metadata.row_group(group), facts_from)
                table = file.read_row_group(group, columns=list(NEEDED) if is_old else wanted)
                together = OLD_ROWS if is_old else BATCH_ROWS
                for begin in range(0, len(table), together):
                    yield _good_scans(table.slice(begin, together), read)
    except pa.ArrowException as error:
        reason = " ".join(str(error).split())
        raise TableRefused(f"{path.name} cannot be read: {reason}", f"không đọc được {path.name}: {reason}") from error


def _ends_before(group: parquet.RowGroupMetaData, instant: int) -> bool:
    """Whether the file itself says that all of a row group was entered before."""
    for at in range(group.num_columns):
        column = group.column(at)
        if column.path_in_schema == "entered_at" and column.statistics is not None and column.statistics.has_min_max:
            last: Any = column.statistics.max
            return bool((last.timestamp() if hasattr(last, "timestamp") else last) < instant)
    return False


def _good_scans(table: pa.Table, read: Read) -> Scans:
    """The rows that can be taken; the others are noted."""
    entered = seconds_of(table.column("entered_at"), "entered_at")
    good = entered != MISSING
    for name in ("person_id", "venue_id"):
        column = table.column(name)
        if column.null_count:
            good &= ~column.is_null().to_numpy()
    if not good.all():
        _note(read, np.flatnonzero(~good), entered)
    read.rows += len(table)
    person, venue = (_filled(table.column(name), 0).to_numpy() for name in ("person_id", "venue_id"))
    facts = _facts({name: table.column(name) for name in FACTS if name in table.column_names})
    columns = {"person": person, "venue": venue, "entered": entered} | facts
    return Scans(**columns) if good.all() else Scans(**{name: column[good] for name, column in columns.items()})


def _note(read: Read, rows: np.ndarray[Any, np.dtype[np.int64]], entered: np.ndarray[Any, np.dtype[np.int64]]) -> None:
    read.refused_rows += len(rows)
    for row in rows[: max(0, NAMED_ROWS - len(read.refused))].tolist():
        column = "entered_at" if entered[row] == MISSING else "person_id"
        read.refused.append(RefusedRow(read.rows + row + 1, column, RowRefusal.EMPTY))


def _csv_batch(path: Path, read: Read) -> Iterator[Scans]:
    visits = read_visits(path)
    good = np.ones(visits.rows, np.bool_)
    good[[row.row - 1 for row in visits.refused]] = False
    read.rows, read.refused, read.refused_rows = visits.rows, list(visits.refused), len(visits.refused)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline().lower()
    names = [
        name
        for name in FACTS
        if name in header.replace('"', "").replace(";", ",").replace("\t", ",").strip().split(",")
    ]
    facts = _facts(read_columns(path, names).columns) if names else {}
    kept = {name: column[good] for name, column in facts.items()}
    yield Scans(person=visits.person_id, venue=visits.venue_id, entered=visits.entered_at, **kept)


def _facts(columns: dict[str, pa.ChunkedArray[Any]]) -> dict[str, Any]:
    """The columns of `Scans` beside who, where and when, as far as a file has them."""
    found: dict[str, Any] = {}
    for name, kept in (("lat", "lat"), ("lon", "lon"), ("accuracy_m", "accuracy")):
        if name in columns:
            found[kept] = _numbers(columns[name])
    if "device_id" in columns:
        found["device"] = _devices(columns["device_id"])
    if "source" in columns:
        found["by_gate"] = _says(columns["source"], BY_GATE)
    return found


def _filled(column: Any, value: object) -> Any:  # noqa: ANN401 — Arrow's stubs know no type that is a column and has to_numpy
    return compute.fill_null(column, value) if column.null_count else column


def _numbers(column: pa.ChunkedArray[Any]) -> Any:  # noqa: ANN401 — float32 or float64
    if pa.types.is_string(column.type):
        column = compute.replace_substring_regex(column, r"^\s*$", "nan")
    wide = column if pa.types.is_floating(column.type) else column.cast(pa.float64())
    return _filled(wide, float("nan")).to_numpy()


def _devices(column: pa.ChunkedArray[Any]) -> Any:  # noqa: ANN401 — int64
    """A number for each device: its own, or one made of its name; a row without a device has none that another row has."""
    if pa.types.is_integer(column.type):
        numbers = _filled(column, 0).to_numpy().astype(np.int64)
    else:
        coded = column.cast(pa.string()).combine_chunks().dictionary_encode()
        made = [
            int.from_bytes(hashlib.blake2b(str(name).encode(), digest_size=8).digest(), "big", signed=True)
            for name in coded.dictionary.to_pylist()
        ]
        numbers = np.array([*made, 0], np.int64)[_filled(coded.indices, len(made)).to_numpy()]
    if column.null_count:
        nobody = column.is_null().to_numpy()
        numbers = np.where(nobody, -1 - np.arange(len(numbers)), numbers)
    return numbers


def _says(column: pa.ChunkedArray[Any], words: tuple[str, ...]) -> Any:  # noqa: ANN401 — bool
    if pa.types.is_dictionary(column.type):
        coded = column.combine_chunks()
        if isinstance(coded, pa.DictionaryArray):  # a few words: each is looked at once
            says = np.append([word in words for word in coded.dictionary.to_pylist()], [False])
            return says[_filled(coded.indices, len(says) - 1).to_numpy()]
        column = column.cast(pa.string())
    return _filled(compute.is_in(column.cast(pa.string()), pa.array(words)), value=False).to_numpy()


def read_attempts(path: Path, add: Callable[..., None]) -> int:
    """Hand failed scans of a CSV or Parquet file with `venue_id, at, reason` to `add(venue_id, at, is_unreadable)`; how many.

    Raises:
        TableRefused: the file cannot be read, a column is missing or holds something else.
    """
    columns = _attempt_columns(path)
    try:
        at = seconds_of(_instants(columns["at"]), "at")
        venue = _filled(columns["venue_id"].cast(pa.int64()), MISSING).to_numpy()
    except (pa.ArrowException, ValueError) as error:
        raise TableRefused(
            f"{path.name}: venue_id or at hold something else than numbers and times",
            f"{path.name}: cột venue_id hoặc at không phải là số và thời điểm",
        ) from error
    good = (at != MISSING) & (venue != MISSING)
    add(venue[good], at[good], _says(columns["reason"], UNREADABLE)[good])
    return int(np.count_nonzero(good))


def _attempt_columns(path: Path) -> Mapping[str, pa.ChunkedArray[Any]]:
    """The fast way where every row reads alike, else cell by cell."""
    names = ("venue_id", "at", "reason")
    try:
        table = arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(include_columns=list(names)))
    except (pa.ArrowException, KeyError):
        return read_columns(path, names).columns
    return {name: table.column(name) for name in names}


def _instants(column: pa.ChunkedArray[Any]) -> Any:  # noqa: ANN401 — an Arrow array
    return column.cast(pa.timestamp("s", tz="UTC")) if pa.types.is_string(column.type) else column
