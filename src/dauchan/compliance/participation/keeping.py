"""Every night the days that are over are counted, while the ledger still knows them; a scan that comes late changes its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction
from django.utils import timezone

from dauchan.compliance.participation.models import AgencyDay
from dauchan.compliance.participation.queries import first_known_day, member_days
from dauchan.people.roster.models import Agency
from dauchan.screening.participation import DayState, counts_by_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dauchan.compliance.participation.queries import MemberDays

AGENCIES_AT_ONCE = 500


def keep_turnout(now: dt.datetime) -> int:
    """Count every day that the ledger holds whole and that is over, of every agency; older counts stand. Returns: how many days."""
    agencies = list(Agency.objects.filter(closed_at=None).order_by("pk").values_list("pk", flat=True))
    parts = (agencies[at : at + AGENCIES_AT_ONCE] for at in range(0, len(agencies), AGENCIES_AT_ONCE))
    return sum(_keep(part, now) for part in parts)


@transaction.atomic
def _keep(agency_ids: list[int], now: dt.datetime) -> int:
    """The days are counted anew: leave that was entered late may leave nobody due."""
    until = timezone.localdate(now)
    first = first_known_day(until)
    AgencyDay.objects.filter(agency__in=agency_ids, day__gte=first, day__lt=until).delete()
    found = AgencyDay.objects.bulk_create(_counted(member_days(agency_ids, first, until, now)), batch_size=2000)
    return len(found)


def _counted(days: MemberDays) -> Iterator[AgencyDay]:
    """A row for each agency and day on which somebody was due, once none of its shifts goes on."""
    for agency in np.unique(days.rosters.agency):
        counts = counts_by_day(days.states[days.rosters.agency == agency])
        for day, of_day in zip(days.days, counts, strict=True):
            due = of_day[DayState.SCANNED] + of_day[DayState.MISSED]
            if of_day[DayState.OPEN] or not due + of_day[DayState.UNVERIFIABLE]:
                continue
            scanned, unknown = int(of_day[DayState.SCANNED]), int(of_day[DayState.UNVERIFIABLE])
            yield AgencyDay(agency_id=int(agency), day=day, members=int(due), scanned=scanned, unverifiable=unknown)
