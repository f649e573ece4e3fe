"""Reads of sanctions: of a venue, by unit, what waits, what is due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from dauchan.oversight.sanctions.models import DECIDED, NEVER, Kind, Sanction, State
from dauchan.vietnamese import fold
from dauchan.visits.partitions import midnight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

_UNDONE = (*NEVER, State.REVOKED, State.REPLACED)


def sanctions_of(venue: Venue) -> QuerySet[Sanction]:
    """All that was decided about a venue or waits for its decision, the newest first."""
    found = Sanction.objects.filter(venue=venue).exclude(state__in=NEVER)
    return found.select_related("issuer_unit", "proposed_by", "decided_by", "appeal", "appeal__answered_by", "lifts")


def warnings_at(venue: Venue) -> QuerySet[Sanction]:
    """Warnings that stand, whether what they wanted was mended or not: the fact that practice goes by."""
    return Sanction.objects.filter(venue=venue, kind=Kind.WARNING).exclude(state__in=_UNDONE)


def waiting_for(officer: Officer, sanctions: QuerySet[Sanction]) -> QuerySet[Sanction]:
    """Drafts that this officer may decide about: not their own."""
    return sanctions.filter(state=State.WAITING).exclude(proposed_by=officer)


def searched(sanctions: QuerySet[Sanction], words: str) -> QuerySet[Sanction]:
    """Those whose venue, unit or document holds every one of *words*, diacritics or not, or whose number it is."""
    if words.strip().isdecimal() and len(words.strip()) < 10:  # noqa: PLR2004 - no number is longer
        return sanctions.filter(pk=int(words))
    for word in fold(words).split():
        named = Q(venue__search_key__contains=word) | Q(unit__search_key__contains=word)
        sanctions = sanctions.filter(named | Q(document_number__icontains=word))
    return sanctions


def tabs(now: dt.datetime) -> dict[str, Q]:
    """What the tabs of the list hold, by their name in the address."""
    appeals = Q(appeal__outcome="", appeal__isnull=False)
    return {
        "waiting": Q(state=State.WAITING),
        "in_force": Q(state=State.IN_FORCE),
        "appeals": appeals,
        "late": appeals & Q(appeal__due_at__lt=now) | _not_mended_by(now),
        "ended": ~Q(state__in=[State.WAITING, State.IN_FORCE]),
    }


def _not_mended_by(now: dt.datetime) -> Q:
    """Warnings whose day to mend by is over: a person looks at them, nothing follows by itself."""
    return Q(kind=Kind.WARNING, state=State.IN_FORCE, until_at__lt=now)


def counts_of(sanctions: QuerySet[Sanction], now: dt.datetime) -> dict[str, int]:
    """How many each tab holds; one query."""
    return sanctions.order_by().aggregate(**{name: Count("pk", held) for name, held in tabs(now).items()})


@dataclass(frozen=True)
class SanctionCounts:
    """What a unit decided in a period.

    Attributes:
        warnings, fines, suspensions, liftings: that took effect in it, those replaced or revoked later included.
        suspended: suspensions that hold at the end of it.
        appeals: filed in it; `revoked`: ended by an appeal in it.
    """

    warnings: int = 0
    fines: int = 0
    suspensions: int = 0
    liftings: int = 0
    suspended: int = 0
    appeals: int = 0
    revoked: int = 0


_COUNTED = tuple(field.name for field in fields(SanctionCounts))


def sanction_counts(unit_ids: Iterable[int], start_on: dt.date, end_on: dt.date) -> dict[int, SanctionCounts]:
    """By unit of the venue, of decisions in the local days [start_on, end_on); a unit without any has zeros. One query.

    *unit_ids* may be a query for them.
    """
    start, end = midnight(start_on), midnight(end_on)
    within = Q(in_force_at__gte=start, in_force_at__lt=end)
    filed = Q(appeal__filed_at__gte=start, appeal__filed_at__lt=end)
    ended = Q(ended_at__gte=start, ended_at__lt=end)
    still = Q(in_force_at__lt=end) & (Q(ended_at__isnull=True) | Q(ended_at__gte=end))
    rows = Sanction.objects.filter(unit__in=unit_ids, state__in=DECIDED).order_by().values("unit")
    found = rows.annotate(
        warnings=Count("pk", within & Q(kind=Kind.WARNING)),
        fines=Count("pk", within & Q(kind=Kind.FINE)),
        suspensions=Count("pk", within & Q(kind=Kind.SUSPENSION)),
        liftings=Count("pk", within & Q(kind=Kind.LIFTING)),
        suspended=Count("pk", still & Q(kind=Kind.SUSPENSION)),
        appeals=Count("pk", filed),
        revoked=Count("pk", ended & Q(state=State.REVOKED)),
    )
    counted = {unit: SanctionCounts(*counts) for unit, *counts in found.values_list("unit", *_COUNTED)}
    return defaultdict(SanctionCounts, counted)
