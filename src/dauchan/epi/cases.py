"""Index cases: who was infectious from when to when."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dauchan.epi.arrays import MISSING, Instants, identifiers_of, seconds_of
from dauchan.epi.errors import VisitsRefused
from dauchan.epi.intervals import merged


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Infectious periods [from, to) in seconds since the epoch, three arrays of one length.

    A person who has several rows is one index case with several periods.
    """

    person_id: NDArray[np.int64]
    infectious_from: NDArray[np.int64]
    infectious_to: NDArray[np.int64]

    @classmethod
    def from_arrays(cls, person_id: Instants, infectious_from: Instants, infectious_to: Instants) -> Self:
        """Cases from arrays of identifiers and of epoch seconds or timestamps (UTC), each of shape (k,).

        Raises:
            VisitsRefused: unequal lengths, a missing instant or a period that ends before it begins.
        """
        persons = identifiers_of(person_id, "person_id")
        starts = seconds_of(infectious_from, "infectious_from")
        ends = seconds_of(infectious_to, "infectious_to")
        if not len(persons) == len(starts) == len(ends):
            raise VisitsRefused("the columns of the cases differ in length", "các cột ca bệnh có độ dài khác nhau")
        if (starts == MISSING).any() or (ends == MISSING).any():
            raise VisitsRefused(
                "a case has no infectious_from or infectious_to", "có ca bệnh thiếu infectious_from hoặc infectious_to"
            )
        if (ends < starts).any():
            raise VisitsRefused(
                "an infectious period ends before it begins", "có thời kỳ lây nhiễm kết thúc trước khi bắt đầu"
            )
        return cls(persons, starts, ends)

    @classmethod
    def from_table(cls, table: pa.Table) -> Self:
        """Cases from the columns `person_id`, `infectious_from`, `infectious_to` of a table."""
        return cls.from_arrays(*(table.column(name) for name in ("person_id", "infectious_from", "infectious_to")))

    def periods(self) -> dict[int, list[tuple[int, int]]]:
        """The infectious periods of each person, disjoint and in order, persons by ascending id."""
        rows = zip(self.person_id.tolist(), self.infectious_from.tolist(), self.infectious_to.tolist(), strict=True)
        written: dict[int, list[tuple[int, int]]] = {}
        for person, start, end in sorted(rows):
            written.setdefault(person, []).append((start, end))
        return {person: merged(periods) for person, periods in written.items()}
