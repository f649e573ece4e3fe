"""The team's own clock: from 'confirmed' to 'list ready' to 'first contact reached', per case and per team."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from django.db.models import Min

from dauchan.epi.curves import FunnelStep
from dauchan.tracing.contact_actions import JUDGED
from dauchan.tracing.follow_up.clocks import limits_on
from dauchan.tracing.follow_up.reference_models import Step, StepLimit
from dauchan.tracing.interviews.models import ContactInterview
from dauchan.tracing.models import TraceRun
from dauchan.tracing.notices.models import Notice
from dauchan.tracing.outbreak_queries import SQL, outbreak_case
from dauchan.units.models import AuditEntry
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.tracing.models import Case, Disease
    from dauchan.tracing.outbreak_queries import OutbreakCase


@dataclass(frozen=True)
class CaseClock:
    """When the steps of a case were reached; None: not yet."""

    case: OutbreakCase
    listed_at: dt.datetime | None
    reached_at: dt.datetime | None
    notified_at: dt.datetime | None
    deadline: StepLimit | None

    @property
    def to_list(self) -> dt.timedelta | None:
        return None if self.listed_at is None else max(dt.timedelta(), self.listed_at - self.case.registered_at)

    @property
    def to_reached(self) -> dt.timedelta | None:
        """From the list to the first contact who was reached."""
        if self.listed_at is None or self.reached_at is None:
            return None
        return max(dt.timedelta(), self.reached_at - self.listed_at)

    @property
    def to_notice(self) -> dt.timedelta | None:
        """From registration to the first exposure notice that was published."""
        return None if self.notified_at is None else max(dt.timedelta(), self.notified_at - self.case.registered_at)

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether the list took, or takes already, longer than the law in force at registration allows."""
        if self.deadline is None:
            return False
        return (self.listed_at or now) - self.case.registered_at > dt.timedelta(minutes=self.deadline.minutes)


@dataclass(frozen=True)
class Spread:
    """How long a step took, in minutes: median, nine and nineteen of twenty; None where nobody has reached it."""

    timed: int
    median: float | None
    p90: float | None
    p95: float | None


@dataclass(frozen=True)
class TeamClock:
    """The clock of one team, or of all cases."""

    cases: int
    unlisted: int
    overdue: int
    to_list: Spread
    to_reached: Spread
    to_notice: Spread


def list_limit_on(day: dt.date) -> StepLimit | None:
    """Within which time the list must be ready by the law of *day*."""
    return limits_on(day).get(Step.LIST)


def clocks_of(cases: Iterable[OutbreakCase]) -> list[CaseClock]:
    """The clock of each case, in their order; five queries, however many they are."""
    cases = list(cases)
    limits = list(StepLimit.objects.filter(step=Step.LIST).order_by("-valid_from"))
    listed = dict(
        TraceRun.objects.filter(case__in=[case.pk for case in cases])
        .order_by()
        .values_list("case")
        .annotate(at=Min("finished_at"))
    )
    reached = _first_reached(cases)
    published = Notice.objects.filter(case__in=[case.pk for case in cases], first_published_at__isnull=False)
    notified = dict(published.order_by().values_list("case").annotate(at=Min("first_published_at")))
    return [
        CaseClock(
            case,
            listed.get(case.pk),
            reached.get(case.pk),
            notified.get(case.pk),
            next((limit for limit in limits if limit.valid_from <= case.registered_at.date()), None),
        )
        for case in cases
    ]


def clock_of(case: Case) -> CaseClock:
    """The clock of one case."""
    return clocks_of([outbreak_case(case)])[0]


def _first_reached(cases: list[OutbreakCase]) -> dict[int, dt.datetime]:
    """When the first contact of each case was reached, or the first verdict written down: nobody is judged who was not reached."""
    ids = [case.pk for case in cases]
    interviews = ContactInterview.objects.filter(case__in=ids, reached_at__isnull=False)
    found = dict(interviews.order_by().values_list("case").annotate(at=Min("reached_at")))
    subjects = {f"case:{pk}": pk for pk in ids}
    entries = AuditEntry.objects.filter(action=JUDGED, subject__in=list(subjects))
    for subject, at in entries.order_by().values_list("subject").annotate(at=Min("at")):
        case = subjects[subject]
        found[case] = min(at, found.get(case, at))
    return found


def work_on_contacts(cases: list[OutbreakCase], disease: Disease) -> list[FunnelStep]:
    """Found, reached, verified, tested, positive: everybody on the latest list of each case, and how long each step took."""
    given: dict[str, Any] = {"cases": [case.pk for case in cases], "disease": disease.pk}
    with connection.cursor() as cursor:
        cursor.execute(blocks("outbreak.sql", SQL)["work_on_contacts"], given)
        found, *rest = cursor.fetchone() or (0, *[0, None, None, 0] * 4)
    steps = [FunnelStep("found", found, 1.0 if found else None, None, None, 0)]
    for place, name in enumerate(("reached", "verified", "tested", "positive")):
        reached, median, p90, timed = rest[4 * place : 4 * place + 4]
        share = reached / found if found else None
        steps.append(FunnelStep(name, reached, share, _as_float(median), _as_float(p90), timed))
    return steps


def _as_float(minutes: float | None) -> float | None:
    return None if minutes is None else float(minutes)


def team_clock(clocks: list[CaseClock], now: dt.datetime) -> TeamClock:
    """The clock of those cases together."""
    return TeamClock(
        len(clocks),
        sum(clock.listed_at is None for clock in clocks),
        sum(clock.is_overdue(now) for clock in clocks),
        _spread(clock.to_list for clock in clocks),
        _spread(clock.to_reached for clock in clocks),
        _spread(clock.to_notice for clock in clocks),
    )


def clocks_by_team(clocks: list[CaseClock], now: dt.datetime) -> dict[int, TeamClock]:
    """The same by the unit that has the case."""
    teams: dict[int, list[CaseClock]] = {}
    for clock in clocks:
        teams.setdefault(clock.case.unit_id, []).append(clock)
    return {unit: team_clock(own, now) for unit, own in teams.items()}


def _spread(durations: Iterable[dt.timedelta | None]) -> Spread:
    minutes = [taken.total_seconds() / 60 for taken in durations if taken is not None]
    if not minutes:
        return Spread(0, None, None, None)
    p90, p95 = (float(np.quantile(minutes, share, method="inverted_cdf")) for share in (0.9, 0.95))
    return Spread(len(minutes), float(np.median(minutes)), p90, p95)
