"""A partition for every local day: opened ahead of time, dropped when retention says so."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from dauchan.vietnamese.dates import LOCAL

DAYS_AHEAD = 14
ONE_DAY = timedelta(days=1)


def local_day(instant: datetime) -> date:
    """The date in Viet Nam."""
    return instant.astimezone(LOCAL).date()


def midnight(day: date) -> datetime:
    """The instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)


def existing_days() -> list[date]:
    """The days that have a partition, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT day FROM ledger_day ORDER BY day")
        return [day for (day,) in cursor.fetchall()]


def open_days(first: date, last: date) -> list[date]:
    """Give each day from first to last, both included, its partition; answers those that had none.

    A transaction each, because opening a day locks the default partition for a moment.
    """
    there = set(existing_days())
    wanted = (first + ONE_DAY * n for n in range((last - first).days + 1))
    missing = [day for day in wanted if day not in there]
    for day in missing:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT ledger_open_day(%s)", [day])
    return missing


def close_day(day: date, kept_from: datetime) -> None:
    """Drop a day; rows in it that are younger than `kept_from`, by their corrected time, are kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for the scans under way, but never makes those that follow wait for long.
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute("SELECT ledger_close_day(%s, %s)", [day, kept_from])
