"""The ledger as screening takes it: a day of scans at a time, so that a month needs no more memory than its fullest day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from dauchan.screening import Scans
from dauchan.visits.copying import read_rows, row_type, seconds_of
from dauchan.visits.partitions import midnight
from dauchan.visits.registry import AttemptReason, Source
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Int64s = NDArray[np.int64]

SQL = "dauchan.compliance.signs.sql"
EPOCH_2000 = np.datetime64("2000-01-01", "D")
ONE_DAY = dt.timedelta(days=1)


def scans_on(day: dt.date) -> Scans:
    """Every scan of a local day but for floods. Phones are told apart by who scanned, gates by their device."""
    parts = list(_copied("scans_of_day", 8, day, day, _scan_columns))
    return Scans(*(np.concatenate([part[at] for part in parts]) for at in range(8))) if parts else _no_scans()


def failed_scans(first: dt.date, last: dt.date) -> Iterator[tuple[Int64s, Int64s]]:
    """Venue and instant of scans whose code could not be read, from day to day, both included."""
    yield from _copied(
        "failed_scans", 2, first, last, lambda rows: (rows["v0"].astype(np.int64), seconds_of(rows["v1"]))
    )


def counts_of_days(first: dt.date, last: dt.date) -> Iterator[tuple[Int64s, NDArray[np.datetime64], Int64s]]:
    """Venue, local day and scans of it, from day to day, both included."""
    yield from _copied("counts_of_days", 3, first, last, _count_columns)


def _copied(
    block: str, columns: int, first: dt.date, last: dt.date, taken: Callable[[NDArray[np.void]], Any]
) -> Iterator[Any]:  # fmt: skip
    """What *taken* makes of every stretch of rows; the rows themselves are let go at once."""
    given = {"start": midnight(first), "end": midnight(last + ONE_DAY), "unreadable": int(AttemptReason.UNREADABLE)}
    sql = blocks("ledger.sql", SQL)[block]
    with connection.cursor() as cursor, cursor.copy(sql, given) as rows:
        for stretch in read_rows(rows, row_type([8] * columns)):
            yield taken(stretch)


def _scan_columns(rows: NDArray[np.void]) -> tuple[NDArray[Any], ...]:
    """In the order of `Scans`."""
    person, venue, device = (rows[name].astype(np.int64) for name in ("v0", "v1", "v3"))
    places = (np.ascontiguousarray(rows[name]).view(">f8").astype(np.float32) for name in ("v4", "v5", "v6"))
    return person, venue, seconds_of(rows["v2"]), *places, device, rows["v7"] == int(Source.GATE)


def _count_columns(rows: NDArray[np.void]) -> tuple[Int64s, NDArray[np.datetime64], Int64s]:
    venue, day, scans = (rows[f"v{at}"].astype(np.int64) for at in range(3))
    return venue, EPOCH_2000 + day.astype("timedelta64[D]"), scans


def _no_scans() -> Scans:
    whole, part = np.empty(0, np.int64), np.empty(0, np.float32)
    return Scans(whole, whole, whole, part, part, part, whole, np.empty(0, np.bool_))
