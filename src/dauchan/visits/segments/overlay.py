"""What a day's segment lacks, has with another end or has too much, for the people who were read anew since it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dauchan.epi.segments import packs_with
from dauchan.epi.visit_columns import joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dauchan.epi import Segment, VisitColumns
    from dauchan.visits.arrays import Int64s


@dataclass(frozen=True, eq=False)
class Overlay:
    """How a day goes into an index.

    Attributes:
        segment: None where the segment cannot be used: it holds a visit that does not count any more (a late scan made it part of
            a flood), or two that differ in nothing but their end. All of the day is in `tail` then, until it is written anew.
        tail: visits beside the segment.
        changed: visits of the segment with the ends that they have now.
    """

    segment: Segment | None
    tail: VisitColumns
    changed: VisitColumns

    def __len__(self) -> int:
        return len(self.tail) + len(self.changed)

    @cached_property
    def corrected(self) -> Segment | None:
        """The segment with the ends of today, made once: days that nothing new has landed for cost nothing more."""
        if self.segment is None or not len(self.changed):
            return self.segment
        return replace(self.segment, pack=packs_with([self.segment], self.changed)[0])


def laid_over(segment: Segment, people: Int64s, visits: VisitColumns) -> Overlay:
    """The difference between a segment and what the ledger has of some people: *visits* are all that they have on that day."""
    before = _visits_in(segment, people)
    pairs = _paired(before, visits)
    if pairs is None:
        own = segment.pack.columns()
        rest = own.where(~np.isin(own.person, people))
        return Overlay(None, joined([rest, visits]), _nothing())
    was, now, new = pairs
    is_other = (before.left[was] != visits.left[now]) | (before.is_imputed[was] != visits.is_imputed[now])
    return Overlay(segment, visits.where(new), visits.where(_marked(now[is_other], len(visits))))


def whole(visits: VisitColumns) -> Overlay:
    """A day that has no segment."""
    return Overlay(None, visits, _nothing())


def _paired(before: VisitColumns, visits: VisitColumns) -> tuple[Int64s, Int64s, NDArray[np.bool_]] | None:
    """The places of the same visits in both, and which of the second are new; None where that cannot be told by who, where
    and when alone, or where one is missing from the second.
    """
    keys = np.concatenate([_keys(before), _keys(visits)])
    _, group = np.unique(keys, return_inverse=True)
    old, young = group[: len(before)], group[len(before) :]
    groups = int(group.max(initial=-1)) + 1
    counted, counted_now = np.bincount(old, minlength=groups), np.bincount(young, minlength=groups)
    if (counted > counted_now).any() or (counted_now[counted > 0] > 1).any():
        return None if not _are_same(before, visits) else _as_they_are(before, visits)
    place = np.full(groups, -1, np.int64)
    place[old] = np.arange(len(before))
    known = place[young] >= 0
    return place[young][known], np.flatnonzero(known), ~known


def _are_same(before: VisitColumns, visits: VisitColumns) -> bool:
    return len(before) == len(visits) and np.array_equal(np.sort(_full_keys(before)), np.sort(_full_keys(visits)))


def _as_they_are(before: VisitColumns, visits: VisitColumns) -> tuple[Int64s, Int64s, NDArray[np.bool_]]:
    was, now = np.argsort(_full_keys(before)), np.argsort(_full_keys(visits))
    return was, now, np.zeros(len(visits), np.bool_)


def _keys(visits: VisitColumns) -> NDArray[np.void]:
    return _table((visits.person, visits.venue, visits.entered))


def _full_keys(visits: VisitColumns) -> NDArray[np.void]:
    return _table((visits.person, visits.venue, visits.entered, visits.left, visits.is_imputed.astype(np.int64)))


def _table(columns: tuple[Int64s, ...]) -> NDArray[np.void]:
    table = np.empty(len(columns[0]), [(f"c{n}", np.int64) for n in range(len(columns))])
    for n, column in enumerate(columns):
        table[f"c{n}"] = column
    return table


def _marked(places: Int64s, length: int) -> NDArray[np.bool_]:
    marks = np.zeros(length, np.bool_)
    marks[places] = True
    return marks


def _visits_in(segment: Segment, people: Int64s) -> VisitColumns:
    """What a segment holds of some people."""
    pack = segment.pack
    if not len(people) or not len(pack.person_ids):
        return _nothing()
    place = np.minimum(np.searchsorted(pack.person_ids, people), len(pack.person_ids) - 1)
    numbers = place[pack.person_ids[place] == people]
    first, after = pack.person_start[numbers].astype(np.int64), pack.person_start[numbers + 1].astype(np.int64)
    start = np.concatenate([[0], np.cumsum(after - first)])
    rows = np.arange(start[-1]) + np.repeat(first - start[:-1], after - first)
    part = replace(
        pack,
        person_ids=pack.person_ids[numbers],
        person_start=start.astype(np.int32),
        by_person=pack.by_person[rows],
        imputed=pack.imputed[rows],
    )
    return part.columns()


def _nothing() -> VisitColumns:
    return joined([])
