"""Files that are no lists, or far larger than they look, are refused; code pages of old Windows are read."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from dauchan.exchange.sheets import SheetUnreadable
from dauchan.exchange.venue_lists.vocabulary import KindNames, headings
from dauchan.exchange.workbooks import sheets_of_file
from tests.exchange.venue_lists import messy


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
