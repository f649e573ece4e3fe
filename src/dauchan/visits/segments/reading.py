"""Visits of a day, or of some people on it, with their ends, as `dauchan.visits.queries` and the tracing engine would have them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from dauchan.epi import MISSING, VisitColumns
from dauchan.visits.arrays import VisitArrays
from dauchan.visits.partitions import ONE_DAY, midnight
from dauchan.visits.queries import copied, longest_usual_stay, visits_between, visits_from
from dauchan.visits.rules import PACE_MINUTES

if TYPE_CHECKING:
    from datetime import date, datetime

    from dauchan.visits.arrays import Int64s

MINUTE = 60
#: An identifier bears the time of its maker's clock: those that are wrong by more are looked for apart.
CLOCKS = timedelta(days=2)
_LAST_UUID = (1 << 128) - 1


def reach() -> timedelta:
    """How long after its entry another scan of the person may still decide where a visit ends: the longest usual stay, and the
    span of a flood that would make that scan count for nothing.
    """
    return longest_usual_stay() + timedelta(minutes=PACE_MINUTES)


def day_of_visits(day: date) -> VisitColumns:
    """All visits that began on a day, without floods, missing ends imputed: also by entries of the days after."""
    start, end = midnight(day), midnight(day + ONE_DAY)
    visits = visits_between(start, end)
    missing = visits.left == MISSING
    # Who might be ended by an entry after midnight: those whose usual stay reaches beyond it.
    beyond = missing & (visits.entered + visits.stay_minutes * MINUTE > int(end.timestamp()))
    if not beyond.any():
        return with_ends(visits, visits)
    people = np.unique(visits.person[beyond])
    return with_ends(visits, _joined(visits, visits_of_people(people, end, end + reach())))


def people_on(day: date, people: Int64s) -> VisitColumns:
    """The visits of some people that began on a day; for them the same as `day_of_visits`."""
    start, end = midnight(day), midnight(day + ONE_DAY)
    around = visits_of_people(people, start, end + reach())
    own = around.entered < int(end.timestamp())
    return with_ends(VisitArrays(*(column[own] for column in _columns(around))), around)


def visits_of_people(people: Int64s, start: datetime, end: datetime) -> VisitArrays:
    """As `visits_between`, for some people; the look-ups are a few for each of them, whatever the size of the days."""
    if not len(people):
        return VisitArrays(*(np.empty(0, np.int64) for _ in range(5)))
    given = {
        "people": people.tolist(),
        "start": start,
        "end": end,
        "low": first_identifier(start - CLOCKS),
        "high": first_identifier(end + CLOCKS),
    }
    return visits_from(copied("segments.sql", "visits_of_people", given, 5))


def first_identifier(instant: datetime) -> UUID:
    """The smallest identifier that bears this time."""
    return UUID(int=min(max(int(instant.timestamp() * 1000), 0) << 80, _LAST_UUID))


def with_ends(visits: VisitArrays, entries: VisitArrays) -> VisitColumns:
    """Visits whose missing ends are imputed by the usual stay and by the person's next later entry among *entries*."""
    missing = visits.left == MISSING
    left = visits.left.copy()
    usual = visits.entered[missing] + visits.stay_minutes[missing] * MINUTE
    left[missing] = np.minimum(usual, _next_entries(visits.person[missing], visits.entered[missing], entries))
    return VisitColumns(visits.person, visits.venue, visits.entered, left, visits.stay_minutes, missing)


def _next_entries(person: Int64s, entered: Int64s, entries: VisitArrays) -> Int64s:
    """When each person next entered anywhere after an instant; never, where they did not."""
    never = np.iinfo(np.int64).max
    if not len(person) or not len(entries):
        return np.full(len(person), never)
    order = np.lexsort((entries.entered, entries.person))
    people, first = np.unique(entries.person[order], return_index=True)
    rank, asked = np.searchsorted(people, entries.person[order]), np.searchsorted(people, person)
    origin = int(min(entries.entered.min(), entered.min()))
    span = int(max(entries.entered.max(), entered.max())) - origin + 1
    # One number for person and instant: two keys in one comparison.
    keys = rank * span + (entries.entered[order] - origin)
    place = np.searchsorted(keys, asked * span + (entered - origin), side="right")
    after = np.append(first[1:], len(order))
    found = place < after[asked]
    return np.where(found, entries.entered[order][np.minimum(place, len(order) - 1)], never)


def _joined(one: VisitArrays, other: VisitArrays) -> VisitArrays:
    return VisitArrays(*(np.concatenate(pair) for pair in zip(_columns(one), _columns(other), strict=True)))


def _columns(visits: VisitArrays) -> tuple[Int64s, ...]:
    return visits.person, visits.venue, visits.entered, visits.left, visits.stay_minutes
