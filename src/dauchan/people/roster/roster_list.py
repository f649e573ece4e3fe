"""A roster as a table, row by row: which rows are members, and what is wrong with the others, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dauchan.people.roster.patterns import PatternUnreadable, read_clock, read_weekdays
from dauchan.units.languages import reads_english
from dauchan.vietnamese import PhoneRefused, clean_text, fold, read_phone
from dauchan.vietnamese.dates import DayUnreadable, read_day
from dauchan.vietnamese.headings import columns_of, headings_left

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

HEADINGS: dict[str, set[str]] = {
    "employee_number": {"ma nhan vien", "ma so", "ma nv", "ma can bo", "ma cb", "ma so nhan vien", "so hieu", "ma",
                        "ma so can bo", "employee number", "employee id", "staff number", "number"},
    "full_name": {"ho ten", "ho va ten", "ten", "ten nhan vien", "ten can bo", "full name", "name"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "so dt", "dien thoai di dong", "phone", "phone number", "mobile"},
    "department": {"phong", "phong ban", "ban", "bo phan", "phong ban bo phan", "don vi", "khoa", "khoa phong", "to",
                   "department", "unit"},
    "weekdays": {"ngay lam viec", "cac ngay lam viec", "thu", "ngay lam", "lich lam viec", "working days", "weekdays"},
    "starts": {"bat dau", "gio bat dau", "bat dau ca", "gio vao", "vao ca", "shift start", "start", "starts"},
    "ends": {"ket thuc", "gio ket thuc", "ket thuc ca", "gio ra", "het ca", "tan ca", "shift end", "end", "ends"},
    "on_holidays": {"lam ngay le", "lam ca ngay le", "truc le", "works holidays", "works on holidays", "on holidays"},
    "joined_on": {"ngay vao lam", "vao lam", "lam viec tu ngay", "tu ngay", "ngay vao", "joined", "joined on", "start date"},
}  # fmt: skip
LONGEST = {"employee_number": 20, "full_name": 100, "department": 80}
_YES = {"x", "co", "1", "yes", "y", "true", "dung"}
_NO = {"", "khong", "0", "no", "n", "false", "-"}
_IDENTITY_NUMBER = re.compile(r"\d{12}", re.ASCII)


@dataclass(frozen=True)
class Pattern:
    """A shift as it is written."""

    weekdays: int
    starts: dt.time
    ends: dt.time
    on_holidays: bool = False


@dataclass(frozen=True)
class Entry:
    """What a row says of a member.

    Attributes:
        phone: E.164; empty where the row says none, which leaves a known one as it is.
        pattern: None where the row says none: a known one stays, a new member works office hours.
        joined_on: None where the row says none.
    """

    employee_number: str
    full_name: str
    phone: str = ""
    department: str = ""
    pattern: Pattern | None = None
    joined_on: dt.date | None = None


@dataclass
class RosterRow:
    """One row of the table: its number as a spreadsheet counts, and either an entry or what is wrong."""

    number: int
    cells: tuple[str, ...]
    #: Whom it names, also where something else of it is wrong.
    employee_number: str
    entry: Entry | None = None
    faults: list[str] = field(default_factory=list)
    #: What is remarkable, but no fault.
    remarks: list[str] = field(default_factory=list)


def read_roster(rows: Sequence[Sequence[str]], today: dt.date) -> list[RosterRow] | None:
    """Every row below the headings that is not empty, in order; None where there are no headings."""
    columns, head = columns_of(rows, HEADINGS, ("full_name",))
    if "full_name" not in columns or "employee_number" not in columns:
        return None
    read: list[RosterRow] = []
    numbers: dict[str, int] = {}
    phones: dict[str, int] = {}
    for number, cells in enumerate(rows, start=1):
        if number > head and any(cell.strip() for cell in cells):
            read.append(_row(number, tuple(cells), columns, today))
            _compare(read[-1], numbers, phones)
    return read


def columns_not_taken(rows: Sequence[Sequence[str]]) -> list[str]:
    """The headings of the columns of which nothing is read."""
    return headings_left(rows, HEADINGS, columns_of(rows, HEADINGS, ("full_name",))[0])


def head_of(rows: Sequence[Sequence[str]]) -> int:
    """The number of the row of headings; 0 where there is none."""
    return columns_of(rows, HEADINGS, ("full_name",))[1]


def _compare(row: RosterRow, numbers: dict[str, int], phones: dict[str, int]) -> None:
    entry = row.entry
    if entry is None:
        return
    before = numbers.setdefault(entry.employee_number, row.number)
    if before != row.number:
        row.entry = None
        row.faults.append(_("Trùng mã nhân viên với dòng %(row)s.") % {"row": before})
    elif entry.phone and phones.setdefault(entry.phone, row.number) != row.number:
        row.remarks.append(_("Cùng số điện thoại với dòng %(row)s.") % {"row": phones[entry.phone]})


def _row(number: int, cells: tuple[str, ...], columns: Mapping[str, int], today: dt.date) -> RosterRow:
    said = {fact: " ".join(clean_text(cells[at]).split()) if at < len(cells) else "" for fact, at in columns.items()}
    reading = _RowReading(said, today)
    entry = reading.entry()
    return RosterRow(number, cells, entry.employee_number, None if reading.faults else entry, reading.faults)


class _RowReading:
    """Reads the cells of one row; every fault is told, not only the first."""

    def __init__(self, said: Mapping[str, str], today: dt.date) -> None:
        self.said = said
        self.today = today
        self.faults: list[str] = []

    def entry(self) -> Entry:
        return Entry(
            self._number(), self._name(), self._phone(), self._line("department"), self._pattern(), self._joined_on()
        )

    def _line(self, fact: str) -> str:
        text = self.said.get(fact, "")
        if len(text) > LONGEST[fact]:
            self.faults.append(_("Một ô dài quá %(most)s ký tự.") % {"most": LONGEST[fact]})
        return text

    def _number(self) -> str:
        text = self._line("employee_number")
        if not text:
            self.faults.append(_("Thiếu mã nhân viên."))
        elif _IDENTITY_NUMBER.fullmatch(text):
            self.faults.append(_("Không dùng số căn cước làm mã nhân viên."))
        return text

    def _name(self) -> str:
        text = self._line("full_name")
        if not any(letter.isalpha() for letter in text):
            self.faults.append(_("Họ và tên phải có chữ.") if text else _("Thiếu họ và tên."))
        return text

    def _phone(self) -> str:
        """A spreadsheet takes a number for one and drops its first 0."""
        typed = self.said.get("phone", "")
        if not any(sign.isdigit() for sign in typed):
            return ""
        if re.fullmatch(r"[35789]\d{8}", typed, re.ASCII):
            typed = f"0{typed}"
        try:
            return read_phone(typed)
        except PhoneRefused as refused:
            self.faults.append(refused.reason.en if reads_english() else refused.reason.vi)
            return ""

    def _pattern(self) -> Pattern | None:
        days, starts, ends = (self.said.get(fact, "") for fact in ("weekdays", "starts", "ends"))
        if not days and not starts and not ends:
            return None
        try:
            weekdays = read_weekdays(days or "T2-T6")
        except PatternUnreadable:
            self.faults.append(
                _("Không hiểu ngày làm việc «%(text)s». Viết như T2-T6 hoặc T2, T4, CN.") % {"text": days}
            )
            return None
        if bool(starts) != bool(ends):
            self.faults.append(_("Phải có cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai."))
            return None
        try:
            times = read_clock(starts or "7:30"), read_clock(ends or "17:00")
        except PatternUnreadable:
            self.faults.append(_("Giờ làm việc phải như 7:30 hoặc 7h30."))
            return None
        return Pattern(weekdays, *times, on_holidays=self._on_holidays())

    def _on_holidays(self) -> bool:
        text = fold(self.said.get("on_holidays", ""))
        if text not in _YES | _NO:
            self.faults.append(_("Ô «Làm ngày lễ» chỉ ghi x, hoặc để trống."))
        return text in _YES

    def _joined_on(self) -> dt.date | None:
        text = self.said.get("joined_on", "")
        if not text:
            return None
        try:
            return read_day(text, self.today)
        except DayUnreadable:
            self.faults.append(_("Ngày vào làm «%(text)s» không phải là ngày.") % {"text": text})
            return None
