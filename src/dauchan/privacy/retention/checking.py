"""Whether anything is anywhere past its limit: tables by the inventory, days on disk, uploads nobody names, old logs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from dauchan.privacy.emptying import filled
from dauchan.privacy.inventory import data_inventory
from dauchan.tracing.follow_up.models import RetentionPurpose
from dauchan.tracing.follow_up.retention import days_kept
from dauchan.visits.partitions import midnight
from dauchan.visits.retention import first_kept_instant
from dauchan.visits.segments.shelf import own_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.privacy.inventory import Rule, Table

#: Rounds run once a night: what became too old since the last one is not left over.
A_NIGHT = dt.timedelta(days=1)
ORPHANS_KEPT = dt.timedelta(days=7)
LOGS_KEPT = dt.timedelta(days=30)
#: Rules whose days are dated reference data of a domain.
_DATED = {"follow-up": RetentionPurpose.FOLLOW_UP, "orders": RetentionPurpose.ORDERS}


@dataclass(frozen=True)
class LeftOver:
    """What is past its limit: *rows* of a table, or files of a place."""

    where: str
    rule: str
    rows: int


def limit_of(rule: Rule, now: dt.datetime) -> dt.datetime | None:
    """What began to count before this instant goes; None where the rule counts no days."""
    if rule.days is None:
        return None
    dated = _DATED.get(rule.code)
    days = days_kept(dated, timezone.localdate(now)) if dated else rule.days
    return now - dt.timedelta(days=days)


def left_over(now: dt.datetime) -> list[LeftOver]:
    """Everything past its limit since before last night."""
    inventory = data_inventory()
    found = []
    for table in inventory.tables.values():
        limit = limit_of(inventory.rules[table.retention], now)
        if limit is not None:
            found.append(LeftOver(table.name, table.retention, _rows_before(table, limit - A_NIGHT)))
    kept_from = first_kept_instant(now - A_NIGHT)
    days = sum(midnight(day) < kept_from for day in own_shelf().days())
    found += [
        LeftOver("segments", "ledger", days),
        LeftOver("uploads", "records", len(list(orphans(now - A_NIGHT)))),
        LeftOver("log", "jobs", len(list(old_logs(now - A_NIGHT)))),
    ]
    return [one for one in found if one.rows]


def condition(table: Table) -> str:
    """SQL of what a table's rule removes or empties, from `%(limit)s` on backwards."""
    said = f"{table.since} < %(limit)s"
    return f"{said} AND {filled(table, table.empties)}" if table.empties else said


def orphans(now: dt.datetime) -> Iterator[Path]:
    """Uploaded files that no row names any more, where they have been lying for a week."""
    root = Path(settings.MEDIA_ROOT)
    named = set(_named())
    for path in root.rglob("*") if root.is_dir() else ():
        if path.is_file() and str(path.relative_to(root)) not in named and _is_before(path, now - ORPHANS_KEPT):
            yield path


def old_logs(now: dt.datetime) -> Iterator[Path]:
    """Logs that were turned over and have not been written for a month."""
    folder = Path(settings.LOG_ROOT)
    return (path for path in folder.glob("*.1") if _is_before(path, now - LOGS_KEPT))


def _rows_before(table: Table, limit: dt.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {condition(table)}", {"limit": limit})  # noqa: S608 - the inventory's own words
        (rows,) = cursor.fetchone()
    return int(rows)


def _named() -> Iterator[str]:
    """The files that rows name."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's own name for it
            if isinstance(field, models.FileField):
                rows = model._default_manager.exclude(**{field.name: ""})  # noqa: SLF001 - same
                yield from filter(None, rows.values_list(field.name, flat=True))


def _is_before(path: Path, instant: dt.datetime) -> bool:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < instant
