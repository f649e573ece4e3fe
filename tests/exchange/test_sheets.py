"""Lists that people send come back cell by cell, whatever program wrote them; what is no list is refused, and quickly."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dauchan.exchange.sheets import SheetUnreadable, rows_of_text
from dauchan.exchange.tables import csv_value
from dauchan.exchange.workbooks import rows_of_list

ROWS = [["Họ tên", "Năm sinh"], ["Trần Thị Thử", "1950"], ["Lê, Văn; Mẫu", ""]]
CELLS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
    .map(str.strip)
    .filter(lambda cell: not cell.startswith(("'", "\ufeff")))
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([*row])
    with io.BytesIO() as written:
        book.save(written)
        return written.getvalue()


def as_csv(rows: list[list[str]], delimiter: str) -> str:
    with io.StringIO(newline="") as written:
        csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
        return written.getvalue()


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_of_any_program_is_read(delimiter: str, encoding: str) -> None:
    plain = [row for row in ROWS if delimiter not in "".join(row)]
    assert rows_of_list(as_csv(plain, delimiter).encode(encoding), 10) == plain


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8))
def test_what_a_spreadsheet_wrote_with_tabs_is_read_back(rows: list[list[str]]) -> None:
    heading = ["a"] * 60  # more tabs than anything else, so that tabs are what divides
    assert rows_of_text(as_csv([heading, *rows], "\t"), 20)[1:] == rows


@given(st.text(), st.integers(0, 5))
def test_no_text_breaks_the_reader(text: str, most: int) -> None:
    assert len(rows_of_text(text, most)) <= most + 1


def test_what_our_own_exports_escaped_is_itself_again() -> None:
    assert rows_of_text(f"Họ tên\tĐiện thoại\n{csv_value('=An')}\t{csv_value('+84905111222')}\n", 5)[1] == [
        "=An",
        "+84905111222",
    ]


def test_a_workbook_gives_numbers_days_and_empty_rows_as_people_see_them() -> None:
    born = dt.datetime(1950, 9, 2)  # noqa: DTZ001 - a spreadsheet's days have no zone
    file = workbook(("Họ tên", "Ngày sinh", "SĐT"), ("Trần Thị Thử", born, 905111222.0), (), ("Lê Thử", 1961, None))
    assert rows_of_list(file, 10) == [
        ["Họ tên", "Ngày sinh", "SĐT"],
        ["Trần Thị Thử", "02/09/1950", "905111222"],
        [],
        ["Lê Thử", "1961"],
    ]


def test_one_row_more_than_asked_for_tells_that_there_are_more() -> None:
    rows = [(f"Lê Thử {number}",) for number in range(30)]
    assert len(rows_of_list(workbook(*rows), 10)) == 11
    assert len(rows_of_text("\n".join(row[0] for row in rows), 10)) == 11


def bomb() -> bytes:
    with io.BytesIO() as written:
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b" " * (51 * 1024 * 1024))
        return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1", bomb(), workbook()[:500]],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(SheetUnreadable):
        rows_of_list(content, 10)


def test_a_cell_without_an_end_is_refused() -> None:
    with pytest.raises(SheetUnreadable):
        rows_of_text('"' + "x" * 140_000, 10)
