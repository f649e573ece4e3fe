"""A hamlet's list, row by row: who gets a card, and which rows cannot be taken and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.people.holders import Holder
from dauchan.vietnamese import clean_text, fold
from dauchan.web.cards.typed import birth_year_typed
from dauchan.web.layout.fields import phone_typed

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 1000
LONGEST_NAME = 100
LONGEST_ADDRESS = 200

#: Headings as people write them, folded.
HEADINGS = {
    "name": {"ho ten", "ho va ten", "ten", "ho ten chu the", "nguoi giu the", "full name", "name"},
    "year": {
        "nam sinh",
        "ngay sinh",
        "ngay thang nam sinh",
        "sinh nam",
        "year of birth",
        "birth year",
        "date of birth",
    },
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "dien thoai nguoi than", "so nguoi than", "phone", "mobile"},
    "address": {"dia chi", "noi o", "thon", "to dan pho", "thon, to dan pho", "thon/to", "address"},
}
USUAL_ORDER = ("name", "year", "phone", "address")


@dataclass(frozen=True)
class Row:
    """One line of the list: the number people see beside it, and either a holder or what is wrong."""

    number: int
    cells: tuple[str, ...]
    holder: Holder | None = None
    fault: str = ""


@dataclass(frozen=True)
class HolderList:
    rows: list[Row] = field(default_factory=list)
    is_cut: bool = False

    @property
    def holders(self) -> list[Holder]:
        return [row.holder for row in self.rows if row.holder]

    @property
    def faults(self) -> list[Row]:
        return [row for row in self.rows if row.fault]


def read_list(rows: Sequence[Sequence[str]]) -> HolderList:
    """Every row that is not empty, in order. Columns are known by their headings, else name, year, phone, address."""
    columns, first = _columns_of(rows)
    read: list[Row] = []
    seen: dict[tuple[str, int | None], int] = {}
    for number, cells in enumerate(rows, start=1):
        if number <= first or not any(cell.strip() for cell in cells):
            continue
        read.append(_read_row(number, cells, columns, seen))
    return HolderList(read[:MOST_ROWS], is_cut=len(read) > MOST_ROWS)


def _columns_of(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each fact stands, and how many rows there are up to the heading."""
    for number, cells in enumerate(rows[:10], start=1):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            name = next((name for name, words in HEADINGS.items() if fold(cell) in words), None)
            if name:
                found.setdefault(name, at)
        if "name" in found:
            return found, number
    numbered = [cells for cells in rows if any(cells)]
    shift = (
        1 if numbered and all(cells[0].strip().isdigit() for cells in numbered) else 0
    )  # a column of running numbers
    return {name: at + shift for at, name in enumerate(USUAL_ORDER)}, 0


def _read_row(
    number: int, cells: Sequence[str], columns: dict[str, int], seen: dict[tuple[str, int | None], int]
) -> Row:
    kept = tuple(cells)
    try:
        holder = _holder({name: cells[at] if at < len(cells) else "" for name, at in columns.items()})
    except forms.ValidationError as refused:
        return Row(number, kept, fault=" ".join(refused.messages))
    key = (fold(holder.full_name), holder.birth_year)
    if key in seen:
        return Row(number, kept, fault=_("Trùng họ tên và năm sinh với dòng %(row)s.") % {"row": seen[key]})
    seen[key] = number
    return Row(number, kept, holder)


def _holder(cells: dict[str, str]) -> Holder:
    name = " ".join(clean_text(cells["name"]).split())
    if not name:
        raise forms.ValidationError(_("Thiếu họ và tên."))
    if len(name) > LONGEST_NAME:
        raise forms.ValidationError(_("Họ và tên dài quá 100 ký tự."))
    if not any(letter.isalpha() for letter in name):
        raise forms.ValidationError(_("Họ và tên phải có chữ. Hãy kiểm tra thứ tự các cột."))
    phone = clean_text(cells.get("phone", ""))
    return Holder(
        full_name=name,
        birth_year=birth_year_typed(cells.get("year", ""), timezone.localdate().year),
        phone=phone_typed(phone, landline=True) if phone else "",
        address=" ".join(clean_text(cells.get("address", "")).split())[:LONGEST_ADDRESS],
    )
