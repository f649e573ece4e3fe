"""A roster from a file, as `dauchan import roster` takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.people.roster.models import Agency

MOST_ROWS = 100_000


@dataclass(frozen=True)
class Report:
    """What an import changed, or would change.

    Attributes:
        counts: rows added, changed, same and with faults, members missing.
        faults: a line for each row that was not taken.
    """

    counts: dict[str, int]
    faults: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return ", ".join(f"{name}: {count}" for name, count in self.counts.items())


def roster_imported(source: Path, agency: str, copy: Path | None, *, others_left: bool, dry_run: bool) -> Report:
    """Starts the database where it does not run."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    def say(line: str) -> None:
        click.echo(line, err=True)

    with database_running(environment(), say), translation.override("en"):
        return _imported(source, agency, copy, others_left=others_left, dry_run=dry_run)


def _imported(source: Path, agency: str, copy: Path | None, *, others_left: bool, dry_run: bool) -> Report:
    from django.utils import timezone

    from dauchan.exchange.roster_copies import roster_copy
    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import rows_of_list
    from dauchan.people.roster.importing import keep_roster, outcome_of
    from dauchan.people.roster.roster_list import read_roster

    named = _agency(agency)
    try:
        content = source.read_bytes()
        rows = read_roster(rows_of_list(content, MOST_ROWS), timezone.localdate())
    except SheetUnreadable as unreadable:
        raise click.ClickException(f"{source.name} is neither a workbook nor text") from unreadable
    if not rows:
        raise click.ClickException(f"{source.name} has no row below headings for employee number and full name")
    good = any(row.entry for row in rows)
    if dry_run or not good:
        outcome = outcome_of(named, rows, timezone.localdate())
    else:
        outcome = keep_roster(named, rows, None, others_left=others_left)
    if copy:
        copy.write_bytes(roster_copy(content, rows, outcome)[0])
    faults = [f"row {row.number}: {' '.join(row.faults)}" for row in rows if row.faults]
    names = ("added", "changed", "same", "missing")
    return Report({name: len(getattr(outcome, name)) for name in names} | {"faults": len(faults)}, faults)


def _agency(asked: str) -> Agency:
    from dauchan.people.roster.models import Agency
    from dauchan.vietnamese import fold

    known = Agency.objects.filter(closed_at=None)
    found = list(
        known.filter(pk=asked) if asked.isascii() and asked.isdigit() else known.filter(search_key=fold(asked))
    )
    if len(found) != 1:
        raise click.ClickException(f"{len(found)} agencies are called '{asked}'; give the number of one")
    return found[0]
