"""From the ledger to the tracing engine and back: the one place where `dauchan.epi` meets the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from dauchan.epi import (
    MISSING,
    Cases,
    TracePolicy,
    VisitFacts,
    VisitIndex,
    encounters_of,
    presence_of_contacts,
    source_window,
    trace,
    weigh_contacts,
)
from dauchan.epi.risk import Setting
from dauchan.tracing.interviews.told_visits import told_as_visits, visits_told
from dauchan.venues.models import Venue
from dauchan.visits.arrays import VisitArrays
from dauchan.visits.models import Visit
from dauchan.visits.queries import facts_of_people, visits_touching
from dauchan.visits.retention import RETENTION_DAYS
from dauchan.visits.rules import DOUBTFUL, PACE_MINUTES, is_flood

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def index_between(start: dt.datetime, end: dt.datetime, told: VisitArrays | None = None) -> VisitIndex:
    """All visits that touch `[start, end)`, ready to be traced; a missing check-out is imputed by the venue's category.

    *told*: stays that nobody scanned, of which a case told.
    """
    visits = visits_touching(start, end)
    if told is not None and len(told):
        columns = (np.concatenate([getattr(visits, name), getattr(told, name)]) for name in vars(told))
        visits = VisitArrays(*columns)
    return VisitIndex.from_arrays(
        visits.person, visits.venue, visits.entered, visits.left, default_stay_minutes=visits.stay_minutes
    )


def contacts_of(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Found:
    """Trace *case* over the ledger up to *horizon*."""
    policy = dataclasses.replace(policy, horizon=epoch(horizon))
    index = index_between(case.infectious_from, horizon, visits_told(case))
    periods = Cases.from_arrays([case.person_id], [epoch(case.infectious_from)], [epoch(case.infectious_to)])
    found = trace(index, periods, policy)
    contacts = _rows(found.contacts)
    weights = _weights(index, case, found.contacts, policy, horizon)
    for row, weight, presence in zip(contacts, weights, _presence(index, case, found.contacts, policy), strict=True):
        row.update(weight, **presence)
    return Found(contacts, _notices(found.notices), policy, len(index), found.imputed)


def _weights(
    index: VisitIndex, case: Case, contacts: pa.Table, policy: TracePolicy, horizon: dt.datetime
) -> Iterator[dict[str, Any]]:
    """What each contact rests on, as columns of `Contact`."""
    people = np.union1d(contacts.column("person_id").to_numpy(), contacts.column("source_id").to_numpy()).tolist()
    # A stay that touches the period may have begun at any time that is kept.
    facts = facts_of_people(people, case.infectious_from - KEPT, horizon)
    period = epoch(case.infectious_from), epoch(case.infectious_to)
    weights = weigh_contacts(index, contacts, period, VisitFacts(**vars(facts)), DOUBTFUL, policy)
    for labels, sources, assurance, is_doubtful in zip(*(column.tolist() for column in weights), strict=True):
        yield {"labels": labels, "sources": sources, "assurance": assurance or None, "is_doubtful": is_doubtful}


def _presence(
    index: VisitIndex, case: Case, contacts: pa.Table, policy: TracePolicy
) -> Iterator[dict[str, float | None]]:  # fmt: skip
    """In how much company each contact was exposed, as columns of `Contact`."""
    outdoors = Venue.objects.filter(category__setting=Setting.OUTDOOR).values_list("pk", flat=True)
    period = epoch(case.infectious_from), epoch(case.infectious_to)
    found = presence_of_contacts(index, contacts, period, np.array(list(outdoors), np.int64), policy)
    for people, share in zip(found.people.tolist(), found.outdoor_share.tolist(), strict=True):
        known = not isnan(people)
        yield {"people_present": people if known else None, "outdoor_share": share if known else None}


def encounters_between(contact: Contact, source_first_at: dt.datetime | None) -> list[dict[str, Any]]:
    """The single overlaps behind one row of a contact list, by start; see `dauchan.epi.encounters_of` for the keys.

    Besides, `source_visit` and `contact_visit`: the two visits as the ledger has them. `source_first_at` is when the
    source was first exposed itself; None where the source is the index case.
    """
    run, case = contact.run, contact.run.case
    policy = policy_of(run)
    visits = _visits_of([contact.source_id, contact.person_id], case.infectious_from, run.horizon)
    if case.person_id in {contact.source_id, contact.person_id}:
        visits += told_as_visits(case)
    index = _index_of(visits)
    window = (
        (epoch(case.infectious_from), epoch(case.infectious_to))
        if source_first_at is None
        else source_window(index, epoch(source_first_at), policy)
    )
    known = {(visit.person_id, visit.venue_id, epoch(visit.entered_at)): visit for visit in visits}
    rows = encounters_of(index, contact.source_id, contact.person_id, window, policy).to_pylist()
    for row in rows:
        for who, person in (("source", contact.source_id), ("contact", contact.person_id)):
            row[f"{who}_visit"] = known[person, row["venue_id"], epoch(row[f"{who}_entered_at"])]
    return rows


def _visits_of(people: list[int], start: dt.datetime, end: dt.datetime) -> list[Visit]:
    """The visits of a few people that touch [start, end), without the spans of a flood, as `visits_between` gives them."""
    visits = Visit.objects.filter(person_id__in=people, entered_at__lt=end, ended_at__gt=start)
    found = list(visits.select_related("venue__category", "venue__unit"))
    floods = {_span(visit) for visit in found if is_flood(visit.labels)}
    return [visit for visit in found if _span(visit) not in floods]


def _span(visit: Visit) -> tuple[int, int]:
    return visit.person_id, epoch(visit.entered_at) // (PACE_MINUTES * 60)


def _index_of(visits: Sequence[Visit]) -> VisitIndex:
    """What a few people do to each other does not depend on anybody else's visits."""
    return VisitIndex.from_arrays(
        [visit.person_id for visit in visits],
        [visit.venue_id for visit in visits],
        [epoch(visit.entered_at) for visit in visits],
        [epoch(visit.left_at) if visit.left_at else MISSING for visit in visits],
        default_stay_minutes=np.array([visit.venue.category.default_stay_minutes for visit in visits], np.int64),
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
