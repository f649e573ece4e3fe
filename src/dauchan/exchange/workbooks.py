"""All sheets of a file as people made it: merged cells told everywhere they reach, old fonts as Unicode, bombs refused."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import statistics
import unicodedata
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from dauchan.exchange.old_workbooks import OldUnreadable, is_old_workbook, old_sheets
from dauchan.exchange.sheets import MOST_COLUMNS, SheetUnreadable, cell_text, check_size, decoded
from dauchan.exchange.tables import csv_value_read
from dauchan.vietnamese.legacy import (
    LEGACY,
    Spelling,
    as_unicode,
    from_legacy,
    spelling_of,
    spelling_of_column,
    words_judged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

ZIP = b"PK\x03\x04"
MOST_SHEETS = 40
#: What other outbreak systems export has hundreds of columns.
WIDEST = 600
#: Of all sheets together: openpyxl needs some 300 bytes a cell.
MOST_CELLS = 1_500_000
#: A merged area is unfolded cell by cell.
MOST_MERGED_CELLS = 300_000
MOST_TEXT_BYTES = 30 * 1024 * 1024
#: No text in one byte a sign has these: a picture, or a program's own format.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)[\"']")
_LOOKED_AT = 50


@dataclass(frozen=True)
class Sheet:
    """A sheet, or the whole of a text file.

    Attributes:
        title: its tab; empty of a text file.
        rows: from the first on, at most as many cells as were asked for, all as text; a merged area says its text in each of its cells.
        merged: (row, column) of cells that only repeat what a merged area says, both from 0.
    """

    title: str
    rows: list[list[str]]
    merged: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def sheets_of_file(content: bytes, most_rows: int, most_columns: int = MOST_COLUMNS) -> list[Sheet]:
    """The sheets that hold something (none of an empty file), each with at most `most_rows` + 1 rows, so that the caller sees that there are more.

    Raises: SheetUnreadable, also where the file would unpack to far more than it is.
    """
    if is_old_workbook(content):
        return _sheets_of_old_workbook(content, most_rows + 1, most_columns)
    if content.startswith(ZIP):
        return _sheets_of_workbook(content, most_rows + 1, most_columns)
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if len(content) > MOST_TEXT_BYTES or (_BINARY.search(content[:1000]) and not is_wide):
        raise SheetUnreadable
    rows = rows_of_any_text(text_of(content), most_rows, most_columns)
    return [Sheet("", rows)] if any(map(any, rows)) else []


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or a code page of old Windows: the one in which more words are Vietnamese."""
    try:
        return decoded(content)
    except SheetUnreadable:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise
    western = content.decode("cp1252", errors="replace")
    vietnamese = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    head = slice(0, 20_000)
    as_read = "\n".join(from_legacy(line) for line in western[head].splitlines())
    return vietnamese if _soundness(vietnamese[head]) > _soundness(as_read) else western


def _soundness(text: str) -> int:
    good, odd = words_judged(text)
    return good - odd


def rows_of_list(content: bytes, most_rows: int, most_columns: int = MOST_COLUMNS) -> list[list[str]]:
    """The rows of the first sheet that holds something, for lists that have but one: in Unicode, whatever font a column was typed in.

    At most `most_rows` + 1 of them; none of an empty file. Raises: SheetUnreadable.
    """
    sheets = sheets_of_file(content, most_rows, most_columns)
    return in_unicode(sheets[0].rows) if sheets else []


def in_unicode(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Old fonts told by column, and where a column leaves it open by the whole."""
    whole = spelling_of_column(texts_of(rows))
    own = {
        at: spelling_of_column(row[at] for row in rows if at < len(row)) for at in range(max(map(len, rows), default=0))
    }
    spellings = {at: whole if one is Spelling.UNCLEAR else one for at, one in own.items()}
    return [[from_legacy(cell, spellings[at]) for at, cell in enumerate(row)] for row in rows]


def delimiter_of(text: str) -> str:
    """What stands between the cells: that which divides the first lines into the most columns."""

    def columns(mark: str) -> float:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), _LOOKED_AT) if row]
        except csv.Error:
            return 0
        return statistics.median(map(len, rows)) if rows else 0

    return max("\t;,", key=columns)


def rows_of_any_text(text: str, most_rows: int, most_columns: int = MOST_COLUMNS) -> list[list[str]]:
    """The rows of a CSV text, a title above the table or not. Raises: SheetUnreadable."""
    written = text.removeprefix("\ufeff")
    try:
        lines = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter_of(written))
        return [[csv_value_read(cell.strip()) for cell in row[:most_columns]] for row in islice(lines, most_rows + 1)]
    except csv.Error as error:
        raise SheetUnreadable from error


def check_workbook(content: bytes) -> None:
    """Raises: SheetUnreadable for a workbook that would need far more memory than its size tells."""
    try:
        check_size(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            xml = (packed.read(name) for name in parts)
            cells = merged = 0
            for part in xml:
                cells += sum(1 for _found in _CELL.finditer(part))
                merged += sum(map(_area, _MERGE.findall(part)))
    except SheetUnreadable:
        raise
    except Exception as error:  # whatever a broken archive raises
        raise SheetUnreadable from error
    if len(parts) > MOST_SHEETS or cells > MOST_CELLS or merged > MOST_MERGED_CELLS:
        raise SheetUnreadable


def _area(reference: bytes) -> int:
    left, top, right, bottom = range_boundaries(reference.decode())
    return ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)


def _sheets_of_workbook(content: bytes, most_rows: int, most_columns: int) -> list[Sheet]:
    check_workbook(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [_sheet(sheet, _merges(content, sheet), most_rows, most_columns) for sheet in book.worksheets]
    except Exception as error:  # openpyxl lets whatever it stumbles over through
        raise SheetUnreadable from error
    return [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]


def _sheets_of_old_workbook(content: bytes, most_rows: int, most_columns: int) -> list[Sheet]:
    try:
        if content.startswith(ZIP):
            check_size(content)
        found = old_sheets(content, most_rows, most_columns)
    except (OldUnreadable, zipfile.BadZipFile) as error:
        raise SheetUnreadable from error
    areas = [merge for _title, _rows, merges in found for merge in merges]
    merged = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)
    if len(found) > MOST_SHEETS or merged > MOST_MERGED_CELLS:
        raise SheetUnreadable
    sheets = []
    for title, rows, merges in found:
        texts = [[_old_cell(cell) for cell in row] for row in rows]
        repeats = _unfold(texts, [(left + 1, top + 1, right + 1, bottom + 1) for top, left, bottom, right in merges])
        sheets.append(Sheet(title, [_without_tail(row) for row in texts], repeats))
    return [sheet for sheet in sheets if any(map(any, sheet.rows))]


def _old_cell(cell: Any) -> str:  # noqa: ANN401 - as `old_sheets` gives them
    if isinstance(cell, list):
        written = str(cell[0])
        return cell_text(dt.datetime.fromisoformat(written)) if "-" in written[:5] else written[:5]
    return cell_text(cell)


def _merges(content: bytes, sheet: ReadOnlyWorksheet) -> list[tuple[int, int, int, int]]:
    """Merged areas as (left, top, right, bottom) from 1; read-only sheets do not tell of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = packed.read(sheet._worksheet_path)  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl tells it nowhere else
    bounds = (range_boundaries(reference.decode()) for reference in _MERGE.findall(part))
    return [(left or 0, top or 0, right or 0, bottom or 0) for left, top, right, bottom in bounds]


def _sheet(
    sheet: ReadOnlyWorksheet, merges: Sequence[tuple[int, int, int, int]], most_rows: int, most_columns: int
) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    found = sheet.iter_rows(max_row=most_rows, max_col=most_columns)  # type: ignore[misc]  # the stubs know it of other sheets only
    rows = [[_cell(cell) for cell in row] for row in found]
    repeats = _unfold(rows, merges)
    return Sheet(str(sheet.title), [_without_tail(row) for row in rows], repeats)


def _unfold(rows: list[list[str]], merges: Iterable[tuple[int, int, int, int]]) -> frozenset[tuple[int, int]]:
    """What a merged area says, said in each of its cells; which cells only repeat it."""
    repeats: set[tuple[int, int]] = set()
    for left, top, right, bottom in merges:
        if top <= len(rows) and left <= len(rows[top - 1]):
            said = rows[top - 1][left - 1]
            places = [
                (y, x) for y in range(top - 1, min(bottom, len(rows))) for x in range(left - 1, min(right, WIDEST))
            ]
            for y, x in places[1:]:
                rows[y] += [""] * (x + 1 - len(rows[y]))
                rows[y][x] = said
                repeats.add((y, x))
    return frozenset(repeats)


def _without_tail(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _cell(cell: Any) -> str:  # noqa: ANN401 - of three kinds of cells of openpyxl
    text = cell_text(cell.value)
    if text.isascii():
        return text
    font = _font_of(cell)
    # The font tells where the text alone does not; a Unicode text in an old font's dress stays what it is.
    return as_unicode(text, font) if font in LEGACY and spelling_of(text) in {Spelling.UNCLEAR, font} else text


def _font_of(cell: Any) -> Spelling:  # noqa: ANN401 - same
    name = str(getattr(cell.font, "name", "") or "")
    if name.startswith(".Vn"):
        return Spelling.TCVN3
    return Spelling.VNI if name.upper().startswith("VNI-") else Spelling.UNCLEAR


def texts_of(rows: Iterable[Iterable[str]]) -> Iterable[str]:
    """The cells that hold more than ASCII."""
    return (cell for row in rows for cell in row if not cell.isascii())
