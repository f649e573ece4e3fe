"""What a trace would give, before it is run: how many contacts under a few limits, and which places would get a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from dauchan.epi import Cases, trace
from dauchan.tracing.access import require_tracer
from dauchan.tracing.actions import policy_for
from dauchan.tracing.engine import epoch, search
from dauchan.tracing.errors import CaseWithdrawn
from dauchan.tracing.models import CaseStatus
from dauchan.units import audit
from dauchan.venues.models import Venue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pyarrow as pa

    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

CHOICES = ((0, None), (300, 30), (150, 60))
"""Crowd limit, and the minutes that make a contact from F2 on; None leaves those of the rule."""


@dataclass(frozen=True)
class Crowd:
    """A place and day above the limit: nobody there is listed, it gets a notice."""

    venue: Venue | None
    on: dt.date
    visits: int


@dataclass(frozen=True)
class Option:
    """What one limit would give.

    Attributes:
        crowd_limit: 0 is none.
        later_minutes: what makes a contact from F2 on; None as the rule says.
        contacts: how many of F1, F2, … there would be.
        minutes_together: of all contacts.
        minutes_after: the part that counts only because the air lingered after the source had left.
        crowds: places that would get a notice, the fullest first.
    """

    crowd_limit: int
    later_minutes: int | None
    contacts: Sequence[int]
    minutes_together: int
    minutes_after: int
    crowds: Sequence[Crowd]

    @property
    def total(self) -> int:
        return sum(self.contacts)


def trade_off(case: Case, officer: Officer, generations: int) -> list[Option]:
    """Trace *case* under each of `CHOICES` and keep nothing but the counts.

    Raises: RoleMissing, CaseWithdrawn.
    """
    require_tracer(officer, case)
    if case.status != CaseStatus.CONFIRMED:
        raise CaseWithdrawn
    horizon = timezone.now()
    index = search(case, policy_for(case), horizon).index
    periods = Cases.from_arrays([case.person_id], [epoch(case.infectious_from)], [epoch(case.infectious_to)])
    options = []
    for crowd_limit, later in CHOICES:
        first = case.rule.min_overlap_minutes
        chosen = {} if later is None else {"generation_min_overlap_minutes": (first, max(first, later))}
        policy = policy_for(case, generations=generations, crowd_limit=crowd_limit, horizon=epoch(horizon), **chosen)
        found = trace(index, periods, policy)
        tail = _minutes(found.contacts, "tail_seconds")
        together = _minutes(found.contacts, "overlap_seconds") - tail
        counts = found.contacts_per_generation(generations)
        options.append(Option(crowd_limit, later, counts, together, tail, _crowds(found.notices)))
    audit.record(officer, "trace.estimated", f"case:{case.pk}", detail={"generations": generations})
    return options


def _minutes(contacts: pa.Table, column: str) -> int:
    return round(int(contacts.column(column).to_numpy().sum(dtype=np.int64)) / 60)


def _crowds(notices: pa.Table) -> list[Crowd]:
    rows = notices.to_pylist()
    venues = Venue.objects.in_bulk({row["venue_id"] for row in rows})
    crowds = [Crowd(venues.get(row["venue_id"]), row["day"], row["visits"]) for row in rows]
    return sorted(crowds, key=lambda crowd: (-crowd.visits, crowd.on))
