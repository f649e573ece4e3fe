"""Member days of agencies, derived from the ledger when they are asked for; and the kept counts of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from django.db.models import Case, F, FloatField, Max, Q, Sum, When
from django.db.models.functions import Cast, NullIf

from dauchan.compliance.participation.models import AgencyDay
from dauchan.people.roster.queries import Rosters, rosters_of
from dauchan.screening.participation import DayState, States, participation
from dauchan.units.working_days import working_calendar
from dauchan.visits.partitions import midnight
from dauchan.visits.rules import RETENTION_DAYS
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from dauchan.people.roster.models import Agency

_SQL = "dauchan.compliance.participation.sql"
#: Shares are told of no agency with fewer people due: with fewer, a share is about persons.
SMALLEST_AGENCY = 10
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, eq=False)
class MemberDays:
    """Attributes:
    rosters: whose days they are.
    first: of the days.
    states: `DayState` of each member on each day, shape (n, days).
    """

    rosters: Rosters
    first: dt.date
    states: States

    @property
    def days(self) -> list[dt.date]:
        return [self.first + ONE_DAY * n for n in range(self.states.shape[1])]


def first_known_day(today: dt.date) -> dt.date:
    """The first day of which the ledger still holds every scan."""
    return today - dt.timedelta(days=RETENTION_DAYS)


def member_days(agency_ids: Sequence[int], first: dt.date, until: dt.date, now: dt.datetime) -> MemberDays:
    """Who of the agencies scanned at work on the days of [first, until); in six queries, however many they are."""
    rosters = rosters_of(agency_ids, first, until)
    who, at = _scans(agency_ids, rosters, first, until)
    days = (until - first).days
    calendar = working_calendar(first, until)
    states = participation(rosters.staff, calendar, who, at, first, days, int(now.timestamp()))
    return MemberDays(rosters, first, states)


def _scans(
    agency_ids: Sequence[int], rosters: Rosters, first: dt.date, until: dt.date
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    # An overnight shift begins before its midnight at the earliest, and ends on the next day.
    given: dict[str, Any] = {
        "agencies": list(agency_ids),
        "start": midnight(first - ONE_DAY),
        "end": midnight(until + ONE_DAY),
    }
    with connection.cursor() as cursor:
        cursor.execute(blocks("queries.sql", _SQL)["member_scans"], given)
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    order = np.argsort(rosters.member)
    place = np.searchsorted(rosters.member, found[:, 0], sorter=order)
    # Somebody who left before the first day may still have scanned.
    known = place < len(order)
    known[known] = rosters.member[order[place[known]]] == found[known, 0]
    return order[place[known]], found[known, 1]


@dataclass(frozen=True)
class Turnout:
    """Member days that are over: how many were due and verifiable, how many of them scanned, how many nobody can verify."""

    due: int = 0
    scanned: int = 0
    unverifiable: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; None where none was due, which is not the same as 0."""
        return self.scanned / self.due if self.due else None

    @property
    def percent(self) -> int | None:
        """Rounded down: 100 says that nobody was missing."""
        return 100 * self.scanned // self.due if self.due else None


def turnout_of(states: States) -> Turnout:
    counts = np.bincount(states.ravel(), minlength=len(DayState))
    scanned, missed = int(counts[DayState.SCANNED]), int(counts[DayState.MISSED])
    return Turnout(scanned + missed, scanned, int(counts[DayState.UNVERIFIABLE]))


def agencies_by_share(agencies: QuerySet[Agency], first: dt.date, until: dt.date) -> QuerySet[Agency]:
    """*agencies* with `due`, `scanned`, `unverifiable`, `most` (members on one day) and `share` of the kept days, worst first.

    An agency with too few members has no `share`, and comes last: its counts are not to be shown.
    """
    on = Q(days__day__gte=first, days__day__lt=until)
    counted = agencies.annotate(
        due=Sum("days__members", filter=on, default=0),
        scanned=Sum("days__scanned", filter=on, default=0),
        unverifiable=Sum("days__unverifiable", filter=on, default=0),
        most=Max("days__members", filter=on, default=0),
    )
    share = Cast(F("scanned"), FloatField()) / NullIf(Cast(F("due"), FloatField()), 0.0)
    told = Q(most__gte=SMALLEST_AGENCY)
    return counted.annotate(share=Case(When(told, then=share), default=None)).order_by(
        F("share").asc(nulls_last=True), "sort_key", "pk"
    )


def whole_turnout(agencies: QuerySet[Agency]) -> Turnout:
    """Of all that have a `share`: a total that held the small ones too would give them away by subtraction."""
    told = agencies.filter(most__gte=SMALLEST_AGENCY).order_by()  # type: ignore[misc]  # annotated above
    sums = told.aggregate(all_due=Sum("due"), all_scanned=Sum("scanned"), all_unverifiable=Sum("unverifiable"))
    return Turnout(sums["all_due"] or 0, sums["all_scanned"] or 0, sums["all_unverifiable"] or 0)


def kept_days(agency: Agency, first: dt.date, until: dt.date) -> list[AgencyDay]:
    """The counts that are kept of an agency, in the order of the days."""
    return list(AgencyDay.objects.filter(agency=agency, day__gte=first, day__lt=until))
