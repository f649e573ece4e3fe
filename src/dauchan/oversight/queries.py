"""Reads of reports: how a unit does, what may be one matter, what stands in a venue's file, what the public is told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, F, Q
from django.utils import timezone

from dauchan.oversight.access import board_reports, open_to_the_public
from dauchan.oversight.models import RUNNING, Report, ReportStatus
from dauchan.units.borders import METRES_A_DEGREE, metres_between
from dauchan.units.models import Unit
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.venues.models import Venue

MOST_ALIKE = 8


@dataclass(frozen=True)
class ReportCounts:
    """How one unit met citizens' reports of a period. Merged reports count once, with the one that is answered for them.

    Attributes:
        received: filed in the period.
        in_time, late: of those, answered by the deadline or after it.
        overdue: not answered, and the deadline is over.
        reopened: the reporter asked to look again.
        mean_rating: 1 to 5, over the ratings of answered ones, merged reporters' included; None without ratings.
    """

    received: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    reopened: int = 0
    ratings: int = 0
    mean_rating: float | None = None


def reports_of(venue: Venue) -> QuerySet[Report]:
    """All reports about a venue, the latest first, for its file; merged ones stand beside what they were merged into."""
    return Report.objects.filter(venue=venue).select_related("unit", "answered_by", "merged_into", "venue")


_COUNTED = tuple(field.name for field in fields(ReportCounts))


def report_counts(unit_ids: Iterable[int], start_on: dt.date, end_on: dt.date) -> dict[int, ReportCounts]:
    """By the unit that answers now, of reports filed on local days in [start_on, end_on); a unit without any has zeros. One query.

    *unit_ids* may be a query for them.
    """
    start, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (start_on, end_on))
    filed = Report.objects.filter(unit__in=unit_ids, reported_at__gte=start, reported_at__lt=end).order_by()
    own, answered = ~Q(status=ReportStatus.MERGED), Q(status=ReportStatus.ANSWERED)
    in_time = Q(answered_at__isnull=False) & (Q(due_at__isnull=True) | Q(answered_at__lte=F("due_at")))
    rows = filed.values("unit").annotate(
        received=Count("pk", own),
        in_time=Count("pk", answered & in_time),
        late=Count("pk", answered & Q(answered_at__gt=F("due_at"))),
        overdue=Count("pk", Q(status__in=RUNNING, due_at__lt=timezone.now())),
        reopened=Count("pk", own & Q(reopened_at__isnull=False)),
        ratings=Count("stars"),
        mean_rating=Avg("stars"),
    )
    counted = {unit: ReportCounts(*counts) for unit, *counts in rows.values_list("unit", *_COUNTED)}
    return defaultdict(ReportCounts, counted)


def searched(reports: QuerySet[Report], words: str) -> QuerySet[Report]:
    """Those whose code, venue, address or unit holds every one of *words*, diacritics or not."""
    code = words.strip().upper()
    for word in fold(words).split():
        places = Q(venue__search_key__contains=word) | Q(place_key__contains=word) | Q(unit__search_key__contains=word)
        reports = reports.filter(places | Q(code=code))
    return reports


def overdue(reports: QuerySet[Report], now: dt.datetime) -> QuerySet[Report]:
    return reports.filter(status__in=RUNNING, due_at__lt=now)


def counts_of(reports: QuerySet[Report], now: dt.datetime) -> dict[str, int]:
    """How many wait to be accepted, are running, overdue, answered; one query."""
    return reports.order_by().aggregate(
        running=Count("pk", Q(status__in=RUNNING)),
        overdue=Count("pk", Q(status__in=RUNNING, due_at__lt=now)),
        answered=Count("pk", Q(status=ReportStatus.ANSWERED)),
        merged=Count("pk", Q(status=ReportStatus.MERGED)),
    )


def alike(report: Report, among: QuerySet[Report]) -> list[Report]:
    """Reports of *among* that may be the same matter: the same finding within days, at the same venue or within metres."""
    if report.clock is None:
        return []
    rule = report.clock
    span = dt.timedelta(days=rule.merge_days)
    same = among.filter(
        finding=report.finding, reported_at__range=(report.reported_at - span, report.reported_at + span)
    )
    same = same.exclude(pk=report.pk).exclude(status=ReportStatus.MERGED)
    place = Q(pk__in=[])
    if report.venue_id:
        place |= Q(venue_id=report.venue_id)
    if point := report.point:
        place |= _about(point, rule.merge_metres) | _about(point, rule.merge_metres, "venue__")
    found = same.filter(place).order_by("reported_at")
    return [one for one in found if _is_near(report, one, rule.merge_metres)][:MOST_ALIKE]


def _about(point: tuple[float, float], metres: float, field: str = "") -> Q:
    """A box that holds the circle, so that the database sends few; `_is_near` is exact."""
    high = 1.01 * metres / METRES_A_DEGREE
    wide = 2 * high  # enough up to 60 degrees north
    (lat, lon) = point
    return Q(**{f"{field}lat__range": (lat - high, lat + high), f"{field}lon__range": (lon - wide, lon + wide)})


def _is_near(one: Report, other: Report, metres: float) -> bool:
    if one.venue_id is not None and one.venue_id == other.venue_id:
        return True
    return one.point is not None and other.point is not None and metres_between(one.point, other.point) <= metres


@dataclass(frozen=True)
class PublicNumber:
    """How many reports one commune received in a month: tens, rounded down; None where fewer than ten."""

    unit: Unit
    number: int | None


def public_numbers(first_on: dt.date, end_on: dt.date) -> list[PublicNumber]:
    """By commune, of a month that is over, answered or not, as decision 10 has it: fixed cells, tens, no total."""
    start, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first_on, end_on))
    told = open_to_the_public(Report.objects.filter(reported_at__gte=start, reported_at__lt=end))
    rows = told.order_by().values("unit").annotate(number=Count("pk"))
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    numbers = [PublicNumber(units[row["unit"]], row["number"] // 10 * 10 or None) for row in rows]
    return sorted(numbers, key=lambda one: one.unit.sort_key)


def public_week(report: Report) -> dt.date:
    """The Monday of the week in which it was sent: the board tells no day."""
    day = timezone.localdate(report.reported_at)
    return day - dt.timedelta(days=day.weekday())


def on_board(finding: str = "", unit_id: int | None = None) -> QuerySet[Report]:
    """The board, the latest answers first."""
    found = board_reports()
    if finding:
        found = found.filter(finding=finding)
    if unit_id is not None:
        found = found.filter(unit=unit_id)
    return found.order_by("-answered_at", "-pk")
