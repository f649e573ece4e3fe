"""Reads of inspections, for the venue file, for accountability, and for the screens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from dauchan.oversight.inspections.measure_models import MeasureState
from dauchan.oversight.inspections.models import (
    Inspection,
    InspectionFinding,
    Measure,
    Round,
    Stop,
)
from dauchan.vietnamese import fold
from dauchan.visits.partitions import midnight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

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


@dataclass(frozen=True)
class InspectionCounts:
    """What a unit did in a period.

    Attributes:
        done: inspections that began in the period.
        measures_overdue: what they required and nobody answered by its deadline, and is open still.
    """

    done: int = 0
    measures_overdue: int = 0


def inspection_counts(unit_ids: Iterable[int], start_on: dt.date, end_on: dt.date) -> dict[int, InspectionCounts]:
    """By the unit of the record, of inspections on local days in [start_on, end_on); a unit without any has zeros. Two queries.

    *unit_ids* may be a query for them.
    """
    start, end = midnight(start_on), midnight(end_on)
    done = Inspection.objects.filter(unit__in=unit_ids, began_at__gte=start, began_at__lt=end).order_by()
    late = Measure.objects.filter(
        inspection__unit__in=unit_ids,
        inspection__began_at__gte=start,
        inspection__began_at__lt=end,
        state=MeasureState.OPEN,
        due_at__lt=timezone.now(),
    ).order_by()
    of_done = dict(done.values_list("unit").annotate(n=Count("pk")))
    of_late = dict(late.values_list("inspection__unit").annotate(n=Count("pk")))
    counted = {pk: InspectionCounts(done, of_late.get(pk, 0)) for pk, done in of_done.items()}
    return defaultdict(InspectionCounts, counted)


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
