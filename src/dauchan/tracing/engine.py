"""From the ledger to the tracing engine and back: the one place where `dauchan.epi` meets the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dauchan.epi import MISSING, Cases, TracePolicy, VisitIndex, encounters_of, source_window, trace
from dauchan.visits.models import Visit
from dauchan.visits.queries import visits_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from dauchan.tracing.models import Case, Contact, TraceRun

#: A visit that began this long before the window may still reach into it.
LONGEST_STAY = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Found:
    """What a trace found: rows for `Contact` and for `CrowdNotice`, and what was read to find them."""

    contacts: Sequence[dict[str, Any]]
    notices: Sequence[dict[str, Any]]
    policy: TracePolicy
    visits_read: int
    imputed_stays: int


def index_between(start: dt.datetime, end: dt.datetime) -> VisitIndex:
    """All visits that touch `[start, end)`, ready to be traced; a missing check-out is imputed by the venue's category."""
    visits = visits_between(start - LONGEST_STAY, end)
    return VisitIndex.from_arrays(
        visits.person, visits.venue, visits.entered, visits.left, default_stay_minutes=visits.stay_minutes
    )


def contacts_of(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Found:
    """Trace *case* over the ledger up to *horizon*."""
    policy = dataclasses.replace(policy, horizon=epoch(horizon))
    index = index_between(case.infectious_from, horizon)
    periods = Cases.from_arrays([case.person_id], [epoch(case.infectious_from)], [epoch(case.infectious_to)])
    found = trace(index, periods, policy)
    return Found(_rows(found.contacts), _notices(found.notices), policy, len(index), found.imputed)


def encounters_between(contact: Contact, source_first_at: dt.datetime | None) -> list[dict[str, Any]]:
    """The single overlaps behind one row of a contact list, by start; see `dauchan.epi.encounters_of` for the keys.

    `source_first_at` is when the source was first exposed itself; None where the source is the index case.
    """
    run, case = contact.run, contact.run.case
    policy = policy_of(run)
    index = _index_of([contact.source_id, contact.person_id], case.infectious_from - LONGEST_STAY, run.horizon)
    window = (
        (epoch(case.infectious_from), epoch(case.infectious_to))
        if source_first_at is None
        else source_window(index, epoch(source_first_at), policy)
    )
    return encounters_of(index, contact.source_id, contact.person_id, window, policy).to_pylist()


def _index_of(people: list[int], start: dt.datetime, end: dt.datetime) -> VisitIndex:
    """The visits of a few people only: what they do to each other does not depend on anybody else's."""
    visits = Visit.objects.filter(person_id__in=people, entered_at__gte=start, entered_at__lt=end)
    rows = visits.values_list("person_id", "venue_id", "entered_at", "left_at", "venue__category__default_stay_minutes")
    person, venue, entered, left, stay = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return VisitIndex.from_arrays(
        person,
        venue,
        [epoch(instant) for instant in entered],
        [epoch(instant) if instant else MISSING for instant in left],
        default_stay_minutes=np.array(stay, np.int64),
    )


def policy_of(run: TraceRun) -> TracePolicy:
    """The policy a run was made with."""
    return TracePolicy.from_mapping(run.policy)


def _rows(contacts: pa.Table) -> list[dict[str, Any]]:
    return contacts.drop_columns(["index_id"]).to_pylist()


def _notices(notices: pa.Table) -> list[dict[str, Any]]:
    return notices.drop_columns(["index_id"]).rename_columns(["venue_id", "on", "visits"]).to_pylist()


def epoch(instant: dt.datetime) -> int:
    return int(instant.timestamp())
