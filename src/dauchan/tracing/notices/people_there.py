"""How many people the ledger knows to have been at a place, or anywhere in a commune, during some hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from dauchan.tracing.notices.coarsening import LEAST_PEOPLE
from dauchan.visits.models import Visit
from dauchan.visits.rules import DOUBTFUL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.tracing.models import Case
    from dauchan.tracing.notices.coarsening import Interval
    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue

#: A commune may have a hundred thousand visits in a morning; ten people among them are found at once.
LOOKED_AT = 500


def people_at(venue: Venue, interval: Interval, case: Case) -> int:
    """Different people there besides the case. Doubtful scans do not count: a made-up crowd hides nobody."""
    return _different(_sure(Visit.objects.filter(venue=venue), interval, case))


def people_in(commune: Unit, interval: Interval, case: Case) -> int:
    """The same, over all places of the commune; of a busy one only that there are enough, which the first visits show."""
    visits = _sure(Visit.objects.filter(venue__unit=commune), interval, case)
    first = set(visits.values_list("person_id", flat=True)[:LOOKED_AT])
    return len(first) if len(first) >= LEAST_PEOPLE else _different(visits)


def _different(visits: QuerySet[Visit]) -> int:
    return visits.values("person_id").distinct().count()


def _sure(visits: QuerySet[Visit], interval: Interval, case: Case) -> QuerySet[Visit]:
    start, end = interval
    there = visits.filter(entered_at__lt=end, ended_at__gt=start).exclude(person_id=case.person_id)
    return there.annotate(doubt=F("labels").bitand(DOUBTFUL)).filter(doubt=0).order_by()
