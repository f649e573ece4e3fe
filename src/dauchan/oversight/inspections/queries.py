"""Reads of inspections, for the venue file, for accountability, and for the screens."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone

from dauchan.oversight.inspections.measure_models import UNSETTLED, MeasureState
from dauchan.oversight.inspections.models import (
    Inspection,
    InspectionFinding,
    Measure,
    Round,
    RoundState,
    Stop,
)
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from dauchan.venues.models import Venue


def inspections_of(venue: Venue) -> QuerySet[Inspection]:
    """The records of a venue, the newest first, with what still stands of their findings as `standing` and their measures."""
    return with_findings(Inspection.objects.filter(venue=venue).select_related("inspector", "numbered", "unit"))


def with_findings(inspections: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Each with `standing`, its findings that no supplement withdrew; two more queries."""
    standing = Prefetch("findings", InspectionFinding.objects.filter(withdrawal=None), to_attr="standing")
    return inspections.prefetch_related(standing, "measures")


def latest_findings(venue: Venue) -> list[InspectionFinding]:
    """What the last inspection of a venue found and nobody withdrew; empty where it found nothing, or there was none."""
    last = Inspection.objects.filter(venue=venue).order_by("-began_at", "-pk").first()
    return list(last.findings.filter(withdrawal=None)) if last else []


@dataclass
class InspectionCounts:
    """What a unit with all units below it did in a period.

    Attributes:
        planned: places in rounds that touch the period, without those taken out again.
        done: inspections that began in the period.
        with_findings: those of them that found something.
        findings: how often each kind was found, by its code.
        measures_open: required by those inspections and not settled yet.
        measures_overdue: those of them that nobody answered by their deadline, and are open still.
    """

    planned: int = 0
    done: int = 0
    with_findings: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    measures_open: int = 0
    measures_overdue: int = 0


def inspection_counts(unit_ids: Sequence[int], start_on: dt.date, end_on: dt.date) -> dict[int, InspectionCounts]:
    """For each unit, of [start_on, end_on) in local days; five queries, however many units."""
    paths = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    counts = {pk: InspectionCounts() for pk in unit_ids}
    area = in_area(Unit.objects.filter(pk__in=unit_ids))
    done = Inspection.objects.filter(area, began_at__date__gte=start_on, began_at__date__lt=end_on).order_by()
    planned = Stop.objects.filter(
        in_area(Unit.objects.filter(pk__in=unit_ids), "venue__unit"),
        dropped_at=None,
        round__first_on__lt=end_on,
        round__until_on__gt=start_on,
    ).exclude(round__state=RoundState.CANCELLED)
    now = timezone.now()
    rows = (
        ("planned", planned.order_by().values_list("venue__unit__path").annotate(n=Count("pk"))),
        ("done", done.values_list("unit__path").annotate(n=Count("pk"))),
        ("with_findings", _found(done)),
        ("measures_open", _measures(done, Q())),
        ("measures_overdue", _measures(done, Q(state=MeasureState.OPEN, due_at__lt=now))),
    )
    for name, found in rows:
        for pk, number in _rolled_up(found, paths):
            setattr(counts[pk], name, getattr(counts[pk], name) + number)
    for path, kind, number in _kinds(done):
        for pk in _units_over(path, paths):
            counts[pk].findings[kind] += number
    return counts


def _found(done: QuerySet[Inspection]) -> Iterable[tuple[str, int]]:
    standing = done.filter(findings__isnull=False, findings__withdrawal=None)
    return standing.values_list("unit__path").annotate(n=Count("pk", distinct=True))


def _kinds(done: QuerySet[Inspection]) -> Iterable[tuple[str, str, int]]:
    standing = InspectionFinding.objects.filter(inspection__in=done, withdrawal=None).order_by()
    return standing.values_list("inspection__unit__path", "finding").annotate(n=Count("pk"))


def _measures(done: QuerySet[Inspection], more: Q) -> Iterable[tuple[str, int]]:
    waiting = Measure.objects.filter(more, inspection__in=done, state__in=UNSETTLED).order_by()
    return waiting.values_list("inspection__unit__path").annotate(n=Count("pk"))


def _rolled_up(rows: Iterable[tuple[str, int]], paths: dict[int, str]) -> Iterable[tuple[int, int]]:
    for path, number in rows:
        for pk in _units_over(path, paths):
            yield pk, number


def _units_over(path: str, paths: dict[int, str]) -> list[int]:
    """The units asked for that are the one with *path*, or above it."""
    return [pk for pk, own in paths.items() if path == own or path.startswith(f"{own}.")]


@dataclass(frozen=True)
class Progress:
    """How far a round is: `planned` places, `done` of them inspected, `wrong` of those with findings."""

    planned: int
    done: int
    wrong: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.planned if self.planned else 0


def progress_of(rounds: Iterable[Round]) -> dict[int, Progress]:
    """One query for all of them."""
    stops = Stop.objects.filter(round__in=[one.pk for one in rounds], dropped_at=None).order_by()
    wrong = Q(inspections__findings__isnull=False, inspections__findings__withdrawal=None)
    rows = stops.values("round").annotate(
        planned=Count("pk", distinct=True),
        done=Count("inspections", distinct=True),
        wrong=Count("inspections", wrong, distinct=True),
    )
    found = {row["round"]: Progress(row["planned"], row["done"], row["wrong"]) for row in rows}
    return defaultdict(lambda: Progress(0, 0, 0), found)


def last_inspected(venues: QuerySet[Venue]) -> dict[int, dt.datetime]:
    """When each of *venues* was last inspected; those that never were are left out."""
    seen = Inspection.objects.filter(venue__in=venues).order_by()
    return dict(seen.values_list("venue").annotate(last=Max("began_at")))


def searched(inspections: QuerySet[Inspection], words: str) -> QuerySet[Inspection]:
    """Those whose venue or unit holds every one of *words*, diacritics or not, or whose number it is."""
    text = words.strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:  # noqa: PLR2004 - no key is longer
        return inspections.filter(Q(pk=int(text)) | Q(numbered__number__startswith=text))
    for word in fold(words).split():
        inspections = inspections.filter(Q(venue__search_key__contains=word) | Q(unit__search_key__contains=word))
    return inspections


def overdue(measures: QuerySet[Measure], now: dt.datetime) -> QuerySet[Measure]:
    """Those that nobody has answered, and whose deadline is over."""
    return measures.filter(state=MeasureState.OPEN, due_at__lt=now)
