"""A list of venues from a file, as `dauchan import venues` takes it: the same steps as on the officers' page."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from dauchan.project.progress import terminal_progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dauchan.exchange.venue_lists.models import VenueList
    from dauchan.units.models import Unit


@dataclass(frozen=True)
class Asked:
    """What the command was asked for.

    Attributes:
        area: code or name of the unit in which the venues must lie; the province where it is empty.
        kind: code of the kind of rows that state none.
        map_on: a day of the map of the list, as ISO text; empty to find out.
        twins: what becomes of rows that may be known: skip, merge, new; empty leaves them out.
        copy: where the copy with remarks is written.
    """

    area: str = ""
    kind: str = ""
    map_on: str = ""
    twins: str = ""
    approve: bool = False
    dry_run: bool = False
    copy: Path | None = None


@dataclass
class Report:
    """What an import did, or would do: counts, and a line for each row with a fault or a twin."""

    counts: dict[str, int]
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return ", ".join(f"{name}: {count}" for name, count in self.counts.items())


@contextmanager
def running() -> Iterator[None]:
    """The database, started where it does not run, and English sentences."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    with database_running(environment(), lambda line: click.echo(line, err=True)), translation.override("en"):
        yield


def venues_imported(source: Path, asked: Asked) -> Report:
    """Raises: click.ClickException with the reason where nothing was done."""
    with running():
        from django.db import transaction

        from dauchan.exchange.venue_lists.errors import ListRefused

        with transaction.atomic():
            try:
                report = _imported(source, asked)
            except ListRefused as refused:
                raise click.ClickException(str(refused.message)) from refused
            transaction.set_rollback(asked.dry_run)
            return report


def _imported(source: Path, asked: Asked) -> Report:
    from dauchan.exchange.venue_lists.checking import check
    from dauchan.exchange.venue_lists.copies import copy_of
    from dauchan.exchange.venue_lists.deciding import decide_all
    from dauchan.exchange.venue_lists.errors import NothingToKeep
    from dauchan.exchange.venue_lists.keeping import begin_keeping, keep
    from dauchan.exchange.venue_lists.taking_in import Options, choose, found_columns, hand_in

    taken = hand_in(source.read_bytes(), source.name, None, _unit(asked.area))
    options = Options(kind=asked.kind, map_on=asked.map_on, approve=asked.approve)
    with terminal_progress() as shown:
        task = shown.add_task("Checking", total=1)
        taken = check(
            choose(taken, found_columns(taken), options),
            lambda done, of: shown.update(task, completed=done, total=max(of, 1)),
        )
    if asked.twins:
        decide_all(taken, asked.twins)
    report = Report({"list": taken.pk, **taken.counts}, list(_lines(taken)))
    if not asked.dry_run:
        try:
            done = keep(begin_keeping(taken))
            report.counts = {"list": done.pk, **done.counts}
        except NothingToKeep:
            click.echo("No row to import.", err=True)
    if asked.copy:
        asked.copy.write_bytes(copy_of(taken, None)[0])
    return report


def _lines(taken: VenueList) -> Iterator[str]:
    from dauchan.exchange.venue_lists.copies import mark_of, names_of
    from dauchan.exchange.venue_lists.models import RowState

    rows = list(taken.rows.exclude(state=RowState.GOOD))
    names, numbers = names_of(rows), dict(taken.rows.values_list("position", "number"))
    for row in rows:
        sheet = taken.layout[row.sheet]["title"]
        yield f"{f'{sheet}, ' if sheet else ''}row {row.number}: {mark_of(row, names, numbers).text}"


def _unit(asked: str) -> Unit:
    from django.utils import timezone

    from dauchan.units.models import Unit, UnitLevel
    from dauchan.vietnamese import fold

    known = Unit.objects.valid_on(timezone.localdate())
    if not asked:
        found = list(known.filter(level=UnitLevel.PROVINCE))
    else:
        found = [unit for unit in known if asked == unit.code or fold(asked) in {fold(unit.full_name), fold(unit.name)}]
    if len(found) != 1:
        raise click.ClickException(f"{len(found)} units of today's map are called '{asked}'; give the code of one")
    return found[0]


def import_undone(list_id: int) -> Report:
    """Take a whole import back. Raises: click.ClickException."""
    with running():
        from dauchan.exchange.venue_lists.errors import ListRefused
        from dauchan.exchange.venue_lists.models import VenueList
        from dauchan.exchange.venue_lists.undoing import undo

        found = VenueList.objects.filter(pk=list_id).defer("content").first()
        if found is None:
            raise click.ClickException(f"there is no list {list_id}")
        try:
            done = undo(found, None)
        except ListRefused as refused:
            raise click.ClickException(str(refused.message)) from refused
        rows = done.rows.exclude(why="")
        why = Counter(rows.values_list("why", flat=True))
        lines = [f"row {row.number}: {row.why}" for row in rows]
        return Report({name: done.counts.get(name, 0) for name in ("removed", "closed", "stays")} | dict(why), lines)
