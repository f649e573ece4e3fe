"""Workbooks that are no .xlsx: Excel 97 (.xls), .xlsb, OpenDocument (.ods).

They are read by a library of its own in a process of its own, with a limit to memory and time: a file of a few kilobytes can name a
cell far away, and room is made for all before it. Run as a program this module is that process: the file comes in, JSON goes out.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from typing import Any

#: The compound file in which Excel 97 writes.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MEMORY = 1_500 * 1024 * 1024
_SECONDS = 60


class OldUnreadable(ValueError):
    """It is no such workbook, is locked with a password, or needs too much."""


def is_old_workbook(content: bytes) -> bool:
    """By the file itself, whatever its name says."""
    if content.startswith(OLE):
        return True
    if not content.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            kind = packed.read("mimetype")[:60] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, KeyError):
        return False
    return "xl/workbook.bin" in names or b"opendocument.spreadsheet" in kind


def old_sheets(content: bytes, most_rows: int, most_columns: int) -> list[tuple[str, list[list[Any]], list[list[int]]]]:
    """Of each sheet its tab, its rows from the first, and merged areas as [top, left, bottom, right] from 0.

    Cells are texts, numbers, truths, or a list of one: a day, perhaps with a time, in ISO 8601. Raises: OldUnreadable.
    """
    words = [sys.executable, "-I", "-m", __name__, str(most_rows), str(most_columns)]
    try:
        done = subprocess.run(words, input=content, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - our own words
        return [(title, rows, merged) for title, rows, merged in json.loads(done.stdout)]
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise OldUnreadable from error


def main() -> None:
    most_rows, most_columns = map(int, sys.argv[1:])
    _bound_memory()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    found = []
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        rows = sheet.to_python(skip_empty_area=False, nrows=most_rows)
        cells = [[_plain(cell) for cell in row[:most_columns]] for row in rows]
        found.append((title, cells, [[*first, *last] for first, last in sheet.merged_cell_ranges or []]))
    json.dump(found, sys.stdout)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _plain(cell: Any) -> Any:  # noqa: ANN401 - of any kind a cell has
    return (
        [cell.isoformat()] if hasattr(cell, "isoformat") else cell if isinstance(cell, str | int | float) else str(cell)
    )


if __name__ == "__main__":
    main()
