"""Files that are no lists, or far larger than they look, are refused; code pages of old Windows are read."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dauchan.exchange.marked_copies import Mark, MarkedSheet, marked_copy
from dauchan.exchange.old_workbooks import OLE
from dauchan.exchange.sheets import SheetUnreadable
from dauchan.exchange.venue_lists.vocabulary import KindNames, headings
from dauchan.exchange.workbooks import rows_of_list, sheets_of_file
from tests.exchange.venue_lists import messy

#: Written by another program in the format of Excel 97; as `messy.of_a_commune`, with a day.
OLD = Path(__file__).parent / "venue_lists" / "of_a_commune.xls"


def repacked(content: bytes, change: tuple[bytes, bytes]) -> bytes:
    """The workbook with one thing in its first sheet replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(*change) if name.endswith("sheet1.xml") else part)
    return packed.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (b"</sheetData>", b"</sheetData>" + b" " * 60_000_000),
        (b"<sheetData>", b"<sheetData><row>" + b"<c />" * 1_600_000 + b"</row>"),
        (b"<sheetData>", b"<sheetData><row"),
    ],
    ids=["merged", "unpacked", "cells", "broken"],
)
def test_bombs_are_refused(change: tuple[bytes, bytes]) -> None:
    with pytest.raises(SheetUnreadable):
        sheets_of_file(repacked(messy.workbook(["Tên", "Địa chỉ"], ["A", "B"]), change), 100)


def test_a_cell_far_away_costs_nothing() -> None:
    content = repacked(
        messy.workbook(["Tên", "Địa chỉ"], ["A", "B"]),
        (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'),
    )
    assert sheets_of_file(content, 10)[0].rows[:2] == [["Tên", "Địa chỉ"], ["A", "B"]]


@pytest.mark.parametrize("encoding", ["cp1258", "utf-16", "utf-8-sig"])
def test_text_of_old_windows(encoding: str) -> None:
    said = [["Tên", "Địa chỉ"], ["Quán ăn Hương Thử", "1 Lê Lợi, Huế"]]
    text = "\n".join(";".join(row) for row in said)
    if encoding == "cp1258":  # the tone stands behind its letter
        parts = (unicodedata.normalize("NFD", sign) for sign in text)
        text = "".join(
            unicodedata.normalize("NFC", part[:-1]) + part[-1] if part[-1:] in set("\u0300\u0301\u0303\u0309\u0323") else unicodedata.normalize("NFC", part)
            for part in parts
        )  # fmt: skip
    assert sheets_of_file(text.encode(encoding), 10)[0].rows == said


def test_every_heading_means_one_fact() -> None:
    words = [word for several in headings().values() for word in several]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Nhà hàng, quán ăn", "eatery"), ("KD ăn uống giải khát", "cafe"), ("bán thuốc tây", "pharmacy"), ("gì đó", None)],
)
def test_kinds_are_known_by_the_longest_word(text: str, kind: str | None) -> None:
    names = KindNames([("eatery", ["Nhà hàng, quán ăn"]), ("cafe", ["Quán cà phê"]), ("pharmacy", ["Nhà thuốc"])])
    assert names.meant(text) == kind
    assert names.of_name("Nhà thuốc Thử") == "pharmacy"


def test_a_workbook_of_excel_97_is_read_with_its_merged_cells_and_days() -> None:
    [sheet] = sheets_of_file(OLD.read_bytes(), 100)
    assert sheet.title == "DS"
    assert sheet.rows[5][:5] == ["STT", "TÊN CƠ SỞ", "Số nhà", "Đường", "Phường/xã"]
    assert (5, 1) in sheet.merged
    assert sheet.rows[8][6] == "905111222"
    assert sheet.rows[12][7] == "20/08/2021"
    assert len(sheets_of_file(OLD.read_bytes(), 3)[0].rows) == 4


@pytest.mark.parametrize("content", [OLE + b"\0" * 600, OLD.read_bytes()[:3000]], ids=["nothing", "cut"])
def test_half_an_old_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(SheetUnreadable):
        sheets_of_file(content, 100)


def test_an_old_workbook_comes_back_as_a_new_one_with_remarks_and_no_formula() -> None:
    copy, ending = marked_copy(
        OLD.read_bytes(), "Kết quả nhập", {"DS": MarkedSheet(6, None, {9: Mark("=Tốt", "good")})}
    )
    sheet = load_workbook(io.BytesIO(copy)).worksheets[0]
    assert ending == "xlsx"
    assert sheet["B9"].value == "Quán ăn Hương Thử"
    assert (sheet["I6"].value, sheet["I9"].value, sheet["I9"].data_type) == ("Kết quả nhập", "=Tốt", "s")


def test_fonts_of_old_windows_become_unicode_in_every_list() -> None:
    content = messy.workbook(["M· nh©n viªn", "Hä vµ tªn"], ["NV1", "NguyÔn V¨n Thö"])
    assert rows_of_list(content, 10) == [["Mã nhân viên", "Họ và tên"], ["NV1", "Nguyễn Văn Thử"]]
