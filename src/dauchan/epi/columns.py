"""The wanted columns of a CSV or Parquet file, whole."""

import csv
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from dauchan.epi.cells import NULLS
from dauchan.epi.errors import TableRefused

PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True, slots=True, eq=False)
class FileColumns:
    """Columns by name, all of one length; `broken` are the rows (from 0) whose cells did not fit the header."""

    columns: "dict[str, pa.ChunkedArray[Any]]"
    broken: frozenset[int] = frozenset()


def read_columns(path: Path, wanted: Sequence[str]) -> FileColumns:
    """The wanted columns of a file; what kind of file it is shows in its first bytes, other columns are ignored.

    Raises:
        TableRefused: no such file, not readable as CSV in UTF-8 or as Parquet, or a column is not there.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(PARQUET_MAGIC))
        if start == PARQUET_MAGIC:
            return _parquet_columns(path, wanted)
        return _csv_columns(path, wanted)
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowException) as error:
        reason = " ".join(str(error).split())
        raise TableRefused(f"{path.name} cannot be read: {reason}", f"không đọc được {path.name}: {reason}") from error


def _parquet_columns(path: Path, wanted: Sequence[str]) -> FileColumns:
    with parquet.ParquetFile(path) as file:
        check_header(path, file.schema_arrow.names, wanted)
        table = file.read(columns=list(wanted))
    return FileColumns({name: table.column(name) for name in wanted})


def _csv_columns(path: Path, wanted: Sequence[str]) -> FileColumns:
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    delimiter = max(",;\t", key=line.count)
    header = [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter), [])]
    check_header(path, header, wanted)
    return _typed_columns(path, header, delimiter, wanted) or _text_columns(path, header, delimiter, wanted)


def _typed_columns(path: Path, header: list[str], delimiter: str, wanted: Sequence[str]) -> FileColumns | None:
    """The fast way, for files whose every cell reads alike; None where the cells have to be looked at one by one."""
    try:
        table = arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(column_names=header, skip_rows=1),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter),
            convert_options=arrow_csv.ConvertOptions(include_columns=list(wanted), null_values=_null_spellings()),
        )
    except pa.ArrowInvalid:
        return None
    columns = {name: table.column(name) for name in wanted}
    return FileColumns(columns) if all(_reads_alike(name, column.type) for name, column in columns.items()) else None


def _reads_alike(name: str, kind: pa.DataType) -> bool:
    if name.endswith("_id"):
        return pa.types.is_integer(kind)
    return any(
        (pa.types.is_integer(kind), pa.types.is_floating(kind), pa.types.is_timestamp(kind), pa.types.is_null(kind))
    )


def _null_spellings() -> list[str]:
    return sorted({spelling for null in NULLS for spelling in (null, null.upper(), null.title(), "NaN", "NaT")})


def _text_columns(path: Path, header: list[str], delimiter: str, wanted: Sequence[str]) -> FileColumns:
    places = [header.index(name) for name in wanted]
    cells: list[list[str | None]] = [[] for _ in wanted]
    broken = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        next(rows)
        for number, row in enumerate(row for row in rows if row):
            fits = len(row) == len(header)
            if not fits:
                broken.add(number)
            for column, place in zip(cells, places, strict=True):
                column.append(row[place] if fits else None)
    columns = {
        name: pa.chunked_array([pa.array(column, pa.string())]) for name, column in zip(wanted, cells, strict=True)
    }
    return FileColumns(columns, frozenset(broken))


def check_header(path: Path, header: Sequence[str], wanted: Sequence[str]) -> None:
    """Raises: TableRefused where a wanted column is not there, or twice."""
    for first, second in pairwise(sorted(header)):
        if first == second and first in wanted:
            raise TableRefused(f"{path.name} has the column {first} twice", f"{path.name} có cột {first} hai lần")
    missing = [name for name in wanted if name not in header]
    if not missing:
        return
    found = ", ".join(header) or "–"
    nearest = difflib.get_close_matches(missing[0], header, n=1)
    hint, hint_vi = (f"; is {nearest[0]} meant?", f"; có phải là {nearest[0]}?") if nearest else ("", "")
    raise TableRefused(
        f"{path.name} has no column {', '.join(missing)} (found: {found}){hint}",
        f"{path.name} thiếu cột {', '.join(missing)} (có: {found}){hint_vi}",
    )
