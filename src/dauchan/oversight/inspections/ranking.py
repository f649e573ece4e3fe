"""The places a round could go to, the most pressing first, each with the points that say why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from dauchan.compliance.referrals.handing import IN_USE
from dauchan.compliance.signs.queries import latest_run, with_dismissals
from dauchan.oversight.inspections.models import InspectionFinding
from dauchan.oversight.inspections.queries import last_inspected
from dauchan.oversight.inspections.scoring import Facts, Score, score
from dauchan.oversight.models import Report
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from dauchan.compliance.signs.models import Sign
    from dauchan.oversight.inspections.models import Round

REPORTS_OF = dt.timedelta(days=90)
FINDINGS_OF = dt.timedelta(days=365)


@dataclass(frozen=True)
class Candidate:
    """A venue with its score; `sign` is the surest of the last screening, if it has one."""

    venue_id: int
    score: Score
    sign: Sign | None

    @property
    def source(self) -> str:
        return f"sign:{self.sign.pk}" if self.sign else ""


def venues_for(round_: Round) -> QuerySet[Venue]:
    """Venues in use of the round's area that are not in it yet."""
    taken = round_.stops.filter(dropped_at=None).values("venue")
    return Venue.objects.filter(in_area([round_.unit]), status__in=IN_USE).exclude(pk__in=taken)


def ranked(venues: QuerySet[Venue], now: dt.datetime) -> list[Candidate]:
    """All of *venues*, the highest score first, then by name. Five queries, however many they are."""
    keys = list(venues.order_by("sort_key", "pk").values_list("pk", "category__setting"))
    among = venues.order_by()
    signs, reports, findings, last = _signs(among), _reports(among, now), _findings(among, now), last_inspected(among)
    today, scored = timezone.localdate(now), cache(score)  # most places are alike: few scores are worked out
    found = []
    for pk, setting in keys:
        sign, seen = signs.get(pk), last.get(pk)
        facts = Facts(
            confidence=sign.confidence if sign else 0,
            reports=reports.get(pk, 0),
            findings=findings.get(pk, 0),
            setting=setting,
            days_since=(today - timezone.localdate(seen)).days if seen else None,
        )
        found.append(Candidate(pk, scored(facts), sign))
    return sorted(found, key=lambda one: -one.score.total)


def _signs(venues: QuerySet[Venue]) -> dict[int, Sign]:
    """The surest sign of each, of the last screening, that nobody has set aside."""
    run = latest_run()
    if run is None:
        return {}
    signs = with_dismissals(run.signs.filter(venue__in=venues)).filter(dismissal_id=None).order_by("confidence")
    return {sign.venue_id: sign for sign in signs.defer("picture")}


def _reports(venues: QuerySet[Venue], now: dt.datetime) -> Mapping[int, int]:
    recent = Report.objects.filter(venue__in=venues, reported_at__gte=now - REPORTS_OF)
    return dict(recent.order_by().values_list("venue").annotate(n=Count("pk")))


def _findings(venues: QuerySet[Venue], now: dt.datetime) -> Mapping[int, int]:
    recent = InspectionFinding.objects.filter(
        inspection__venue__in=venues, inspection__began_at__gte=now - FINDINGS_OF, withdrawal=None
    )
    return dict(recent.order_by().values_list("inspection__venue").annotate(n=Count("pk")))
