"""Visits as plain columns: what segments are written from and what an index takes beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dauchan.epi.arrays import MISSING, Instants, identifiers_of, seconds_of
from dauchan.epi.errors import VisitsRefused

Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class VisitColumns:
    """n visits in any order, columns of one length.

    Attributes:
        person: int64, person ids.
        venue: int64, venue ids.
        entered: int64, seconds since the epoch.
        left: int64, the same; `MISSING` where nobody checked out.
        stay_minutes: the longest stay assumed where `left` is missing; one number, or one per visit.
        imputed: which of the given ends were imputed by whoever made the columns; None for none.

    Raises:
        VisitsRefused: unequal lengths, a missing entry, a stay that ends before it begins.
    """

    person: Int64s
    venue: Int64s
    entered: Int64s
    left: Int64s
    stay_minutes: "float | NDArray[Any]" = 60
    imputed: Bools | None = None

    def __post_init__(self) -> None:
        columns: list[NDArray[Any]] = [self.person, self.venue, self.entered, self.left]
        columns += [] if self.imputed is None else [self.imputed]
        columns += [] if np.ndim(self.stay_minutes) == 0 else [np.asarray(self.stay_minutes)]
        if len({len(column) for column in columns}) > 1:
            raise VisitsRefused("the columns of the visits differ in length", "các cột lượt ghé có độ dài khác nhau")
        if (self.entered == MISSING).any():
            raise rows_refused(self.entered == MISSING, "have no entered_at", "không có entered_at")
        inverted = (self.left != MISSING) & (self.left < self.entered)
        if inverted.any():
            raise rows_refused(inverted, "end before they begin", "kết thúc trước khi bắt đầu")

    @classmethod
    def from_arrays(
        cls,
        person_id: Instants,
        venue_id: Instants,
        entered_at: Instants,
        left_at: Instants,
        *,
        stay_minutes: "float | NDArray[Any]" = 60,
    ) -> Self:
        """Columns from NumPy or Arrow arrays of identifiers and of epoch seconds or timestamps (UTC)."""
        persons, venues = identifiers_of(person_id, "person_id"), identifiers_of(venue_id, "venue_id")
        return cls(persons, venues, seconds_of(entered_at, "entered_at"), seconds_of(left_at, "left_at"), stay_minutes)

    def __len__(self) -> int:
        return len(self.person)

    @property
    def stay(self) -> Int64s:
        """The longest stay assumed for a missing check-out in seconds; of no dimension where it is the same for all."""
        return np.round(np.asarray(self.stay_minutes, np.float64) * 60).astype(np.int64)

    @property
    def is_imputed(self) -> Bools:
        """For each visit whether its end is, or is to be, imputed."""
        missing: Bools = self.left == MISSING
        return missing if self.imputed is None else missing | self.imputed

    def where(self, chosen: Bools) -> Self:
        """The visits at which `chosen` is true."""
        stay = self.stay_minutes if np.ndim(self.stay_minutes) == 0 else np.asarray(self.stay_minutes)[chosen]
        imputed = None if self.imputed is None else self.imputed[chosen]
        return type(self)(
            self.person[chosen], self.venue[chosen], self.entered[chosen], self.left[chosen], stay, imputed
        )


def rows_refused(refused: Bools, english: str, vietnamese: str) -> VisitsRefused:
    """The refusal of visits, with the places of the first of them."""
    rows = np.flatnonzero(refused)
    numbers = ", ".join(str(row) for row in rows[:10]) + (", …" if len(rows) > 10 else "")  # noqa: PLR2004 — enough to find the mistake
    return VisitsRefused(
        f"{len(rows)} visits {english} (places in the arrays: {numbers})",
        f"{len(rows)} lượt ghé {vietnamese} (vị trí trong mảng: {numbers})",
    )


def joined(parts: Sequence[VisitColumns]) -> VisitColumns:
    """All visits of several columns."""
    if not parts:
        none = np.empty(0, np.int64)
        return VisitColumns(none, none, none, none)
    names = ("person", "venue", "entered", "left", "is_imputed")
    person, venue, entered, left, imputed = (np.concatenate([getattr(part, name) for part in parts]) for name in names)
    minutes = np.concatenate([np.broadcast_to(np.asarray(part.stay_minutes, np.float64), len(part)) for part in parts])
    return VisitColumns(person, venue, entered, left, minutes, imputed)


def with_changes(visits: VisitColumns, changed: VisitColumns) -> VisitColumns:
    """The visits with the ends that `changed` gives for the same person, venue and entry."""
    if (changed.left == MISSING).any():
        raise rows_refused(changed.left == MISSING, "have no end to change to", "không có giờ ra để thay")
    keys, asked = _keys(visits), _keys(changed)
    order = np.argsort(asked, kind="stable")
    at = np.minimum(np.searchsorted(asked[order], keys), len(asked) - 1)
    is_changed = asked[order][at] == keys
    unknown = ~np.isin(asked, keys)
    if unknown.any():
        raise rows_refused(unknown, "are in no segment", "không có trong phân đoạn nào")
    left = np.where(is_changed, changed.left[order][at], visits.left)
    imputed = np.where(is_changed, changed.is_imputed[order][at], visits.is_imputed)
    return VisitColumns(visits.person, visits.venue, visits.entered, left, visits.stay_minutes, imputed)


def _keys(visits: VisitColumns) -> NDArray[Any]:
    keys = np.empty(len(visits), [("person", np.int64), ("venue", np.int64), ("entered", np.int64)])
    keys["person"], keys["venue"], keys["entered"] = visits.person, visits.venue, visits.entered
    return keys
