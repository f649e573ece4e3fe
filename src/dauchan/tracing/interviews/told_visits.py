"""Told stays in the forms that the trace and its pages take: arrays for the index, and visits as the ledger has them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

import numpy as np

from dauchan.tracing.interviews.models import ToldStay
from dauchan.visits.arrays import MISSING, VisitArrays
from dauchan.visits.models import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.tracing.models import Case

Interval = tuple[dt.datetime, dt.datetime]

#: `Visit.source` of a stay that was told and never scanned: none of `visits.registry.Source`.
TOLD = 0
#: At a place that is not registered.
USUAL_MINUTES = 60


def visits_told(case: Case) -> VisitArrays:
    """What the case told of venues that take part, for the index: only what the scans do not say already.

    Where a told stay and a scanned one at the same venue overlap, the time in both stays with the scan and only the rest is
    given, so that no minute counts twice. An end nobody remembers is `MISSING`; the venue's usual stay is taken then.
    """
    visits = told_as_visits(case)
    return VisitArrays(
        person=np.full(len(visits), case.person_id, np.int64),
        venue=np.array([visit.venue_id for visit in visits], np.int64),
        entered=np.array([int(visit.entered_at.timestamp()) for visit in visits], np.int64),
        left=np.array([int(visit.left_at.timestamp()) if visit.left_at else MISSING for visit in visits], np.int64),
        stay_minutes=np.array([visit.venue.category.default_stay_minutes for visit in visits], np.int64),
    )


def told_as_visits(case: Case) -> list[Visit]:
    """The same as visits that no ledger holds: `source` is `TOLD`, nothing vouches for them."""
    told = list(ToldStay.objects.filter(case=case).exclude(venue=None).select_related("venue__category", "venue__unit"))
    if not told:
        return []
    scanned = _scanned(case, {stay.venue_id for stay in told})
    return [
        Visit(
            check_in_id=uuid5(NAMESPACE_OID, f"told {stay.pk} {begins.timestamp()}"),
            person_id=case.person_id,
            venue=stay.venue,
            entered_at=begins,
            left_at=ends if stay.ended_at else None,
            imputed_left_at=None if stay.ended_at else ends,
            ended_at=ends,
            left_by=0,
            labels=0,
            source=TOLD,
            assurance=0,
            party=1,
        )
        for stay in told
        for begins, ends in uncovered((stay.began_at, end_of(stay)), scanned.get(stay.venue_id, ()))
    ]


def end_of(stay: ToldStay) -> dt.datetime:
    """When it ended; where nobody remembers, after the usual stay at such a venue, or an hour at another place."""
    usual = stay.venue.category.default_stay_minutes if stay.venue else USUAL_MINUTES
    return stay.ended_at or stay.began_at + dt.timedelta(minutes=usual)


def _scanned(case: Case, venues: Iterable[int | None]) -> dict[int | None, list[Interval]]:
    visits = Visit.objects.filter(person_id=case.person_id, venue_id__in=list(venues))
    found: dict[int | None, list[Interval]] = {}
    for venue_id, entered, ended in visits.order_by("entered_at").values_list("venue_id", "entered_at", "ended_at"):
        found.setdefault(venue_id, []).append((entered, ended))
    return found


def uncovered(interval: Interval, others: Iterable[Interval]) -> list[Interval]:
    """What of a half-open interval lies in none of *others*, in order of time."""
    begins, ends = interval
    parts = []
    for other_begins, other_ends in sorted(others):
        if other_ends <= begins or other_begins >= ends:
            continue
        if other_begins > begins:
            parts.append((begins, other_begins))
        begins = max(begins, other_ends)
    return [*parts, (begins, ends)] if begins < ends else parts
