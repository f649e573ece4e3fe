"""Case 1: names went raw into spreadsheet exports; the fix then broke every export on one malformed row."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dauchan.exchange import tables
from dauchan.exchange.tables import (
    RISKY_FIRST,
    Column,
    Written,
    csv_chunks,
    csv_value_read,
    write_xlsx,
    xlsx_text_read,
)

RISKY = ["=", "+", "-", "@", "\t", "\r", "\n", " ", "'", "＝", "＋", "－", "＠", "\u00a0", "\u3000"]
texts = st.builds(
    lambda lead, rest: lead + rest,
    st.sampled_from([*RISKY, "", " =", "'=", "''", "\t@", "_x000D_"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
COLUMNS: list[Column[Any]] = [Column("Tên", lambda row: row[0]), Column("Điện thoại", lambda row: row[1])]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_case_01_csv_has_no_formula_and_every_value_comes_back(rows: list[tuple[str, str]]) -> None:
    cells = read_csv(b"".join(csv_chunks(COLUMNS, rows)))
    for row, back in zip(rows, cells, strict=True):
        for value, cell in zip(row, back, strict=True):
            shown = cell.lstrip(" \u00a0\u3000\ufeff")
            assert shown[:1] == "'" or shown[:1] not in RISKY_FIRST
            assert csv_value_read(cell) == value


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_case_01_xlsx_has_no_formula_and_every_value_comes_back(rows: list[tuple[str, str]]) -> None:
    out = io.BytesIO()
    assert write_xlsx(COLUMNS, rows, out, "Danh sách").rows == len(rows)
    sheet = load_workbook(out).worksheets[0]
    back = list(sheet.iter_rows(min_row=2))
    for row, cells in zip(rows, back, strict=True):
        for value, cell in zip(row, cells, strict=True):
            assert cell.data_type != "f"
            assert xlsx_text_read(str(cell.value or "")) == value


def test_case_01_a_phone_number_stays_one() -> None:
    (row,) = read_csv(b"".join(csv_chunks(COLUMNS, [("Trần Thị Thử", "+84900000001")])))
    assert [csv_value_read(cell) for cell in row] == ["Trần Thị Thử", "+84900000001"]


def test_case_01_negative_numbers_stay_numbers() -> None:
    (row,) = read_csv(b"".join(csv_chunks(COLUMNS, [(-5, 1.5)])))
    assert row == ["-5", "1.5"]


@pytest.mark.parametrize("poison", ["\ud800", "x" * 40_000])
def test_case_01_one_poisoned_row_is_set_aside_and_does_not_stop_the_rest(poison: str) -> None:
    rows = [("An", "1"), (poison, "2"), ("Bình", "3")]
    out = io.BytesIO()
    written = write_xlsx(COLUMNS, rows, out, "Danh sách")
    assert written.rows == 2
    assert [number for number, _ in written.set_aside] == [2]
    names = [row[0].value for row in load_workbook(out).worksheets[0].iter_rows(min_row=2)]
    assert names == ["An", "Bình"]


def test_case_01_a_value_that_cannot_be_read_is_set_aside_in_csv_too() -> None:
    def phone(row: tuple[str, str]) -> str:
        if row[0] == "hỏng":
            raise ValueError("cannot be decrypted")
        return row[1]

    columns = [Column("Tên", lambda row: row[0]), Column("Điện thoại", phone)]
    written = Written()
    data = b"".join(csv_chunks(columns, [("An", "1"), ("hỏng", "2"), ("Bình", "3")], written))
    assert [row[0] for row in read_csv(data)] == ["An", "Bình"]
    assert written.set_aside == [(2, "ValueError: cannot be decrypted")]


@pytest.mark.parametrize("rows", [3, 4, 10])
def test_case_01_a_sheet_that_is_full_is_followed_by_another_and_nothing_is_cut(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet holds 1,048,576 rows, its headings among them; here it holds 4."""
    monkeypatch.setattr(tables, "SHEET_ROWS", 4)
    out = io.BytesIO()
    assert write_xlsx(COLUMNS, ((f"Thử {number}", number) for number in range(rows)), out, "Danh sách").rows == rows
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(out).worksheets]
    assert [len(sheet) for sheet in sheets] == [4] * (rows // 3) + [rows % 3 + 1] * (rows % 3 > 0)
    assert {sheet[0] for sheet in sheets} == {("Tên", "Điện thoại")}
    assert [row for sheet in sheets for row in sheet[1:]] == [(f"Thử {number}", number) for number in range(rows)]
