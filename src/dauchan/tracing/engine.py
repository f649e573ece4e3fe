"""From the ledger to the tracing engine and back: the one place where `dauchan.epi` meets the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dauchan.epi import Cases, TracePolicy, VisitIndex, trace
from dauchan.visits.queries import visits_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from dauchan.tracing.models import Case

#: A visit that began this long before the window may still reach into it.
LONGEST_STAY = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Found:
    """What a trace found: rows for `Contact`, and what was read to find them."""

    contacts: Sequence[dict[str, Any]]
    policy: TracePolicy
    visits_read: int
    imputed_stays: int


def index_between(start: dt.datetime, end: dt.datetime) -> VisitIndex:
    """All visits that touch `[start, end)`, ready to be traced; a missing check-out is imputed by the venue's category."""
    visits = visits_between(start - LONGEST_STAY, end)
    return VisitIndex.from_arrays(
        visits.person_id,
        visits.venue_id,
        visits.entered_at,
        visits.left_at,
        default_stay_minutes=visits.default_stay_minutes,
    )


def contacts_of(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Found:
    """Trace *case* over the ledger up to *horizon*."""
    policy = dataclasses.replace(policy, horizon=_epoch(horizon))
    index = index_between(case.infectious_from, horizon)
    periods = Cases.from_arrays([case.person_id], [_epoch(case.infectious_from)], [_epoch(case.infectious_to)])
    found = trace(index, periods, policy)
    return Found(_rows(found.contacts), policy, len(index), found.imputed)


def _rows(contacts: pa.Table) -> list[dict[str, Any]]:
    return contacts.drop_columns(["index_id"]).to_pylist()


def _epoch(instant: dt.datetime) -> int:
    return int(instant.timestamp())
