"""All visits of a period, ready to be traced: who was at a venue when, and where a person was when."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from dauchan.epi.arrays import Instants
from dauchan.epi.bins import Bins
from dauchan.epi.corrections import ended
from dauchan.epi.crowds import DayVisits, day_visits
from dauchan.epi.errors import VisitsRefused
from dauchan.epi.numbering import Numbering
from dauchan.epi.packing import Int32s, Pack, packed, with_ends
from dauchan.epi.policy import TracePolicy
from dauchan.epi.records import NOWHERE
from dauchan.epi.segments import Segment, packs_with
from dauchan.epi.spans import Spans, rows_of_person, side_by_side
from dauchan.epi.visit_columns import Int64s, VisitColumns

PERSON_STAY = np.dtype([("venue", np.int32), ("entered", np.int64), ("left", np.int64), ("imputed", np.bool_)])
"""A visit of one person: the venue's dense number, instants in seconds since the index's origin."""


@dataclass(frozen=True, slots=True, eq=False)
class VisitIndex:
    """Visits, ready to be traced; made by `from_arrays`, `from_table` or `from_segments` and never changed
    but for its scratch arrays.

    Attributes:
        packs: the visits, in memory or mapped.
        spans: the same as the loops read them.
        venue_ids: the identifiers of the dense numbers of venues, ascending.
        people: all people.
        people_of_days: those of the segments, for the next index.
        imputed: how many visits have an imputed end.
        origin: a local midnight, in seconds since the epoch, not after the first entry.
        horizon: the last instant of the visits, in seconds since the epoch.
        default_stay: seconds that were assumed for missing check-outs; None where that is not known, or differs by visit.
        spare_places: arrays of `borrowed_place` that nobody uses now.
        spare_bins: room of a sweep that nobody uses now.
        last_tails: `tails` of the policy that asked last.
        counted_days: `day_visits`, once somebody has asked for it.
    """

    packs: Sequence[Pack]
    spans: Spans
    venue_ids: Int64s
    people: Numbering
    people_of_days: Numbering
    imputed: int
    origin: int
    horizon: int
    default_stay: int | None
    spare_places: list[Int32s] = field(default_factory=list, repr=False)
    spare_bins: list[Bins] = field(default_factory=list, repr=False)
    last_tails: list[tuple[TracePolicy, Int32s]] = field(default_factory=list, repr=False)
    counted_days: list[DayVisits] = field(default_factory=list, repr=False)

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
            VisitsRefused: unequal lengths, a missing entry, a stay that ends before it begins, visits that lie more
                than 68 years apart, or a stay of months among millions of people.
        """
        visits = VisitColumns.from_arrays(person_id, venue_id, entered_at, left_at, stay_minutes=default_stay_minutes)
        stay = None if visits.stay.ndim else int(visits.stay)
        packs = packed(with_ends(visits))
        return cls._of(packs, [], Numbering.of(packs), stay)

    @classmethod
    def from_table(cls, table: pa.Table, *, default_stay_minutes: ArrayLike = 60) -> Self:
        """Sort the visits of a table with the columns `person_id, venue_id, entered_at, left_at`; see `from_arrays`."""
        columns = (table.column(name) for name in ("person_id", "venue_id", "entered_at", "left_at"))
        return cls.from_arrays(*columns, default_stay_minutes=np.asarray(default_stay_minutes))

    @classmethod
    def from_segments(
        cls,
        segments: Sequence[Segment],
        tail: VisitColumns | None = None,
        changed: VisitColumns | None = None,
        *,
        before: Self | None = None,
    ) -> Self:
        """Put days on disk and visits beside them into one index.

        Args:
            segments: local days, each once.
            tail: visits that no segment holds, of whatever day. Missing ends are imputed from all entries of the index.
            changed: visits of the segments (same person, venue and entry) whose end is another by now; the files stay
                as they are.
            before: an index that has most of the segments, opened once: then this costs what the tail costs, not what the days do.

        Raises:
            VisitsRefused: a day comes twice, no segment holds a changed visit, or its end is missing.
            SegmentDamaged: a changed segment has been written anew since it was opened.
        """
        if len({segment.day for segment in segments}) < len(segments):
            raise VisitsRefused("a day comes twice among the segments", "có ngày xuất hiện hai lần trong các phân đoạn")
        packs = packs_with(segments, changed)
        is_covered = before is not None and before.people_of_days.covers(packs)
        people = before.people_of_days.with_packs(packs) if before and is_covered else Numbering.of(packs)
        return cls._of(packs, [] if tail is None else packed(ended(tail, packs)), people, None)

    @classmethod
    def _of(cls, days: Sequence[Pack], tail: Sequence[Pack], people: Numbering, default_stay: int | None) -> Self:
        packs = sorted([*days, *tail], key=lambda each: each.layout.start)
        origin = packs[0].layout.start if packs else 0
        everybody = people.with_packs(packs)
        spans, venue_ids = side_by_side(packs, origin, everybody)
        return cls(
            packs,
            spans,
            venue_ids,
            everybody,
            people,
            imputed=sum(each.imputed_visits for each in packs),
            origin=origin,
            horizon=max((each.reach for each in packs), default=origin),
            default_stay=default_stay,
        )

    @property
    def person_ids(self) -> Int64s:
        """The identifiers of people by number."""
        return self.people.ids

    def __len__(self) -> int:
        return sum(len(each) for each in self.packs)

    @contextmanager
    def borrowed_place(self) -> Iterator[Int32s]:
        """`NOWHERE` for all people, for one thread, to be given back as it was: filling it for a million people costs more than a trace."""
        try:
            place = self.spare_places.pop()
        except IndexError:
            place = np.full(len(self.person_ids), NOWHERE, np.int32)
        yield place
        self.spare_places.append(place)  # not after an error: it may have been left half used

    def tails(self, policy: TracePolicy) -> Int32s:
        """How long the air of each venue counts after a source has left, in seconds, by dense number."""
        for asked, known_tails in self.last_tails:  # other threads may ask by another policy meanwhile
            if asked is policy:
                return known_tails
        tails = np.full(len(self.venue_ids), policy.tail, np.int32)
        venues = np.fromiter(policy.tail_minutes_by_venue, np.int64)
        seconds = np.round(np.fromiter(policy.tail_minutes_by_venue.values(), np.float64) * 60)
        at = np.searchsorted(self.venue_ids, venues)
        known = at < len(self.venue_ids)
        known[known] = self.venue_ids[at[known]] == venues[known]
        tails[at[known]] = seconds[known]
        self.last_tails[:] = [(policy, tails)]
        return tails

    def day_visits(self) -> DayVisits:
        """How many visits every venue had on every day."""
        if not self.counted_days:
            self.counted_days.append(day_visits(self.spans))
        return self.counted_days[0]

    def person_number(self, person_id: int) -> int | None:
        """The dense number of a person; None for one without visits."""
        number = int(self.people.numbers_of(np.array([person_id]))[0])
        return None if number == NOWHERE else number

    def stays_of(self, person_id: int) -> NDArray[Any]:
        """The visits of a person as records of `PERSON_STAY`, by entry."""
        number = self.person_number(person_id)
        if number is None:
            return np.empty(0, PERSON_STAY)
        stays = [self._stays_in(span, number) for span in range(len(self.packs))]
        together = np.concatenate(stays)
        return together[np.argsort(together["entered"], kind="stable")]

    def _stays_in(self, span: int, number: int) -> NDArray[Any]:
        pack, rows = self.packs[span], slice(*rows_of_person(self.spans, number, span))
        entered, stay, venue = pack.layout.fields(pack.by_person[rows])
        stays = np.empty(len(entered), PERSON_STAY)
        stays["entered"] = entered - self.origin
        stays["left"] = stays["entered"] + stay
        stays["venue"] = self.spans.venues[self.spans.venues_at[span] + venue]
        stays["imputed"] = pack.imputed[rows]
        return stays
