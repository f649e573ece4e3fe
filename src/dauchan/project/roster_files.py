"""A roster from a file, as `dauchan import roster` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dauchan.project.import_reports import (
    Report,
    columns_left,
    content_of,
    in_words,
    nothing_kept,
    row_named,
    unreadable,
)
from dauchan.project.out_files import check_copy, names_in

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.people.roster.models import Agency
    from dauchan.people.roster.roster_list import RosterRow

MOST_ROWS = 100_000


def roster_imported(
    source: Path, agency: str, copy: Path | None, language: str, *, others_left: bool, dry_run: bool
) -> Report:
    """Starts the database where it does not run. Raises: click.ClickException where the file is no roster."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    def say(line: str) -> None:
        click.echo(line, err=True)

    with database_running(environment(), say), translation.override(language):
        return _imported(source, agency, copy, others_left=others_left, dry_run=dry_run)


def _imported(source: Path, agency: str, copy: Path | None, *, others_left: bool, dry_run: bool) -> Report:
    from django.utils import timezone

    from dauchan.exchange.roster_copies import roster_copy
    from dauchan.people.roster.importing import keep_roster, outcome_of

    named, content = _agency(agency), content_of(source)
    check_copy(copy, source, content)
    rows, headings = _read(source, content)
    if dry_run or not any(row.entry for row in rows):
        outcome = outcome_of(named, rows, timezone.localdate())
    else:
        outcome = keep_roster(named, rows, None, others_left=others_left)
    if copy:
        copy.write_bytes(roster_copy(content, rows, outcome)[0])
    faults = [f"{row_named(row.number)}: {' '.join(row.faults)}" for row in rows if row.faults]
    remarks = [f"{row_named(row.number)}: {' '.join(row.remarks)}" for row in rows if row.remarks]
    if headings:
        remarks.append(columns_left(headings))
    if outcome.missing:
        remarks.append(_missing(len(outcome.missing), others_left=others_left))
    if dry_run:
        remarks.append(nothing_kept())
    counts = {kind: len(getattr(outcome, kind)) for kind in ("added", "changed", "same", "missing")}
    return Report(counts | {"faults": len(faults)}, faults, remarks)


def _read(source: Path, content: bytes) -> tuple[list[RosterRow], str]:
    """The rows of a roster, and the headings of which nothing is taken. Raises: click.ClickException."""
    from django.utils import timezone

    from dauchan.exchange.sheets import SheetUnreadable
    from dauchan.exchange.workbooks import rows_of_list
    from dauchan.people.roster.roster_list import columns_not_taken, read_roster

    try:
        table = rows_of_list(content, MOST_ROWS)
        rows = read_roster(table, timezone.localdate())
    except SheetUnreadable as refused:
        raise unreadable(source) from refused
    if rows is None:
        raise click.ClickException(
            f"{source.name} has no headings for employee number and full name. / "
            f"{source.name} không có dòng tiêu đề gồm mã nhân viên và họ tên."
        )
    if not rows:
        raise click.ClickException(
            f"{source.name} has no row below its headings. / {source.name} không có dòng nào dưới dòng tiêu đề."
        )
    return rows, names_in(columns_not_taken(table))


def _missing(count: int, *, others_left: bool) -> str:
    if others_left:
        return in_words(
            f"{count} members stand in no row: they have left.",
            f"{count} người không có trong tệp: được coi là đã nghỉ.",
        )
    return in_words(
        f"{count} members stand in no row and stay members; with --others-left they have left.",
        f"{count} người không có trong tệp vẫn được giữ; thêm --others-left nếu họ đã nghỉ.",
    )


def _agency(asked: str) -> Agency:
    from dauchan.people.roster.models import Agency
    from dauchan.vietnamese import fold

    known = Agency.objects.filter(closed_at=None)
    found = list(
        known.filter(pk=asked) if asked.isascii() and asked.isdigit() else known.filter(search_key=fold(asked))
    )
    if len(found) != 1:
        like = found or [one for one in known if fold(asked) in one.search_key] or list(known)
        names = names_in(f"{one.pk} {one.name}" for one in like)
        raise click.ClickException(
            f"{len(found)} agencies are called '{asked}'; give the number of one / "
            f"có {len(found)} cơ quan tên '{asked}'; hãy ghi số của cơ quan: {names}"
        )
    return found[0]
