"""Contacts of another system from a file, as `dauchan import contacts` takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.exchange.interop.records import Told
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

MOST_ROWS = 100_000


@dataclass(frozen=True)
class Report:
    """What an import kept, or would keep.

    Attributes:
        counts: contacts in the file, taken, refused, of other cases, faults of the file.
        lines: one for each row that was not taken.
    """

    counts: dict[str, int]
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return ", ".join(f"{name}: {count}" for name, count in self.counts.items())


def contacts_imported(source: Path, case: str, by: str, of_case: str, *, dry_run: bool) -> Report:
    """Starts the database where it does not run."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    def say(line: str) -> None:
        click.echo(line, err=True)

    with database_running(environment(), say), translation.override("en"):
        return _imported(source, *_case_for(case, by), of_case, dry_run=dry_run)


def _imported(source: Path, case: Case, officer: Officer, of_case: str, *, dry_run: bool) -> Report:
    from dauchan.exchange.interop.taking_contacts import check_contacts, number_of, take_contacts
    from dauchan.tracing.errors import TracingRefused

    told = _told(source)
    number = of_case or number_of(case, told.contacts)
    take = check_contacts if dry_run else take_contacts
    try:
        rows = take(case, officer, told.contacts, number, told.system)
    except TracingRefused as refused:
        raise click.ClickException(str(refused.message)) from refused
    refused_rows = [one for one in rows if one.fault and not one.is_of_another]
    counts = {
        "contacts": len(rows),
        "taken": sum(not one.fault for one in rows),
        "refused": len(refused_rows),
        "of_other_cases": sum(one.is_of_another for one in rows),
        "faults": len(told.faults),
    }
    lines = [f"{one.at}: {one.name} {one.text}: {one.reason.replace('_', ' ')}" for one in told.faults]
    return Report(counts, lines + [f"{one.told.at}: {one.fault}" for one in refused_rows])


def _told(source: Path) -> Told:
    from django.utils import timezone

    from dauchan.exchange.interop.any_file import read_any
    from dauchan.exchange.interop.contact_list import read_contact_list
    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import WIDEST, rows_of_list

    content = source.read_bytes()
    try:
        told = read_any(content) or read_contact_list(rows_of_list(content, MOST_ROWS, WIDEST), timezone.localdate())
    except SheetUnreadable as unreadable:
        raise click.ClickException(f"{source.name} is neither a workbook nor text") from unreadable
    if told is None or not told.contacts:
        raise click.ClickException(f"{source.name} has no contacts: names or phones, and days of the last contact")
    return told


def _case_for(code: str, username: str) -> tuple[Case, Officer]:
    from dauchan.tracing.access import access_cases
    from dauchan.tracing.models import Case
    from dauchan.units.errors import AccessRefused
    from dauchan.units.models import Officer

    try:
        officer = Officer.objects.get(username=username, is_active=True)
        return access_cases(officer).get(code=code), officer
    except (Officer.DoesNotExist, Case.DoesNotExist, AccessRefused) as refused:
        raise click.ClickException(f"{username} traces no case {code}") from refused
