"""Tables for spreadsheets, CSV and XLSX, that run nothing when opened and lose nothing on the way.

A spreadsheet program takes text that begins with certain characters for a formula (CWE-1236). In CSV such a value, and any
that begins with an apostrophe, gets one apostrophe in front, which `csv_value_read` takes off again. In XLSX a cell says
itself that it is text, so values stay as they are; control characters are written as ``_xHHHH_`` (ECMA-376, part 1,
22.9.2.19). A row that cannot be written is set aside with its reason and does not stop the rest.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Item = TypeVar("Item")

#: First characters that some spreadsheet program acts on, full-width forms included, and the apostrophe of the escape itself.
RISKY_FIRST = frozenset("=+-@\t\r\n'＝＋－＠")
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
#: What XML 1.0 cannot carry, plus CR (which XML parsers turn into LF) and text that looks like an escape already.
XLSX_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Column(Generic[Item]):
    title: str
    value: Callable[[Item], object]


@dataclass
class Written:
    """Attributes:
    rows: how many rows were written.
    set_aside: (row number from 1, reason) of those that could not be.
    """

    rows: int = 0
    set_aside: list[tuple[int, str]] = field(default_factory=list)


def csv_chunks(columns: list[Column[Item]], items: Iterable[Item], written: Written | None = None) -> Iterator[bytes]:
    """UTF-8 CSV with byte order mark (Excel needs it for Vietnamese), a chunk per 500 rows; counts go to *written*."""
    written = written if written is not None else Written()
    buffer = io.StringIO()
    rows = csv.writer(buffer)
    yield "\ufeff".encode()
    rows.writerow([csv_value(column.title) for column in columns])
    for number, item in enumerate(items, start=1):
        values = _values(columns, item, number, written)
        if values is not None:
            rows.writerow([csv_value(value) for value in values])
            written.rows += 1
        if number % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(columns: list[Column[Item]], items: Iterable[Item], out: BinaryIO, title: str) -> Written:
    """A workbook of text, numbers and instants; a new sheet begins where one is full. Nothing is cut in silence."""
    written = Written()
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet | None = None
    for number, item in enumerate(items, start=1):
        values = _values(columns, item, number, written)
        if values is None or _too_long(values, number, written):
            continue
        if sheet is None or written.rows % (SHEET_ROWS - 1) == 0:
            sheet = _sheet(book, columns, title)
        sheet.append([_cell(sheet, value) for value in values])
        written.rows += 1
    if sheet is None:
        _sheet(book, columns, title)
    book.save(out)
    return written


def csv_value(value: object) -> str:
    text = _text(value)
    stripped = text.lstrip(" \u00a0\u3000\ufeff")
    return f"'{text}" if stripped[:1] in RISKY_FIRST and stripped and not isinstance(value, int | float) else text


def csv_value_read(text: str) -> str:
    """The value that `csv_value` wrote."""
    stripped = text[1:].lstrip(" \u00a0\u3000\ufeff")
    return text[1:] if text.startswith("'") and stripped[:1] in RISKY_FIRST and stripped else text


def xlsx_text(text: str) -> str:
    return XLSX_ESCAPED.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def xlsx_text_read(text: str) -> str:
    """The text that `xlsx_text` wrote."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def _values(columns: list[Column[Item]], item: Item, number: int, written: Written) -> list[object] | None:
    try:
        values = [column.value(item) for column in columns]
        for value in values:
            _text(value).encode()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one row must not cost the others
        written.set_aside.append((number, f"{type(error).__name__}: {error}"))
        return None
    return values


def _too_long(values: list[object], number: int, written: Written) -> bool:
    if all(len(xlsx_text(_text(value))) <= CELL_CHARACTERS for value in values):
        return False
    written.set_aside.append((number, f"a cell holds more than {CELL_CHARACTERS} characters"))
    return True


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return str(value)


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Any:  # noqa: ANN401 - openpyxl's cells are untyped
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=xlsx_text(_text(value)))
    cell.data_type = "s"
    return cell


def _sheet(book: Workbook, columns: list[Column[Item]], title: str) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(f"{title[:25]} {len(book.worksheets) + 1}")
    sheet.append([_cell(sheet, column.title) for column in columns])
    return sheet


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
