"""Writes to the ledger other than the door's: visits from a file, a simulation or another system, by the million."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection, transaction

from dauchan.visits.arrays import MISSING, check_in_ids
from dauchan.visits.copying import HEADER, TRAILER, row_type, timestamps_of
from dauchan.visits.errors import ArraysDoNotMatch
from dauchan.visits.partitions import open_days
from dauchan.visits.registry import Assurance, Closer, Source
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dauchan.visits.arrays import Int64s

ROWS_AT_ONCE = 200_000
_UTC_TO_LOCAL = 7 * 3600  # Viet Nam has had no summer time since long before the ledger begins
_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_STAGED = row_type([16, 8, 8, 8, 8, 8])


def load_visits(
    person: Int64s,
    venue: Int64s,
    entered: Int64s,
    left: Int64s,
    *,
    source: Source = Source.IMPORTED,
    assurance: Assurance = Assurance.CLAIMED,
    received: int | None = None,
) -> int:
    """Put visits into the ledger. Loading the same visit twice changes nothing: its identifier follows from its facts.

    Args:
        person: person ids, int64 of shape (n,).
        venue: venue ids, the same shape.
        entered: seconds since the epoch.
        left: the same; `MISSING` where the end is not known. An end before the entry counts as not known.
        source: where they come from.
        assurance: how sure we are of the persons.
        received: when they came in, seconds since the epoch; without it each came in at its own time.

    Returns:
        How many were new.

    Raises:
        ArraysDoNotMatch: the arrays differ in length.
    """
    if not len(person) == len(venue) == len(entered) == len(left):
        raise ArraysDoNotMatch
    if not len(person):
        return 0
    _open_days_of(entered)
    words = {"source": int(source), "assurance": int(assurance), "closed_by": int(Closer.VISITOR)}
    new = 0
    for start in range(0, len(person), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        new += _load(_staged(person[part], venue[part], entered[part], left[part], received), words)
    return new


def _open_days_of(entered: Int64s) -> None:
    for day in np.unique((entered + _UTC_TO_LOCAL) // _DAY).tolist():
        local = date.fromordinal(_EPOCH_DAY + day)
        open_days(local, local)


def _staged(person: Int64s, venue: Int64s, entered: Int64s, left: Int64s, received: int | None) -> NDArray[np.void]:
    ids = check_in_ids(person, venue, entered)
    rows = np.empty(len(person), _STAGED)
    rows["columns"] = 6
    for n, width in enumerate((16, 8, 8, 8, 8, 8)):
        rows[f"n{n}"] = width
    rows["v0"], rows["v0b"] = ids[:, 0], ids[:, 1]
    rows["v1"], rows["v2"] = person, venue
    rows["v3"] = timestamps_of(entered)
    rows["v4"] = timestamps_of(np.where(left < entered, MISSING, left))
    rows["v5"] = rows["v3"] if received is None else timestamps_of(np.array([received]))[0]
    return rows


def _load(rows: NDArray[np.void], words: dict[str, int]) -> int:
    named = blocks("queries.sql")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(named["stage"])
        with cursor.copy(named["copy_stage"]) as copy:
            copy.write(HEADER + rows.tobytes() + TRAILER)
        cursor.execute(named["load_check_ins"], words)
        new: int = cursor.rowcount
        cursor.execute(named["load_check_outs"], words)
        cursor.execute("DROP TABLE loaded_visit")
    return new
