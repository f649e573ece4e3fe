"""How the tracing of an area stands, in five figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dauchan.tracing.access import access_cases
from dauchan.tracing.models import CaseStatus, Contact, TraceRun, Verdict

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: How far back the speed of the team is measured.
DAYS_OF_FIGURES = 14


@dataclass(frozen=True)
class TeamFigures:
    """How the tracing of an area stands.

    Attributes:
        cases: confirmed cases.
        untraced: those of them that nobody has traced yet.
        contacts: people on the latest list of each confirmed case.
        to_verify: those of them who wait for their verdict.
        minutes_to_list: median from registering a case to its first list, over cases of the last `DAYS_OF_FIGURES` days.
    """

    cases: int
    untraced: int
    contacts: int
    to_verify: int
    minutes_to_list: float | None


def team_figures(officer: Officer) -> TeamFigures:
    """The figures of the area where *officer* traces or approves. Raises: RoleMissing."""
    confirmed = access_cases(officer).filter(status=CaseStatus.CONFIRMED).order_by()
    cases = confirmed.aggregate(all=Count("pk", distinct=True), untraced=Count("pk", filter=Q(runs=None)))
    runs = TraceRun.objects.filter(case=OuterRef("pk"))
    latest = confirmed.values(latest=Subquery(runs.order_by("-started_at").values("pk")[:1]))
    contacts = Contact.objects.filter(run__in=latest).aggregate(
        all=Count("pk"), to_verify=Count("pk", filter=Q(verdict=Verdict.TO_VERIFY))
    )
    since = timezone.now() - dt.timedelta(days=DAYS_OF_FIGURES)
    ready = runs.order_by("started_at").annotate(ready=Coalesce("listed_at", "finished_at"))
    first = Subquery(ready.values("ready")[:1])
    recent = confirmed.filter(registered_at__gte=since).exclude(runs=None)
    waits = recent.annotate(wait=first - F("registered_at")).values_list("wait", flat=True)
    minutes = [wait.total_seconds() / 60 for wait in waits]
    return TeamFigures(
        cases["all"], cases["untraced"], contacts["all"], contacts["to_verify"], median(minutes) if minutes else None
    )
