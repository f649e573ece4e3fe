"""The kept counts of venues by day, as columns: what screening and charts are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from dauchan.compliance.models import CountedDay
from dauchan.visits.copying import read_rows, row_type
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from datetime import date, datetime

    from numpy.typing import NDArray

_ROW = row_type([8] * 5)


@dataclass(frozen=True, eq=False)
class VenueDays:
    """Counts of venues on days; columns of one length, in no particular order. A venue without a scan on a day has no row for it.

    Attributes:
        venue_id: int64.
        day: datetime64[D], local days.
        scans: int32, check-ins without floods.
        people: int32, different people among them.
        failed: int32, scans of the venue's code that became no check-in.
    """

    venue_id: NDArray[np.int64]
    day: NDArray[np.datetime64]
    scans: NDArray[np.int32]
    people: NDArray[np.int32]
    failed: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.venue_id)


def counts_between(first: date, last: date) -> VenueDays:
    """The counts of all venues on the days from first to last, both included; read row by row, held as 28 bytes each.

    Days that were not counted have no rows either: `counted_days` tells them from quiet ones.
    """
    given = {"first": first, "last": last}
    with (
        connection.cursor() as cursor,
        cursor.copy(blocks("days.sql", "dauchan.compliance.sql")["counts_between"], given) as rows,
    ):
        parts = [_narrow(part) for part in read_rows(rows, _ROW)] or [_narrow(np.empty(0, _ROW))]
    return VenueDays(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def counted_days(first: date, last: date) -> dict[date, datetime]:
    """The days from first to last, both included, that have been counted, and as of when."""
    return dict(CountedDay.objects.filter(day__range=(first, last)).values_list("day", "counted_at"))


def _narrow(rows: NDArray[np.void]) -> tuple[NDArray[Any], ...]:
    small = (rows[name].astype(np.int32) for name in ("v2", "v3", "v4"))
    return (rows["v0"].astype(np.int64), rows["v1"].astype(np.int64).astype("datetime64[D]"), *small)
