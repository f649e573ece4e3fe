"""Contacts of another system from a file, as `dauchan import contacts` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dauchan.project.import_reports import Report, content_of, in_words, nothing_kept, refused_with, unreadable
from dauchan.project.out_files import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dauchan.exchange.interop.records import Told
    from dauchan.exchange.interop.taking_contacts import Taken
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

MOST_ROWS = 100_000


def contacts_imported(source: Path, case: str, by: str, of_case: str, language: str, *, dry_run: bool) -> Report:
    """Starts the database where it does not run. Raises: click.ClickException where the file has no contacts."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    def say(line: str) -> None:
        click.echo(line, err=True)

    with database_running(environment(), say), translation.override(language):
        return _imported(source, *_case_for(case, by), of_case, dry_run=dry_run)


def _imported(source: Path, case: Case, officer: Officer, of_case: str, *, dry_run: bool) -> Report:
    from dauchan.exchange.interop.taking_contacts import check_contacts, number_of, take_contacts
    from dauchan.exchange.interop.words import said
    from dauchan.tracing.errors import TracingRefused

    told = _told(source)
    number = of_case or number_of(case, told.contacts)
    take = check_contacts if dry_run else take_contacts
    try:
        rows = take(case, officer, told.contacts, number, told.system)
    except TracingRefused as refused:
        raise refused_with(refused.message) from refused
    refused_rows = [one for one in rows if one.fault and not one.is_of_another]
    counts = {
        "contacts": len(rows),
        "taken": sum(not one.fault for one in rows),
        "refused": len(refused_rows),
        "of_other_cases": sum(one.is_of_another for one in rows),
        "faults": len(told.faults),
    }
    faults = [(one.at, said(one)) for one in told.faults]
    return Report(
        counts,
        _by_place([*faults, *((one.told.at, one.fault) for one in refused_rows)]),
        [*_others(rows), *_remarks(told), *([nothing_kept()] if dry_run else [])],
    )


def _others(rows: Iterable[Taken]) -> Iterator[str]:
    """That the file has contacts of other cases, and of which."""
    from dauchan.exchange.interop.taking_contacts import cases_told

    if names := names_in(cases_told(one.told for one in rows if one.is_of_another)):
        yield in_words(
            f"Left out as contacts of other cases: {names}", f"Không lấy vì là tiếp xúc của ca khác: {names}"
        )


def _by_place(faults: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each place, in the order of the file; a row may have several faults."""
    from dauchan.exchange.interop.words import place_of

    found: dict[str, list[str]] = {}
    for at, fault in faults:
        found.setdefault(at, []).append(fault.rstrip("."))

    def order(at: str) -> int:
        number = at.removeprefix("row ")
        return int(number) if number.isdecimal() else 0

    return [f"{place_of(at)}: {'. '.join(found[at])}." for at in sorted(found, key=order)]


def _remarks(told: Told) -> Iterator[str]:
    if told.passed_over:
        names = names_in(name for name, _count in told.passed_over.most_common())
        yield in_words(
            f"Not taken, though something stands there: {names}", f"Có nội dung nhưng không được lấy: {names}"
        )
    if not told.order.is_sure:
        yield in_words(
            "Nothing in the file tells whether 03/04 is 3 April: days were read with the day first.",
            "Tệp không cho biết 03/04 là ngày 3 tháng 4 hay ngày 4 tháng 3; ngày được hiểu là đứng trước tháng.",
        )


def _told(source: Path) -> Told:
    from django.utils import timezone

    from dauchan.exchange.interop.any_file import read_any
    from dauchan.exchange.interop.contact_list import read_contact_list
    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import WIDEST, rows_of_list

    content = content_of(source)
    try:
        told = read_any(content) or read_contact_list(rows_of_list(content, MOST_ROWS, WIDEST), timezone.localdate())
    except SheetUnreadable as refused:
        raise unreadable(source) from refused
    if told is None:
        raise click.ClickException(
            f"{source.name} has no headings for a name or phone and for the day of the last contact. / "
            f"{source.name} không có dòng tiêu đề gồm họ tên hoặc số điện thoại, và ngày tiếp xúc lần cuối."
        )
    if not told.contacts and not told.cases:
        raise click.ClickException(
            f"{source.name} has no contact below its headings. / {source.name} không có người tiếp xúc nào dưới dòng tiêu đề."
        )
    if not told.contacts:
        raise click.ClickException(
            f"{source.name} has no contacts; cases: {len(told.cases)}. / "
            f"{source.name} không có người tiếp xúc nào (có {len(told.cases)} ca bệnh)."
        )
    return told


def _case_for(code: str, username: str) -> tuple[Case, Officer]:
    from dauchan.tracing.access import access_cases
    from dauchan.tracing.models import Case
    from dauchan.units.errors import AccessRefused
    from dauchan.units.models import Officer

    officer = Officer.objects.filter(username=username, is_active=True).first()
    if officer is None:
        raise click.ClickException(f"There is no officer '{username}'. / Không có cán bộ '{username}'.")
    try:
        return access_cases(officer).get(code=code), officer
    except (Case.DoesNotExist, AccessRefused) as refused:
        raise click.ClickException(
            f"{username} traces no case {code}. / {username} không truy vết ca {code}."
        ) from refused
