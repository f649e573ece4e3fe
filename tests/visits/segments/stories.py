"""Arrivals at a ledger, in any order and as late as they like, and what a trace of the plain ledger finds in them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from dauchan.epi import Cases, TracePolicy, VisitIndex, trace
from dauchan.visits.partitions import midnight
from dauchan.visits.queries import visits_touching

TODAY = dt.date(2031, 5, 21)
NOW = dt.datetime(2031, 5, 21, 9, 0, tzinfo=dt.UTC)  # 16:00 in Viet Nam
DAYS_BACK = 5
QUARTER = dt.timedelta(minutes=15)
QUARTERS_A_DAY = 96
PACE = 32
POLICY = TracePolicy(min_overlap_minutes=10, tail_minutes=20, latent_period_hours=6, generations=3)

_CHECK_IN = """
INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, labels, source, assurance)
VALUES (%s, %s, %s, %s, %s, %s, %s, 1, 1) ON CONFLICT DO NOTHING
"""
_CHECK_OUT = """
INSERT INTO check_out (check_in_id, check_out_id, person_id, left_at, device_at, received_at, closed_by)
VALUES (%s, %s, %s, %s, %s, %s, 1) ON CONFLICT DO NOTHING
"""
_NUMBERS = count(1)


class Connection(Protocol):
    """Django's or psycopg's."""

    def cursor(self) -> Any: ...  # noqa: ANN401 theirs


@dataclass(frozen=True)
class CheckIn:
    """A row of check_in. `clock` is by how many days the identifier lies about its day."""

    number: int
    person: int
    venue: int
    entered_at: dt.datetime
    labels: int = 0
    clock: int = 0

    @property
    def check_in_id(self) -> uuid.UUID:
        at = self.entered_at + dt.timedelta(days=self.clock)
        return uuid.UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | self.number)

    @property
    def check_in(self) -> CheckIn:
        return self

    def land(self, at: Connection) -> None:
        with at.cursor() as cursor:
            given = [self.check_in_id, self.person, self.venue, *[self.entered_at] * 3, self.labels]
            cursor.execute(_CHECK_IN, given)


@dataclass(frozen=True)
class CheckOut:
    """A row of check_out."""

    number: int
    check_in: CheckIn
    person: int
    left_at: dt.datetime

    def land(self, at: Connection) -> None:
        own = uuid.UUID(int=self.check_in.check_in_id.int & ~0xFFFF | self.number)
        with at.cursor() as cursor:
            cursor.execute(_CHECK_OUT, [self.check_in.check_in_id, own, self.person, *[self.left_at] * 3])


def instants() -> st.SearchStrategy[dt.datetime]:
    """Quarters of an hour, so that ends and entries often touch; around midnight as often as not; not after now."""
    last = int((NOW - midnight(TODAY)) / QUARTER) - 1
    quarter = st.one_of(st.integers(-DAYS_BACK * QUARTERS_A_DAY, last), st.integers(-4, 3), st.integers(-100, -92))
    return quarter.map(lambda nth: midnight(TODAY) + nth * QUARTER)


@st.composite
def arrivals(draw: st.DrawFn, venues: list[int]) -> list[CheckIn | CheckOut]:
    """Check-ins and check-outs of a few people at a few venues, shuffled, some of them twice, a few floods among them."""
    label = st.sampled_from([0] * 12 + [PACE])
    clock = st.sampled_from([0] * 10 + [-9, 1, 700])
    visit = st.tuples(st.integers(1, 6), st.sampled_from(venues), instants(), label, clock)
    stays = st.sampled_from([None, None, 1, 2, 3, 8, 40, 110])
    rows: list[CheckIn | CheckOut] = []
    for row, stay in draw(st.lists(st.tuples(visit, stays), min_size=4, max_size=24)):
        entry = CheckIn(next(_NUMBERS) % 60_000, *row)
        rows.append(entry)
        if stay is not None:
            ends = draw(st.sampled_from([(stay,), (stay + 1, stay)]))
            rows += [
                CheckOut(nth, entry, entry.person, entry.entered_at + end * QUARTER) for nth, end in enumerate(ends)
            ]
    repeated = draw(st.lists(st.sampled_from(rows), max_size=3))
    return draw(st.permutations(rows + repeated))


def plain_index() -> VisitIndex:
    """Everything that the ledger keeps, read without any segment."""
    visits = visits_touching(midnight(TODAY - dt.timedelta(days=30)), NOW)
    return VisitIndex.from_arrays(
        visits.person, visits.venue, visits.entered, visits.left, default_stay_minutes=visits.stay_minutes
    )


def found(index: VisitIndex | None) -> pa.Table:
    """Contacts of everybody to three generations, and how many ends are imputed."""
    assert index is not None
    begin, end = midnight(TODAY - dt.timedelta(days=DAYS_BACK)), NOW
    people = list(range(1, 7))
    cases = Cases.from_arrays(people, [int(begin.timestamp())] * 6, [int(end.timestamp())] * 6)
    contacts = trace(index, cases, POLICY).contacts
    return contacts.append_column("imputed", pa.array(np.full(len(contacts), index.imputed)))


def tables_of(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]
