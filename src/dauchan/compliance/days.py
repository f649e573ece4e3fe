"""Counting the days of the ledger: today again every few minutes, an earlier day again where something has landed for it.

Nothing is counted when a scan comes in: the door would pay for it at every scan, and people do not add up from one scan to
the next (docs/decisions/0016-counted-by-jobs.md).
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection, transaction

from dauchan.compliance.counting import NOWHERE, DayCounts, Doors, counted
from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.units.models import Unit
from dauchan.visits.copying import HEADER, TRAILER, row_type
from dauchan.visits.partitions import ONE_DAY, local_day, midnight
from dauchan.visits.retention import kept_days
from dauchan.visits.segments.late import current_snapshot, late_for
from dauchan.visits.segments.whole_day import failed_scans, people_and_venues
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from dauchan.visits.arrays import Int64s

SQL = blocks("days.sql", "dauchan.compliance.sql")
ROLLUP: Final[dict[str, int]] = json.loads(files("dauchan.compliance").joinpath("rollup.json").read_text("utf-8"))
_LOCK = 7257
_STAGED = row_type([8, 8, 8, 8])


def count_recent(now: datetime) -> list[date]:
    """Today, yesterday where it is due, and days that were never counted; answers those that were counted."""
    today = local_day(now)
    return _count(now, lambda day, known: day == today or known is None or (day == today - ONE_DAY and is_due(known)))


def count_late(now: datetime) -> list[date]:
    """Every kept day that is due; answers those that were counted."""
    return _count(now, lambda _day, known: known is None or is_due(known))


def is_due(known: CountedDay) -> bool:
    """Whether a day was last counted before it was over, or something has landed for it since."""
    return (
        known.counted_at < midnight(known.day + ONE_DAY)
        or bool(len(late_for(known.day, known.seen)))
        or _has_other_failures(known.day)
    )


def _count(now: datetime, wanted: Callable[[date, CountedDay | None], bool]) -> list[date]:
    done: list[date] = []
    with _alone():
        known = CountedDay.objects.filter(home=_home()).in_bulk()
        for day in reversed(kept_days(now)):
            if wanted(day, known.get(day)):
                count_day(day, now)
                done.append(day)
    return done


def count_day(day: date, now: datetime) -> None:
    """Count a day as it is now. Only for a day that the ledger has: of an older one all that is known are its counts."""
    if day not in kept_days(now):
        return
    seen = current_snapshot()  # before the reading: what lands meanwhile makes the day due again
    levels = _levels(day)
    doors = _doors(day, levels)
    counts = counted(*people_and_venues(day), doors, [len(units) for units in levels])
    with transaction.atomic():
        _put_venues(day, doors, counts)
        _put_units(day, levels, counts)
        CountedDay.objects.update_or_create(day=day, defaults={"seen": seen, "home": _home(), "counted_at": now})


def forget_days(now: datetime) -> int:
    """Remove the counts past the time they are kept; how many rows."""
    today = local_day(now)
    venues, _ = VenueDay.objects.filter(day__lt=today - timedelta(days=ROLLUP["venue_days_kept"])).delete()
    first = today - timedelta(days=ROLLUP["unit_days_kept"])
    units, _ = UnitDay.objects.filter(day__lt=first).delete()
    CountedDay.objects.filter(day__lt=first).delete()
    return venues + units


def _has_other_failures(day: date) -> bool:
    """Failed scans bear no number of their transaction, and are few: they are counted again instead."""
    venues, failed = failed_scans(day)
    rows = VenueDay.objects.filter(day=day, failed__gt=0).order_by("venue_id").values_list("venue_id", "failed")
    known = np.array(list(rows), np.int64).reshape(-1, 2)
    there = np.isin(venues, known[:, 0])
    return bool((~there).any()) or not np.array_equal(np.column_stack([venues, failed]), known)


def _levels(day: date) -> list[list[Unit]]:
    """The units of the day's map, those of each level apart: no two of a level overlap."""
    levels: dict[int, list[Unit]] = {}
    for unit in Unit.objects.valid_on(day).order_by("pk"):
        levels.setdefault(unit.path.count("."), []).append(unit)
    return [levels[depth] for depth in sorted(levels)]


def _doors(day: date, levels: list[list[Unit]]) -> Doors:
    with connection.cursor() as cursor:
        cursor.execute(SQL["doors"], {"day": day})
        rows = cursor.fetchall()
    venue = np.array([row[0] for row in rows], np.int64)
    failing, times = failed_scans(day)
    failed = np.zeros(len(venue), np.int64)
    known = np.isin(failing, venue)
    failed[np.searchsorted(venue, failing[known])] = times[known]
    return Doors(
        venue,
        np.array([row[2] for row in rows], np.bool_),
        np.array([row[3] for row in rows], np.bool_),
        failed,
        [_units_of([row[1] for row in rows], units) for units in levels],
    )


def _units_of(paths: list[str], units: list[Unit]) -> Int64s:
    """Where in *units* of one level each of the paths lies."""
    place = {unit.path: n for n, unit in enumerate(units)}
    depth = units[0].path.count(".") + 1
    return np.array([place.get(".".join(path.split(".")[:depth]), NOWHERE) for path in paths], np.int64)


def _put_venues(day: date, doors: Doors, counts: DayCounts) -> None:
    used = (counts.doors.scans > 0) | (doors.failed > 0)
    rows = np.zeros(int(used.sum()), _STAGED)
    rows["columns"] = 4
    columns = (doors.venue, counts.doors.scans, counts.doors.people, doors.failed)
    for n, column in enumerate(columns):
        rows[f"n{n}"], rows[f"v{n}"] = 8, column[used]
    with connection.cursor() as cursor:
        cursor.execute(SQL["stage_venues"])
        with cursor.copy(SQL["copy_venues"]) as copy:
            copy.write(HEADER + rows.tobytes() + TRAILER)
        cursor.execute(SQL["drop_venues"], {"day": day})
        cursor.execute(SQL["put_venues"], {"day": day})
        cursor.execute("DROP TABLE counted_venue")


def _put_units(day: date, levels: list[list[Unit]], counts: DayCounts) -> None:
    is_settled = CountedDay.objects.filter(day=day, counted_at__gte=midnight(day + ONE_DAY)).exists()
    names = ("registered", "new", "active", "scans", "people", "failed")
    given: dict[str, Any] = {
        name: [number for level in counts.levels for number in getattr(level, name).tolist()] for name in names
    }
    given |= {"day": day, "unit_id": [unit.pk for units in levels for unit in units], "is_settled": is_settled}
    with connection.cursor() as cursor:
        cursor.execute(SQL["drop_units"], given)
        cursor.execute(SQL["put_units"], given)


def _home() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_here()")
        return str(cursor.fetchone()[0])


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else counts meanwhile: the nightly round waits for the one of every few minutes, and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
