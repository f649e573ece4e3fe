"""The places a round could go to, the most pressing first, each with the points that say why."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone

from dauchan.compliance.referrals.handing import IN_USE
from dauchan.compliance.signs.models import Sign
from dauchan.compliance.signs.queries import latest_run, with_dismissals
from dauchan.oversight.inspections.models import Inspection, InspectionFinding
from dauchan.oversight.inspections.scoring import (
    FINDINGS,
    LONG_AGO_DAYS,
    MOST,
    POINTS_A_FINDING,
    POINTS_A_REPORT,
    POINTS_OF_SETTING,
    REPORTS,
    SIGN,
    TIME,
    Facts,
    Score,
    score,
)
from dauchan.oversight.models import Report
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue
from dauchan.visits.sql import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from dauchan.compliance.signs.models import ScreeningRun
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


class Ranking:
    """Venues, the highest score first, then by name, to be cut into pages: the database puts them in order and gives up one page.

    Two queries for a page however many they are, and one for how many.
    """

    def __init__(self, venues: QuerySet[Venue], now: dt.datetime) -> None:
        self.venues, self.now = venues.order_by(), now

    def count(self) -> int:
        return self.venues.count()

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Candidate]:
        run, first = latest_run(), part.start or 0
        try:
            ordered, given = _ordered(self.venues, run, self.now)
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"{ordered} LIMIT %s OFFSET %s", [*given, None if part.stop is None else part.stop - first, first]
            )
            rows = cursor.fetchall()
        signs = _surest(run, [pk for pk, *_facts in rows])
        return [Candidate(pk, score(Facts(*facts)), signs.get(pk)) for pk, *facts in rows]


def ranked(venues: QuerySet[Venue], now: dt.datetime) -> Ranking:
    return Ranking(venues, now)


def _ordered(venues: QuerySet[Venue], run: ScreeningRun | None, now: dt.datetime) -> tuple[str, list[Any]]:
    """The query and what it is given."""
    parts: dict[str, Any] = {
        "venues": venues.values("id", "sort_key", "category__setting"),
        "signs": _standing(run).order_by().values("venue").annotate(surest=Max("confidence")),
        "reports": Report.objects.filter(venue__isnull=False, reported_at__gte=now - REPORTS_OF)
        .order_by()
        .values("venue")
        .annotate(n=Count("pk")),
        "findings": InspectionFinding.objects.filter(inspection__began_at__gte=now - FINDINGS_OF, withdrawal=None)
        .order_by()
        .values("inspection__venue")
        .annotate(n=Count("pk")),
        "inspected": Inspection.objects.order_by().values("venue").annotate(last=Max("began_at")),
    }
    asked = {name: rows.query.sql_with_params() for name, rows in parts.items()}
    return most_pressing(asked, timezone.localdate(now))


def most_pressing(parts: Mapping[str, tuple[str, Iterable[Any]]], on: dt.date) -> tuple[str, list[Any]]:
    """The order, from what is asked for each of the five facts, in the order of the text; with what all of it is given."""
    query, given = blocks("ranking.sql", "dauchan.oversight.inspections.sql")["most_pressing"], list[Any]()
    for name, (asked, values) in parts.items():
        query = query.replace(f"{{{name}}}", asked)
        given += values
    points = [
        float(MOST[SIGN]), POINTS_A_REPORT, MOST[REPORTS], POINTS_A_FINDING, MOST[FINDINGS],
        json.dumps(POINTS_OF_SETTING), float(MOST[TIME]), LONG_AGO_DAYS, float(LONG_AGO_DAYS),
    ]  # fmt: skip
    return query, [*given, on, *points]


def _standing(run: ScreeningRun | None) -> QuerySet[Any]:
    """The signs of the last screening that nobody has set aside."""
    return with_dismissals(Sign.objects.filter(run=run.pk if run else 0)).filter(dismissal_id=None)


def _surest(run: ScreeningRun | None, venue_ids: list[int]) -> dict[int, Sign]:
    signs = _standing(run).filter(venue__in=venue_ids).order_by("confidence", "pk")
    return {sign.venue_id: sign for sign in signs.defer("picture")}
