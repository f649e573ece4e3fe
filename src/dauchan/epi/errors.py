"""What can be wrong with the input of a trace. Each error says it in one sentence, in Vietnamese and English.

EpiError
├── PolicyRefused     a tracing policy with an unknown key or an impossible value
├── VisitsRefused     arrays that are no visits or cases: unequal lengths, a stay that ends before it begins
├── TableRefused      a file that cannot be read as a table of visits or cases
└── SegmentDamaged    a day's folder that is not what was written: `damage` says in which of a closed set of ways

One bad row of a file is no error: it is set aside as a `RefusedRow` with its number, and the others are taken.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class EpiError(Exception):
    """Input that cannot be traced; `str()` gives the English sentence."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.english = english
        self.vietnamese = vietnamese


class PolicyRefused(EpiError):
    """A tracing policy has an unknown key or an impossible value."""


class VisitsRefused(EpiError):
    """Arrays of visits or cases do not fit together."""


class TableRefused(EpiError):
    """A file cannot be read as the table it should be."""


class Damage(StrEnum):
    """In which way a segment is not what was written."""

    ABSENT = "absent"
    MANIFEST = "manifest"
    VERSION = "version"
    ARRAY_ABSENT = "array_absent"
    SIZE = "size"
    CHECKSUM = "checksum"


class SegmentDamaged(EpiError):
    """A segment cannot be used; the ledger has what is needed to write it anew."""

    def __init__(self, damage: Damage, folder: Path, array: str = "") -> None:
        where = f"{folder.name}/{array}" if array else folder.name
        english, vietnamese = DAMAGES[damage]
        super().__init__(f"segment {where}: {english}", f"phân đoạn {where}: {vietnamese}")
        self.damage = damage
        self.folder = folder


DAMAGES = {
    Damage.ABSENT: ("the folder holds no segment", "thư mục không chứa phân đoạn"),
    Damage.MANIFEST: ("its manifest cannot be read", "không đọc được bản kê"),
    Damage.VERSION: ("it was written in another version of the format", "được ghi theo phiên bản định dạng khác"),
    Damage.ARRAY_ABSENT: ("the file is not there", "thiếu tệp"),
    Damage.SIZE: ("the file has another size than was written", "kích thước tệp khác với lúc ghi"),
    Damage.CHECKSUM: ("the file holds other bytes than were written", "nội dung tệp khác với lúc ghi"),
}


class RowRefusal(StrEnum):
    """Why one row of a file was not taken."""

    CELLS = "cells"
    EMPTY = "empty"
    NOT_AN_ID = "not_an_id"
    NOT_AN_INSTANT = "not_an_instant"
    OUT_OF_RANGE = "out_of_range"
    INVERTED = "inverted"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"

    @property
    def english(self) -> str:
        return ENGLISH[self]

    @property
    def vietnamese(self) -> str:
        return VIETNAMESE[self]


ENGLISH = {
    RowRefusal.CELLS: "the row has more or fewer cells than the header",
    RowRefusal.EMPTY: "the cell is empty",
    RowRefusal.NOT_AN_ID: "the identifier is not a whole number of 64 bits",
    RowRefusal.NOT_AN_INSTANT: "the time is neither a UTC timestamp such as 2021-08-01T07:30:00Z nor epoch seconds",
    RowRefusal.OUT_OF_RANGE: "the time lies outside the years 1900 to 2200 (are the epoch seconds milliseconds?)",
    RowRefusal.INVERTED: "it ends before it begins",
    RowRefusal.DUPLICATE: "the same person has the same stay already",
    RowRefusal.CONTRADICTION: "an earlier row of the same person says otherwise",
}

VIETNAMESE = {
    RowRefusal.CELLS: "số ô của dòng khác với dòng tiêu đề",
    RowRefusal.EMPTY: "ô bỏ trống",
    RowRefusal.NOT_AN_ID: "mã định danh không phải là số nguyên 64 bit",
    RowRefusal.NOT_AN_INSTANT: "thời điểm không phải là giờ UTC như 2021-08-01T07:30:00Z, cũng không phải giây epoch",
    RowRefusal.OUT_OF_RANGE: "thời điểm nằm ngoài khoảng năm 1900 đến 2200 (giây epoch có phải là mili giây không?)",
    RowRefusal.INVERTED: "kết thúc trước khi bắt đầu",
    RowRefusal.DUPLICATE: "người này đã có đúng lượt lưu trú đó",
    RowRefusal.CONTRADICTION: "một dòng trước của cùng người nói khác",
}


@dataclass(frozen=True, slots=True, order=True)
class RefusedRow:
    """A row that was not taken: its number (the first row below the header is 1), the column, the reason."""

    row: int
    column: str
    reason: RowRefusal

    @property
    def where(self) -> str:
        """The row's number, and the column where one cell is at fault."""
        return f"{self.row}, {self.column}" if self.column else str(self.row)
