"""A list of cases, row by row: which rows are reports, and what is wrong with the others, in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from dauchan.tracing.intake.headings import columns_of
from dauchan.tracing.intake.list_words import kind_of, result_of, says_nothing, symptoms_of
from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.tracing.intake.reports import CaseReport, LabReport
from dauchan.vietnamese import clean_text, fold
from dauchan.vietnamese.dates import LOCAL, DayUnreadable, read_day, read_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dauchan.tracing.intake.reports import Document
    from dauchan.tracing.models import Disease
    from dauchan.units.models import Unit

Read = TypeVar("Read")

FIRST_YEAR = 1880
MOST_CT = 60
LONGEST = {"full_name": 100, "laboratory": 120, "isolated_where": 200, "address": 200, "note": 2000}


@dataclass(frozen=True)
class Readers:
    """What the cells of a list are read with.

    Attributes:
        now: an instant in local time; nothing in a list lies after it.
        disease, unit: of rows that name none.
        diseases, communes: by folded name and by code.
        phone, document: read a cell; they raise ValueError, whose text says why in the reader's language.
    """

    now: dt.datetime
    disease: Disease
    unit: Unit
    diseases: Mapping[str, Disease]
    communes: Mapping[str, Unit]
    phone: Callable[[str], str]
    document: Callable[[str], tuple[Document, str, int | None] | None]


@dataclass
class ListRow:
    """One row of the file.

    Attributes:
        number: as a spreadsheet counts.
        place: where it stands in the file that the person has: the number, or what the list itself says, `trackedEntities[2]`.
        cells: as they were read.
        report: what it says; None where something is wrong.
        faults: what is wrong.
        twin: the place of an earlier row about the same person.
    """

    number: int
    place: str
    cells: tuple[str, ...]
    report: CaseReport | None = None
    faults: list[str] = field(default_factory=list)
    twin: str = ""


@dataclass(frozen=True)
class CaseList:
    """A list that was read; no headings: nothing in it could be."""

    headings: tuple[str, ...]
    rows: list[ListRow]


def read_case_list(rows: Sequence[Sequence[str]], readers: Readers) -> CaseList:
    """Every row below the headings that is not empty, in order."""
    columns, head = columns_of(rows)
    if not columns or "sampled_on" not in columns:
        return CaseList((), [])
    read: list[ListRow] = []
    seen: dict[object, str] = {}
    for number, cells in enumerate(rows, start=1):
        if number > head and any(cell.strip() for cell in cells):
            read.append(_row(number, tuple(cells), columns, readers))
            _mark_twin(read[-1], seen)
    return CaseList(tuple(rows[head - 1]), read)


def _mark_twin(row: ListRow, seen: dict[object, str]) -> None:
    report = row.report
    if report is None:
        return
    keys = [("phone", report.phone, fold(report.full_name))] if report.phone else []
    keys += [("document", report.document.subject, "")] if report.document else []
    keys += [("name", fold(report.full_name), str(report.birth_year))] if report.full_name and report.birth_year else []
    row.twin = next((seen[key] for key in keys if key in seen), "")
    for key in keys:
        seen.setdefault(key, row.place)


def _row(number: int, cells: tuple[str, ...], columns: Mapping[str, int], readers: Readers) -> ListRow:
    said = {fact: clean_text(cells[at]) if at < len(cells) else "" for fact, at in columns.items()}
    reading = _RowReading(said, readers)
    report = reading.report()
    # A list that was made of another system's file says of each row where it stood there.
    place = said.get("place", "").removeprefix("row ") or str(number)
    return ListRow(number, place, cells, None if reading.faults else report, reading.faults)


class _RowReading:
    """Reads the cells of one row; every fault is told, not only the first."""

    def __init__(self, said: Mapping[str, str], readers: Readers) -> None:
        self.said = said
        self.readers = readers
        self.faults: list[str] = []

    def report(self) -> CaseReport | None:
        read = self.readers
        document = self._with(read.document, self.said.get("document", ""))
        full_name = self._line("full_name") or (document[1] if document else "")
        phone = self._phone()
        if not phone and not full_name and not self.faults:
            self.faults.append(_("Thiếu cả họ tên và số điện thoại."))
        sampled_on, sampled_time = self._sampled()
        onset_on = self._day("onset_on", _("Ngày khởi phát"))
        isolated_at = self._instant("isolated_at", _("Ngày cách ly"))
        symptoms, others = symptoms_of(self.said.get("symptoms", "")) if self._says("symptoms") else ((), [])
        lab = self._lab(sampled_time)
        disease, unit = self._disease(), self._unit()
        birth_year = self._birth_year() or (document[2] if document else None)
        if self.faults or sampled_on is None:
            return None
        note = "; ".join([text for text in (self._line("note"), ", ".join(others)) if text])
        return CaseReport(
            phone, disease, unit, sampled_on, onset_on, isolated_at, note, full_name, birth_year,
            document[0] if document else None, symptoms, self._line("isolated_where"), self._line("address"), lab,
        )  # fmt: skip

    def _says(self, fact: str) -> bool:
        return not says_nothing(self.said.get(fact, ""))

    def _line(self, fact: str) -> str:
        text = " ".join(self.said.get(fact, "").split())
        if len(text) > LONGEST[fact]:
            self.faults.append(_("Một ô dài quá %(most)s ký tự.") % {"most": LONGEST[fact]})
        return text

    def _with(self, read: Callable[[str], Read], text: str) -> Read | None:
        try:
            return read(text)
        except ValueError as refused:
            self.faults.append(str(refused))
            return None

    def _phone(self) -> str:
        """A spreadsheet takes a number for one and drops its first 0."""
        typed = self.said.get("phone", "") if self._says("phone") else ""
        if re.fullmatch(r"[35789]\d{8}", typed, re.ASCII):
            typed = f"0{typed}"
        return self._with(self.readers.phone, typed) or ""

    def _day(self, fact: str, name: str) -> dt.date | None:
        if not self._says(fact):
            return None
        try:
            day = read_day(self.said[fact], self.readers.now.date())
        except DayUnreadable:
            self.faults.append(_("%(name)s «%(text)s» không phải là ngày.") % {"name": name, "text": self.said[fact]})
            return None
        if day > self.readers.now.date():
            self.faults.append(_("%(name)s ở tương lai.") % {"name": name})
        return day

    def _instant(self, fact: str, name: str) -> dt.datetime | None:
        day = self._day(fact, name)
        if day is None:
            return None
        time = read_instant(self.said[fact], self.readers.now.date())[1] or dt.time()
        return dt.datetime.combine(day, time, LOCAL)

    def _sampled(self) -> tuple[dt.date | None, dt.time | None]:
        name = _("Ngày lấy mẫu")
        if not self._says("sampled_on"):
            self.faults.append(_("Thiếu ngày lấy mẫu."))
            return None, None
        day = self._day("sampled_on", name)
        return day, read_instant(self.said["sampled_on"], self.readers.now.date())[1] if day else None

    def _lab(self, sampled_time: dt.time | None) -> LabReport:
        kind = kind_of(self.said["lab_kind"]) if self._says("lab_kind") else SampleKind.PCR
        result = result_of(self.said["result"]) if self.said.get("result", "").strip() else LabOutcome.POSITIVE
        if kind is None:
            self.faults.append(_("Không hiểu loại xét nghiệm «%(text)s».") % {"text": self.said["lab_kind"]})
        if result is None:
            self.faults.append(_("Không hiểu kết quả «%(text)s».") % {"text": self.said["result"]})
        elif result != LabOutcome.POSITIVE:
            self.faults.append(_("Kết quả không phải là dương tính, nên không ghi nhận thành ca bệnh."))
        resulted_at = self._instant("resulted_at", _("Ngày có kết quả"))
        ct = self._ct()
        return LabReport(
            kind or "", sampled_time, resulted_at, self._line("laboratory") if self._says("laboratory") else "", ct
        )

    def _ct(self) -> Decimal | None:
        if not self._says("ct"):
            return None
        try:
            ct = Decimal(self.said["ct"].replace(",", ".")).quantize(Decimal("0.1"))
        except InvalidOperation:
            ct = Decimal(-1)
        if not 0 <= ct <= MOST_CT:
            self.faults.append(_("Giá trị Ct phải từ 0 đến %(most)s.") % {"most": MOST_CT})
            return None
        return ct

    def _birth_year(self) -> int | None:
        text = self.said.get("birth", "")
        if says_nothing(text):
            return None
        years = re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text, re.ASCII)
        year = int(years[0]) if len(years) == 1 else 0
        if not FIRST_YEAR <= year <= self.readers.now.year:
            self.faults.append(_("Năm sinh «%(text)s» không đúng.") % {"text": text})
            return None
        return year

    def _disease(self) -> Disease:
        text = self.said.get("disease", "")
        if text and fold(text) not in self.readers.diseases:
            self.faults.append(_("Không có bệnh «%(text)s» trong danh mục.") % {"text": text})
        return self.readers.diseases.get(fold(text), self.readers.disease)

    def _unit(self) -> Unit:
        text = self.said.get("commune", "")
        if text and fold(text) not in self.readers.communes:
            self.faults.append(_("Không có phường, xã «%(text)s» trong địa bàn của bạn.") % {"text": text})
        return self.readers.communes.get(fold(text), self.readers.unit)
