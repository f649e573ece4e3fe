"""Visits put on disk day by day, as the ledger would: the other form of an index of the same visits."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np

from dauchan.epi import MISSING, VisitColumns, VisitIndex, open_segment, write_segment
from tests.epi import oracle


def columns_of(stays: Sequence[oracle.Stay], imputed: Sequence[bool] | None = None) -> VisitColumns:
    person, venue, entered, left = np.array(stays, np.int64).reshape(-1, 4).T
    return VisitColumns(person, venue, entered, left, imputed=None if imputed is None else np.array(imputed, np.bool_))


def raw_columns(visits: Sequence[oracle.Visit], stay: int) -> VisitColumns:
    table = [(row.person, row.venue, row.entered, MISSING if row.left is None else row.left) for row in visits]
    person, venue, entered, left = np.array(table, np.int64).reshape(-1, 4).T
    return VisitColumns(person, venue, entered, left, stay / 60)


def segmented(
    folder: Path,
    visits: Sequence[oracle.Visit],
    stay: int,
    in_tail: Sequence[bool],
    ends_later: Sequence[int],
    days_before: int | None = None,
) -> VisitIndex:
    """The visits as an index over segments: those `in_tail` beside them, the others sealed with an end that is `ends_later`
    seconds too late and was corrected since; made after one of so many of the days and of half the tail.
    """
    closed = oracle.close_stays(list(visits), stay)
    sealed = [place for place in range(len(visits)) if not in_tail[place]]
    keys = [closed[place][:3] for place in sealed]
    wrong = {place for place in sealed if ends_later[place] and keys.count(closed[place][:3]) == 1}
    days: list[tuple[date, list[int]]] = [
        (day, list(places))
        for day, places in groupby(
            sorted(sealed, key=lambda place: closed[place].entered),
            key=lambda place: oracle.local_date(closed[place].entered),
        )
    ]
    for day, places in days:
        written = [
            closed[place]._replace(left=closed[place].left + (ends_later[place] if place in wrong else 0))
            for place in places
        ]
        write_segment(folder / str(day), day, columns_of(written, [visits[place].left is None for place in places]), {})
    segments = [open_segment(folder / str(day), verify=True) for day, _ in days]
    changed = sorted(wrong)
    # What the tail lacks is imputed by the index from all entries, in segments too.
    tail = raw_columns([visits[place] for place in range(len(visits)) if in_tail[place]], stay)
    before = None
    if days_before is not None:
        half = tail.where(np.arange(len(tail)) < len(tail) // 2)
        before = VisitIndex.from_segments(segments[:days_before], half)
    return VisitIndex.from_segments(
        segments,
        tail,
        columns_of([closed[place] for place in changed], [visits[place].left is None for place in changed]),
        before=before,
    )
