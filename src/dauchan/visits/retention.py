"""Nothing stays in the ledger longer than its purpose needs: 21 local days, then the day's partition is dropped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from dauchan.units import audit
from dauchan.visits.partitions import DAYS_AHEAD, close_day, existing_days, local_day, midnight, open_days
from dauchan.visits.rules import RETENTION_DAYS
from dauchan.visits.segments.shelf import drop_day, own_shelf

__all__ = ["RETENTION_DAYS", "Purge", "first_kept_instant", "keep_house", "kept_days", "purge"]


@dataclass(frozen=True)
class Purge:
    """What a purge removed, or would remove.

    Attributes:
        kept_from: the first instant that is kept.
        days: local days whose partitions were dropped.
        check_ins: check-ins past the limit, with their check-outs.
        scan_attempts: failed scans past the limit.
        segments: days past the limit that this machine had on disk for tracing.
    """

    kept_from: datetime
    days: list[date]
    check_ins: int
    scan_attempts: int
    segments: int


def first_kept_instant(now: datetime) -> datetime:
    """The local midnight before which everything goes: today and the 21 days before it stay."""
    return midnight(local_day(now) - timedelta(days=RETENTION_DAYS))


def kept_days(now: datetime) -> list[date]:
    """The local days that are kept, today the last."""
    first, today = local_day(first_kept_instant(now)), local_day(now)
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def purge(now: datetime, *, dry_run: bool = False) -> Purge:
    """Remove everything past the retention period; with `dry_run` only say what that is."""
    kept_from = first_kept_instant(now)
    days = [day for day in existing_days() if midnight(day) < kept_from]
    shelf = own_shelf()
    segments = [day for day in shelf.days() if midnight(day) < kept_from]
    found = Purge(kept_from, days, *_count_before(kept_from), len(segments))
    if not dry_run:
        for day in segments:
            drop_day(shelf, day)
        for day in days:
            close_day(day, kept_from)
        _delete_before(kept_from)
        audit.record(None, "ledger.purged", "ledger", detail=_said(found))
    return found


def _said(found: Purge) -> dict[str, Any]:
    """For the log: what went, and that it was only what had to go."""
    return {
        "kept_from": found.kept_from.isoformat(),
        "days": [day.isoformat() for day in found.days],
        "check_ins": found.check_ins,
        "scan_attempts": found.scan_attempts,
        "segments": found.segments,
    }


def keep_house(now: datetime) -> Purge:
    """The nightly round: partitions for the days to come, then the purge."""
    today = local_day(now)
    open_days(today, today + timedelta(days=DAYS_AHEAD))
    return purge(now)


def _count_before(kept_from: datetime) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM check_in WHERE entered_at < %(t)s),"
            " (SELECT count(*) FROM scan_attempt WHERE attempted_at < %(t)s)",
            {"t": kept_from},
        )
        check_ins, scan_attempts = cursor.fetchone()
    return check_ins, scan_attempts


def _delete_before(kept_from: datetime) -> None:
    """Single rows that stand in younger partitions, or in the default one, because a device's clock was wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_delete_before(%s)", [kept_from])
        cursor.execute("DELETE FROM gate_quarantine WHERE scanned_at < %s OR received_at < %s", [kept_from, kept_from])
        cursor.execute("DELETE FROM gate_odd_event WHERE at < %s", [kept_from])
