"""Visits from a file, as `dauchan import visits` takes it: those the ledger can hold go in, the others are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import numpy as np

from dauchan.epi.errors import TableRefused
from dauchan.epi.tables import read_visits
from dauchan.project.import_reports import Report, in_words, nothing_kept, row_named
from dauchan.project.venue_files import running

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dauchan.epi.tables import VisitTable

NAMED_ROWS = 1000
_DAY = 86_400


def visits_imported(source: Path, language: str, *, dry_run: bool) -> Report:
    """Raises: click.ClickException where the file cannot be read."""
    try:
        table = read_visits(source)
    except TableRefused as refused:
        raise click.ClickException(f"{refused.english} / {refused.vietnamese}") from refused
    with running():
        from django.utils import translation

        with translation.override(language):
            return _imported(table, dry_run=dry_run)


def _imported(table: VisitTable, *, dry_run: bool) -> Report:
    from django.db import transaction

    from dauchan.units import audit
    from dauchan.visits.actions import load_visits

    why = _left_out(table)
    good = why == ""
    counts = {"rows": table.rows, "good": int(good.sum())}
    if not dry_run:
        columns = (table.person_id, table.venue_id, table.entered_at, table.left_at)
        with transaction.atomic():
            counts["new"] = load_visits(*(column[good] for column in columns))
            audit.record(None, "visits.imported", "ledger", detail={"rows": table.rows, "new": counts["new"]})
    counts["refused"] = table.rows - counts["good"]
    lines = [
        f"{row_named(each.row)}, {each.column}: {in_words(each.reason.english, each.reason.vietnamese)}"
        for each in table.refused
    ]
    lines += [f"{row_named(n)}: {reason}" for n, reason in zip(_numbers(table)[~good], why[~good], strict=True)]
    more = len(lines) - NAMED_ROWS
    rest = [in_words(f"and {more} more", f"và {more} dòng nữa")] if more > 0 else []
    return Report(counts, lines[:NAMED_ROWS] + rest, [nothing_kept()] if dry_run else [])


def _numbers(table: VisitTable) -> NDArray[np.int64]:
    """Of each visit the number of its row in the file."""
    return np.setdiff1d(np.arange(1, table.rows + 1), [each.row for each in table.refused])


def _left_out(table: VisitTable) -> NDArray[Any]:
    """Of each visit why it is left out, "" where it is not."""
    from django.utils import timezone

    from dauchan.people.models import Person
    from dauchan.venues.models import Venue
    from dauchan.visits.rules import RETENTION_DAYS

    now = int(timezone.now().timestamp())
    venues = list(Venue.objects.filter(pk__in=np.unique(table.venue_id).tolist()).values_list("pk", flat=True))
    people = list(Person.objects.filter(pk__in=np.unique(table.person_id).tolist()).values_list("pk", flat=True))
    return np.select(
        [
            ~np.isin(table.venue_id, venues),
            ~np.isin(table.person_id, people),
            table.entered_at > now,
            table.entered_at < now - RETENTION_DAYS * _DAY,
        ],
        [
            in_words("no such venue", "không có địa điểm này"),
            in_words("no such person", "không có người này"),
            in_words("in the future", "thời điểm trong tương lai"),
            in_words(f"more than {RETENTION_DAYS} days ago", f"đã quá {RETENTION_DAYS} ngày"),
        ],
        "",
    )
