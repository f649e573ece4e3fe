"""People from a file of another system, as `dauchan import people` takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from dauchan.project.import_reports import Report, content_of, in_words, nothing_kept, row_named, unreadable
from dauchan.project.venue_files import running
from dauchan.vietnamese import PhoneRefused, clean_text, read_phone
from dauchan.vietnamese.headings import columns_of
from dauchan.vietnamese.legacy import from_legacy, spelling_of_column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_ROWS = 1_000_000
LONGEST_NAME, LONGEST_ADDRESS = 100, 200
#: Ids that a column of the ledger and a JavaScript number hold.
IDS = range(1, 2**53)
HEADINGS: dict[str, set[str]] = {
    "person_id": {"person id", "personid", "id", "ma nguoi"},
    "full_name": {"ho ten", "ho va ten", "ten", "full name", "name"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "phone", "phone number", "mobile"},
    "birth": {"nam sinh", "ngay sinh", "year of birth", "birth year", "date of birth"},
    "address": {"dia chi", "noi o", "address"},
}


@dataclass
class _Row:
    number: int
    person_id: int | None = None
    full_name: str = ""
    phone: str = ""
    birth_year: int | None = None
    address: str = ""
    faults: list[str] = field(default_factory=list)


def people_imported(source: Path, purpose: str, language: str, *, dry_run: bool) -> Report:
    """Raises: click.ClickException where the file is no list."""
    with running():
        from django.db import transaction
        from django.utils import translation

        from dauchan.units import audit

        with translation.override(language), transaction.atomic():
            rows = _rows_of(source)
            new, known = _kept(rows)
            counts = {"added": new, "known": known, "faults": sum(bool(row.faults) for row in rows)}
            audit.record(None, "people.imported", "people", purpose=purpose, detail=counts)
            transaction.set_rollback(dry_run)
            lines = [f"{row_named(row.number)}: {'; '.join(row.faults)}" for row in rows if row.faults]
            return Report(counts, lines, [nothing_kept()] if dry_run else [])


def _rows_of(source: Path) -> list[_Row]:
    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import sheets_of_file

    try:
        sheets = sheets_of_file(content_of(source), MOST_ROWS)
    except SheetUnreadable as refused:
        raise unreadable(source) from refused
    rows = _rows(sheets[0].rows if sheets else [])
    if rows is None:
        raise click.ClickException(
            f"{source.name} has no headings for a name and a phone or a person_id. / "
            f"{source.name} không có dòng tiêu đề gồm họ tên và điện thoại hoặc person_id."
        )
    if len(rows) > MOST_ROWS:
        raise click.ClickException(
            f"{source.name} has more than {MOST_ROWS} rows; divide it. / {source.name} có hơn {MOST_ROWS} dòng; hãy chia nhỏ tệp."
        )
    return rows


def _rows(cells: Sequence[Sequence[str]]) -> list[_Row] | None:
    columns, head = columns_of(cells, HEADINGS, ("full_name", "phone", "person_id"))
    if not columns:
        return None
    spellings = {at: spelling_of_column(row[at] for row in cells[head:] if at < len(row)) for at in columns.values()}
    rows = []
    for number, row in enumerate(cells[head:], start=head + 1):
        said = {fact: clean_text(from_legacy(row[at], spellings[at])) for fact, at in columns.items() if at < len(row)}
        if any(said.values()):
            rows.append(_row(number, said))
    return rows


def _row(number: int, said: dict[str, str]) -> _Row:
    row = _Row(number, full_name=" ".join(said.get("full_name", "").split()), address=said.get("address", ""))
    if phone := said.get("phone", ""):
        try:
            row.phone = read_phone(phone)
        except PhoneRefused as refused:
            row.faults.append(in_words(refused.reason.en, refused.reason.vi))
    if written := said.get("person_id", ""):
        row.person_id = int(written) if re.fullmatch(r"\d{1,16}", written, re.ASCII) else 0
        if row.person_id not in IDS:
            row.faults.append(
                in_words(
                    "person_id is no whole number from 1 to 2^53 - 1",
                    "person_id không phải số nguyên từ 1 đến 2^53 - 1",
                )
            )
    years = re.findall(r"(?<!\d)(?:18[89]|19\d|20\d)\d(?!\d)", said.get("birth", ""), re.ASCII)
    row.birth_year = int(years[0]) if len(years) == 1 else None
    if said.get("birth") and row.birth_year is None:
        row.faults.append(in_words("the year of birth cannot be read", "không đọc được năm sinh"))
    if not row.phone and not row.faults and row.person_id is None:
        row.faults.append(in_words("neither a phone nor a person_id", "không có điện thoại, cũng không có person_id"))
    if len(row.full_name) > LONGEST_NAME or len(row.address) > LONGEST_ADDRESS:
        row.faults.append(in_words("a cell is too long", "có ô quá dài"))
    return row


def _taken_by_another() -> str:
    return in_words(
        "the phone or the person_id is somebody else's here", "điện thoại hoặc person_id này ở đây là của người khác"
    )


def _kept(rows: Sequence[_Row]) -> tuple[int, int]:
    """Write down those whom nobody knows. Returns: how many, and how many were known."""
    from dauchan.people.models import Person
    from dauchan.people.told import ToldOf, identities_with_phones, people_told_of

    good = [row for row in rows if not row.faults]
    owners = {phone: one.person_id for phone, one in identities_with_phones({row.phone for row in good} - {""}).items()}
    taken = set(
        Person.objects.filter(pk__in=[row.person_id for row in good if row.person_id]).values_list("pk", flat=True)
    )
    new: list[_Row] = []
    known = 0
    for row in good:
        holder = owners.get(row.phone) if row.phone else None
        if row.person_id in taken or holder is not None:
            known += 1
            if row.phone and holder != row.person_id and row.person_id is not None:
                row.faults.append(
                    _taken_by_another() if holder else in_words("this person_id is taken", "person_id này đã có")
                )
            continue
        new.append(row)
        if row.phone:
            owners[row.phone] = row.person_id or -row.number
        taken |= {row.person_id} if row.person_id else set()
    told = [ToldOf(row.full_name, row.phone, birth_year=row.birth_year, address=row.address) for row in new]
    people_told_of(told, ids=[row.person_id for row in new])
    return len(new), known - sum(bool(row.faults) for row in good)
