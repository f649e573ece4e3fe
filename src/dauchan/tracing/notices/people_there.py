"""How many people the ledger knows to have been at a place, or anywhere in a commune, during some hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from dauchan.visits.models import Visit
from dauchan.visits.rules import DOUBTFUL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.tracing.notices.coarsening import Interval
    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue


def people_at(venue: Venue, interval: Interval, case: Case) -> int:
    """Different people there besides the case. Doubtful scans do not count: a made-up crowd hides nobody."""
    return _people(Visit.objects.filter(venue=venue), interval, case)


def people_in(commune: Unit, interval: Interval, case: Case) -> int:
    """The same, over all places of the commune."""
    return _people(Visit.objects.filter(venue__unit=commune), interval, case)


def _people(visits: QuerySet[Visit], interval: Interval, case: Case) -> int:
    start, end = interval
    there = visits.filter(entered_at__lt=end, ended_at__gt=start).exclude(person_id=case.person_id)
    sure = there.annotate(doubt=F("labels").bitand(DOUBTFUL)).filter(doubt=0)
    return sure.order_by().values("person_id").distinct().count()
