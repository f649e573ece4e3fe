"""What the readers of tables share: text with commas, semicolons or tabs, what a cell shows, how large a file may be."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from itertools import islice
from typing import TYPE_CHECKING

from dauchan.exchange.tables import csv_value_read, xlsx_text_read

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A small file can unpack to a huge one.
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
MOST_COLUMNS = 50
_DELIMITERS = "\t;,"


class SheetUnreadable(ValueError):
    """The file is neither a workbook (.xlsx) nor UTF-8 or UTF-16 text."""


def rows_of_text(text: str, most_rows: int) -> list[list[str]]:
    """The rows of pasted or CSV text; tab, semicolon or comma between the cells, whichever the first line has.

    Raises: SheetUnreadable where a quotation mark that opens a cell is not closed for 128 KB.
    """
    written = text.removeprefix("\ufeff")
    first = next((line for line in written.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count) if any(mark in first for mark in _DELIMITERS) else "\t"
    try:
        rows = list(islice(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter), most_rows + 1))
    except csv.Error as error:
        raise SheetUnreadable from error
    return [[csv_value_read(cell.strip()) for cell in row[:MOST_COLUMNS]] for row in rows]


def rows_as_text(rows: Iterable[Iterable[str]]) -> str:
    """The rows as text with tabs, which `rows_of_text` reads again: to be shown and mended in a form."""
    with io.StringIO(newline="") as written:
        csv.writer(written, delimiter="\t", lineterminator="\n").writerows(rows)
        return written.getvalue().rstrip("\n")


def check_size(content: bytes) -> None:
    """Raises: SheetUnreadable where the file would unpack to far more than it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise SheetUnreadable


def cell_text(cell: object) -> str:
    """What a cell of a workbook shows; days as dd/mm/yyyy, with a time where there is one."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return xlsx_text_read(str(cell)).strip()


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16. Raises: SheetUnreadable."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetUnreadable from error
