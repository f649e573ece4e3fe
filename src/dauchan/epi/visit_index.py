"""All visits of a period in two sorted copies: who was at a venue when, and where a person was when."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from dauchan.epi import sorting
from dauchan.epi.arrays import MISSING, Instants
from dauchan.epi.copies import Seconds, Visits, sorted_copies
from dauchan.epi.errors import VisitsRefused
from dauchan.epi.intervals import local_midnight
from dauchan.epi.segments import Segment
from dauchan.epi.visit_columns import VisitColumns, joined, with_changes

SPAN = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, eq=False)
class VisitIndex:
    """Visits, ready to be traced; made by `from_arrays` or `from_table` and never changed
    but for its scratch arrays.

    Attributes:
        visits: the sorted copies.
        person_ids, venue_ids: the identifiers of the dense numbers, ascending.
        person_left_imputed: bool, for each row of the by-person copy whether its end is imputed.
        imputed: how many visits had no check-out.
        origin: a local midnight, in seconds since the epoch, not after the first entry.
        horizon: the last instant of the visits, in seconds since the epoch.
        default_stay: seconds that were assumed for missing check-outs; None where each visit had its own.
        spare_places: arrays of `borrowed_places` that nobody uses now.
    """

    visits: Visits
    person_ids: NDArray[np.int64]
    venue_ids: NDArray[np.int64]
    person_left_imputed: NDArray[np.bool_]
    imputed: int
    origin: int
    horizon: int
    default_stay: int | None
    spare_places: "list[NDArray[np.int32]]" = field(default_factory=list, repr=False)

    @classmethod
    def from_arrays(
        cls,
        person_id: Instants,
        venue_id: Instants,
        entered_at: Instants,
        left_at: Instants,
        *,
        default_stay_minutes: "float | NDArray[Any]" = 60,
    ) -> Self:
        """Sort n visits into an index.

        Args:
            person_id: int64, shape (n,).
            venue_id: int64, shape (n,).
            entered_at: seconds since the epoch or timestamps (UTC), shape (n,).
            left_at: the same; null, NaN or NaT where the check-out is missing. It is then imputed as
                `min(entered_at + default stay, the same person's next later entered_at)`.
            default_stay_minutes: one number, or one per visit, shape (n,).

        Raises:
            VisitsRefused: unequal lengths, a missing entry, a stay that ends before it begins, or visits that lie more
                than 68 years apart.
        """
        columns = VisitColumns.from_arrays(person_id, venue_id, entered_at, left_at, stay_minutes=default_stay_minutes)
        return cls._sorted(columns)

    @classmethod
    def from_segments(
        cls, segments: Sequence[Segment], tail: VisitColumns | None = None, changed: VisitColumns | None = None
    ) -> Self:
        """Put days on disk and visits beside them into one index.

        Args:
            segments: local days, each once.
            tail: visits that no segment holds, of whatever day. Missing ends are imputed from all entries of the index.
            changed: visits of the segments (same person, venue and entry) whose end is another by now; the files stay
                as they are.

        Raises:
            VisitsRefused: a day comes twice, or no segment holds a changed visit, or its end is missing.
        """
        days = [segment.day for segment in segments]
        if len(set(days)) < len(days):
            raise VisitsRefused("a day comes twice among the segments", "có ngày xuất hiện hai lần trong các phân đoạn")
        sealed = joined([segment.pack.columns() for segment in segments])
        if changed is not None and len(changed):
            sealed = with_changes(sealed, changed)
        return cls._sorted(joined([sealed] if tail is None else [sealed, tail]), default_stay=None)

    @classmethod
    def from_table(cls, table: pa.Table, *, default_stay_minutes: ArrayLike = 60) -> Self:
        """Sort the visits of a table with the columns `person_id, venue_id, entered_at, left_at`; see `from_arrays`."""
        columns = (table.column(name) for name in ("person_id", "venue_id", "entered_at", "left_at"))
        return cls.from_arrays(*columns, default_stay_minutes=np.asarray(default_stay_minutes))

    @classmethod
    def _sorted(cls, columns: VisitColumns, *, default_stay: int | None = -1) -> Self:
        persons, venues, entered, left = columns.person, columns.venue, columns.entered, columns.left
        stay = columns.stay
        person_ids, person = sorting.dense(persons)
        venue_ids, venue = sorting.dense(venues)
        by_time = np.argsort(entered, kind="stable")
        person_start = sorting.counted(person, len(person_ids))
        by_person = sorting.grouped(person, person_start, by_time)
        missing = left == MISSING
        if missing.any():
            left = left.copy()
            each_stay = np.broadcast_to(stay, entered.shape)
            sorting.close_open_stays(by_person, person_start, entered, left, missing, each_stay)
        origin = local_midnight(int(entered.min())) if len(entered) else 0
        since = _since(origin, entered), _since(origin, left)
        venue_start = sorting.counted(venue, len(venue_ids))
        by_venue = sorting.grouped(venue, venue_start, by_time)
        return cls(
            visits=sorted_copies(person, venue, since, (person_start, by_person), (venue_start, by_venue)),
            person_ids=person_ids,
            venue_ids=venue_ids,
            person_left_imputed=columns.is_imputed[by_person],
            imputed=int(np.count_nonzero(columns.is_imputed)),
            origin=origin,
            horizon=int(left.max(initial=origin)),
            default_stay=None if default_stay is None or stay.ndim else int(stay),
        )

    def __len__(self) -> int:
        return len(self.visits.person_entered)

    @contextmanager
    def borrowed_places(self) -> Iterator[NDArray[np.int32]]:
        """An array of −1 with two columns per person, for one thread, to be given back as it was."""
        try:
            places = self.spare_places.pop()
        except IndexError:
            places = np.full((len(self.person_ids), 2), -1, np.int32)
        yield places
        self.spare_places.append(places)  # not after an error: it may have been left half used

    def person_number(self, person_id: int) -> int | None:
        """The dense number of a person; None for one without visits."""
        at = int(np.searchsorted(self.person_ids, person_id))
        return at if at < len(self.person_ids) and self.person_ids[at] == person_id else None

    def rows_of(self, person_id: int) -> slice:
        """The rows of a person in the by-person copy."""
        number = self.person_number(person_id)
        if number is None:
            return slice(0, 0)
        return slice(int(self.visits.person_start[number]), int(self.visits.person_start[number + 1]))


def _since(origin: int, instants: NDArray[np.int64]) -> Seconds:
    seconds = instants - origin
    if len(seconds) and int(seconds.max()) > SPAN:
        raise VisitsRefused(
            "the visits lie more than 68 years apart: one of the times is wrong",
            "các lượt ghé cách nhau hơn 68 năm: có thời điểm bị sai",
        )
    return seconds.astype(np.int32)
