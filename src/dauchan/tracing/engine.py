"""From the ledger to the tracing engine and back: the one place where `dauchan.epi` meets the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dauchan.epi import (
    MISSING,
    Cases,
    TracePolicy,
    VisitFacts,
    VisitIndex,
    encounters_of,
    source_window,
    trace,
    weigh_contacts,
)
from dauchan.visits.models import Visit
from dauchan.visits.queries import facts_of_people, visits_touching
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.visits.rules import DOUBTFUL, PACE_MINUTES, is_flood

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa

    from dauchan.tracing.models import Case, Contact, TraceRun

KEPT = dt.timedelta(days=RETENTION_DAYS)


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
    visits = visits_touching(start, end)
    return VisitIndex.from_arrays(
        visits.person, visits.venue, visits.entered, visits.left, default_stay_minutes=visits.stay_minutes
    )


def contacts_of(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Found:
    """Trace *case* over the ledger up to *horizon*."""
    policy = dataclasses.replace(policy, horizon=epoch(horizon))
    index = index_between(case.infectious_from, horizon)
    periods = Cases.from_arrays([case.person_id], [epoch(case.infectious_from)], [epoch(case.infectious_to)])
    found = trace(index, periods, policy)
    contacts = _rows(found.contacts)
    for row, weight in zip(contacts, _weights(index, case, found.contacts, policy, horizon), strict=True):
        row.update(weight)
    return Found(contacts, _notices(found.notices), policy, len(index), found.imputed)


def _weights(
    index: VisitIndex, case: Case, contacts: pa.Table, policy: TracePolicy, horizon: dt.datetime
) -> Iterator[dict[str, Any]]:
    """What each contact rests on, as columns of `Contact`."""
    people = {*contacts.column("person_id").to_pylist(), *contacts.column("source_id").to_pylist()}
    # A stay that touches the period may have begun at any time that is kept.
    facts = facts_of_people(people, case.infectious_from - KEPT, horizon)
    period = epoch(case.infectious_from), epoch(case.infectious_to)
    weights = weigh_contacts(index, contacts, period, VisitFacts(**vars(facts)), DOUBTFUL, policy)
    for labels, sources, assurance, is_doubtful in zip(*(column.tolist() for column in weights), strict=True):
        yield {"labels": labels, "sources": sources, "assurance": assurance or None, "is_doubtful": is_doubtful}


def encounters_between(contact: Contact, source_first_at: dt.datetime | None) -> list[dict[str, Any]]:
    """The single overlaps behind one row of a contact list, by start; see `dauchan.epi.encounters_of` for the keys.

    `source_first_at` is when the source was first exposed itself; None where the source is the index case.
    """
    run, case = contact.run, contact.run.case
    policy = policy_of(run)
    index = _index_of([contact.source_id, contact.person_id], case.infectious_from, run.horizon)
    window = (
        (epoch(case.infectious_from), epoch(case.infectious_to))
        if source_first_at is None
        else source_window(index, epoch(source_first_at), policy)
    )
    return encounters_of(index, contact.source_id, contact.person_id, window, policy).to_pylist()


def _index_of(people: list[int], start: dt.datetime, end: dt.datetime) -> VisitIndex:
    """The visits of a few people only: what they do to each other does not depend on anybody else's."""
    visits = Visit.objects.filter(person_id__in=people, entered_at__lt=end, ended_at__gt=start)
    columns = ("person_id", "venue_id", "entered_at", "left_at", "venue__category__default_stay_minutes", "labels")
    rows = without_floods(visits.values_list(*columns))
    person, venue, entered, left, stay, _labels = zip(*rows, strict=True) if rows else ((), (), (), (), (), ())
    return VisitIndex.from_arrays(
        person,
        venue,
        [epoch(instant) for instant in entered],
        [epoch(instant) if instant else MISSING for instant in left],
        default_stay_minutes=np.array(stay, np.int64),
    )


def without_floods(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows (person, …, entry third, …, labels last) without the spans of a flood, as `visits_between` leaves them out."""
    found = list(rows)
    floods = {_span(row) for row in found if is_flood(row[-1])}
    return [row for row in found if _span(row) not in floods]


def _span(row: tuple[Any, ...]) -> tuple[int, int]:
    return row[0], epoch(row[2]) // (PACE_MINUTES * 60)


def policy_of(run: TraceRun) -> TracePolicy:
    """The policy a run was made with."""
    return TracePolicy.from_mapping(run.policy)


def _rows(contacts: pa.Table) -> list[dict[str, Any]]:
    return contacts.drop_columns(["index_id"]).to_pylist()


def _notices(notices: pa.Table) -> list[dict[str, Any]]:
    return notices.drop_columns(["index_id"]).rename_columns(["venue_id", "on", "visits"]).to_pylist()


def epoch(instant: dt.datetime) -> int:
    return int(instant.timestamp())
