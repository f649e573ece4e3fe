"""A copy of somebody's own file with a word beside each row: nothing else of it is touched.

A workbook keeps its sheets, widths, colours and merged cells. Formulas are replaced by the values they showed: a copy that is
handed on runs nothing (CASES 1), and a text that begins with `=` stays a text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from dauchan.exchange.old_workbooks import is_old_workbook
from dauchan.exchange.tables import csv_value, xlsx_text
from dauchan.exchange.workbooks import MOST_CELLS, ZIP, check_workbook, delimiter_of, sheets_of_file, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = {"good": "E2F0D9", "caution": "FFF2CC", "bad": "F8CBAD"}
_WIDTH = 60
_MOST_COLUMN = 16_384


@dataclass(frozen=True)
class Mark:
    """What is written beside a row; `tone` is good, caution or bad."""

    text: str
    tone: str


@dataclass(frozen=True)
class MarkedSheet:
    """The words for one sheet.

    Attributes:
        head: number of its row of headings; 0 for none.
        column: where an earlier copy already has such a column, from 0; None puts it behind the last.
        marks: by the number of the row.
    """

    head: int
    column: int | None
    marks: Mapping[int, Mark]


def marked_copy(content: bytes, heading: str, sheets: Mapping[str, MarkedSheet]) -> tuple[bytes, str]:
    """The copy, and the ending of its name.

    Args:
        content: a file that `dauchan.exchange.workbooks.sheets_of_file` reads.
        heading: above the new column.
        sheets: by their titles; "" is the whole of a text file.

    Raises: SheetUnreadable.
    """
    if is_old_workbook(content):
        made = _renewed_workbook(content, heading, sheets)
    elif content.startswith(ZIP):
        made = _marked_workbook(content, heading, sheets)
    else:
        made = _marked_text(content, heading, sheets.get("", MarkedSheet(0, None, {})))
    return made, ending_of(content)


def ending_of(content: bytes) -> str:
    """How the name of the copy of this file ends."""
    return "xlsx" if is_old_workbook(content) or content.startswith(ZIP) else "csv"


def _marked_workbook(content: bytes, heading: str, sheets: Mapping[str, MarkedSheet]) -> bytes:
    check_workbook(content)
    book = load_workbook(io.BytesIO(content), data_only=True)
    for sheet in book.worksheets:
        if marked := sheets.get(sheet.title):
            _mark(sheet, heading, marked)
    with io.BytesIO() as written:
        book.save(written)
        return written.getvalue()


def _renewed_workbook(content: bytes, heading: str, sheets: Mapping[str, MarkedSheet]) -> bytes:
    """An old workbook comes back as a new one: the same tabs, rows and texts, without its colours."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for read in sheets_of_file(content, MOST_CELLS):
        sheet = book.create_sheet(read.title)
        for number, row in enumerate(read.rows, start=1):
            for column, text in enumerate(row, start=1):
                if text and (number - 1, column - 1) not in read.merged:
                    _write(sheet, number, column, text)
        if marked := sheets.get(read.title):
            _mark(sheet, heading, marked)
    with io.BytesIO() as written:
        book.save(written)
        return written.getvalue()


def _mark(sheet: Worksheet, heading: str, marked: MarkedSheet) -> None:
    column = min(sheet.max_column, _MOST_COLUMN - 1) + 1 if marked.column is None else marked.column + 1
    if marked.head:
        _write(sheet, marked.head, column, heading).font = Font(bold=True)
    for number, mark in marked.marks.items():
        cell = _write(sheet, number, column, mark.text)
        cell.fill = PatternFill("solid", fgColor=_COLOURS[mark.tone])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH


def _write(sheet: Worksheet, number: int, column: int, text: str) -> Any:  # noqa: ANN401 - openpyxl's cells are untyped
    cell: Any = sheet.cell(number, column)
    cell.value = xlsx_text(text)
    cell.data_type = "s"
    return cell


def _marked_text(content: bytes, heading: str, marked: MarkedSheet) -> bytes:
    text = text_of(content).removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    column = max(map(len, rows), default=0) if marked.column is None else marked.column
    with io.StringIO(newline="") as written:
        out = csv.writer(written, delimiter=delimiter)
        for number, row in enumerate(rows, start=1):
            own = heading if number == marked.head else marked.marks[number].text if number in marked.marks else ""
            cells = [cell if cell.startswith("'") else csv_value(cell) for cell in row]
            if own or marked.column is not None:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = csv_value(own)
            out.writerow(cells)
        return b"\xef\xbb\xbf" + written.getvalue().encode()
