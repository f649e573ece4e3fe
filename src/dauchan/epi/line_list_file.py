"""The cells of a line list as other people's programs write them: CSV in several encodings and separators, XLSX, Parquet."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dauchan.epi.cells import NULLS
from dauchan.epi.columns import PARQUET_MAGIC
from dauchan.epi.errors import TableRefused

ZIP_MAGIC = b"PK\x03\x04"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = ",;\t|"
#: What a file without a mark is tried as after UTF-8: Vietnamese Windows, which reads Western letters alike.
FALLBACK = "cp1258"


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of text.

    Attributes:
        header: names in lower case, without spaces around them.
        rows: a cell is None where it is empty; a row whose number of cells differs from the header's is None.
        encoding: how the text was read; "" where the file says itself.
    """

    header: list[str]
    rows: list[list[str | None] | None]
    encoding: str

    def column(self, name: str) -> list[str | None]:
        """The cells of a column, None in rows that do not fit the header."""
        place = self.header.index(name)
        return [None if row is None else row[place] for row in self.rows]


def read_cells(path: Path, encoding: str | None = None) -> Cells:
    """Read a table whatever program wrote it.

    Args:
        path: CSV (comma, semicolon, tab or bar), XLSX (the first sheet) or Parquet; its first bytes tell.
        encoding: of a CSV file; None: by its mark, else UTF-8, else Vietnamese Windows.

    Raises:
        TableRefused: the file cannot be read, or has no header.
    """
    try:
        content = path.read_bytes()
        if content.startswith(PARQUET_MAGIC):
            return _parquet(path)
        if content.startswith(ZIP_MAGIC):
            return _sheet(content)
        return _csv(content, encoding)
    except TableRefused:
        raise
    except Exception as error:  # what three libraries may find wrong with a file of somebody else
        reason = " ".join(str(error).split()) or type(error).__name__
        raise TableRefused(f"{path.name} cannot be read: {reason}", f"không đọc được {path.name}: {reason}") from error


def _csv(content: bytes, encoding: str | None) -> Cells:
    text, used = _decoded(content, encoding)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(cell.strip() for cell in row)]
    return _table(list(rows), used)


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding:
        return content.decode(encoding), encoding
    for mark, name in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(name), name
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode(FALLBACK, errors="replace"), FALLBACK


def _sheet(content: bytes) -> Cells:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()
    width = max((len(row) for row in rows), default=0)
    return _table([row + [""] * (width - len(row)) for row in rows if any(row)], "")


def _parquet(path: Path) -> Cells:
    from pyarrow import parquet

    table = parquet.read_table(path)
    columns = [[_text(cell) for cell in column.to_pylist()] for column in table.columns]
    return _table([list(table.column_names), *(list(row) for row in zip(*columns, strict=True))], "")


def _table(rows: list[list[str]], encoding: str) -> Cells:
    if not rows:
        raise TableRefused("the file is empty", "tệp trống")
    header = [" ".join(str(name).split()).lower() for name in rows[0]]
    cells = [[_known(cell) for cell in row] if len(row) == len(header) else None for row in rows[1:]]
    return Cells(header, cells, encoding)


def _known(cell: str) -> str | None:
    text = cell.strip()
    return None if text.lower() in NULLS else text


def _text(cell: Any) -> str:  # noqa: ANN401 — text, a number or an instant, as the file had it
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
