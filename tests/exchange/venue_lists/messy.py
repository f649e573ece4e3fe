"""Spreadsheets of the kind that communes send, made by code; every place, name and number in them is invented."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Font

from dauchan.vietnamese.legacy import _VNI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from openpyxl.worksheet.worksheet import Worksheet


def saved(book: Workbook) -> bytes:
    with io.BytesIO() as written:
        book.save(written)
        return written.getvalue()


def workbook(*rows: Iterable[Any], title: str = "DS", dress: Callable[[Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if dress:
        dress(sheet)
    return saved(book)


def of_a_commune() -> bytes:
    """Letterhead, a title, headings of two rows with merged cells, numbers of columns, groups, a total; phones as numbers."""
    rows: list[list[Any]] = [
        ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["DANH SÁCH CƠ SỞ KINH DOANH NĂM 2021"],
        [],
        ["STT", "TÊN CƠ SỞ", "Địa chỉ", None, None, "Họ tên chủ cơ sở", "Số điện thoại", "Ngành nghề"],
        [None, None, "Số nhà", "Đường", "Phường/xã", None, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["I", "PHƯỜNG THUẬN THỬ"],
        [1, "Quán ăn Hương Thử", 12, "Lê Thử", "P. Thuận Thử", "Trần Thị Thử", 905111222, "ăn uống"],
        [2, "Nhà thuốc Thử Nghiệm", "14/2", "Lê Thử", "thuan thu", "Lê Văn Mẫu", "0905.111.223", None],
        ["II", "XÃ HƯƠNG THỬ"],
        [1, "Tạp hóa Cô Mẫu", None, "thôn Thử 3", None, "Cô Mẫu", "905111224 / 0234.3822333", "Tạp hóa"],
        [2, "Xưởng cưa Thử", 5, "thôn Thử 1", "Xã Đâu Đâu", None, "12", "sản xuất"],
        ["Tổng cộng", 4],
    ]

    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A3:H3")
        sheet.merge_cells("C5:E5")
        for column in "ABFGH":
            sheet.merge_cells(f"{column}5:{column}6")
        sheet.merge_cells("B8:H8")
        sheet.column_dimensions["B"].width = 33
        sheet["B9"].font = Font(bold=True, color="FF0000")

    return workbook(*rows, dress=dress)


def in_old_fonts() -> bytes:
    """One sheet in .VnTime, one in VNI without its font named; the tab is the commune."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "P. Thuận Thử"
    for row in (
        ["TT", "Tªn c¬ së", "§Þa chØ", "Ngµnh nghÒ"],
        [1, "Qu¸n ¨n Th¶o", "12 ®­êng Lª Thö", "¨n uèng"],
        [2, "Cá", "14 ®­êng Lª Thö", "c¬m, bón"],
    ):
        first.append(row)
    first["B3"].font = Font(name=".VnTime")
    second = book.create_sheet("X. Hương Thử")
    for row in (
        ["STT", "Teân cô sôû", "Ñòa chæ", "Loaïi hình"],
        [1, "Cöûa haøng Taïp Hoùa", "Thoân Thöû 3", "taïp hoùa"],
    ):
        second.append(row)
    return saved(book)


#: Of a list in Unicode; `in_vni` stores it as the old font did.
SHOPS = (
    ("DANH SÁCH CƠ SỞ ĐƯỢC CẤP PHÉP",),
    ("STT", "Tên cơ sở", "Địa chỉ", "Phường/xã", "Ngành nghề", "Họ tên chủ cơ sở", "Số điện thoại"),
    ("1", "Quán cơm Đồng Mẫu", "12 đường Lê Thử", "P. Thuận Thử", "ăn uống", "Trần Thị Ngọc Thử", "0905111301"),
    ("2", "Nhà thuốc Hồng Thử", "14/2 Lê Thử", "Phường Thuận Thử", "nhà thuốc", "Lê Văn Đức", "0905111302"),
    ("3", "TẠP HÓA CÔ BẢY", "27 kiệt 5 Lê Thử", "X. Hương Thử", "Tạp hóa", "NGUYỄN THỊ BẢY", "0905111303"),
    ("4", "Cá", "8 thôn Thử", "Xã Hương Thử", "ăn uống", "Cả", "0905111304"),
)


def in_vni(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    """The texts as VNI-Times stored them."""
    stored = {meant: old for old, meant in _VNI.items()}
    return [["".join(stored.get(sign, sign) for sign in cell) for cell in row] for row in rows]


def as_csv(rows: Iterable[Iterable[object]], encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)
