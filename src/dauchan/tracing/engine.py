"""From the ledger to the tracing engine and back: the one place where `dauchan.epi` meets the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dauchan.epi import (
    MISSING,
    Cases,
    TracePolicy,
    VisitIndex,
    encounters_of,
    exposures_behind,
    presence_of_contacts,
    source_window,
    trace,
    weigh_contacts,
)
from dauchan.epi.risk import Setting
from dauchan.epi.visit_columns import joined
from dauchan.tracing.interviews.told_visits import told_as_visits, visits_told
from dauchan.venues.models import Venue
from dauchan.visits.arrays import VisitArrays
from dauchan.visits.facts import facts_of_visits
from dauchan.visits.models import Visit
from dauchan.visits.queries import visits_touching
from dauchan.visits.rules import DOUBTFUL, PACE_MINUTES, is_flood
from dauchan.visits.segments.current import CURRENT
from dauchan.visits.segments.reading import with_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dauchan.epi import Behind, VisitColumns
    from dauchan.tracing.models import Case, Contact, TraceRun

NO_VISITS = VisitArrays(*(np.empty(0, np.int64) for _ in range(5)))


ROWS_AT_ONCE = 5000


@dataclass(frozen=True, eq=False)
class Found:
    """What a trace found up to a generation.

    Attributes:
        contacts: as of `dauchan.epi.trace`, without `index_id` and with what each row rests on.
        notices: rows for `CrowdNotice`.
        policy: the policy, with its horizon.
        visits_read: how many visits were looked through.
        imputed_stays: how many of them have an end that nobody recorded.
    """

    contacts: pa.Table
    notices: Sequence[dict[str, Any]]
    policy: TracePolicy
    visits_read: int
    imputed_stays: int

    def rows_after(self, generation: int) -> Iterator[dict[str, Any]]:
        """Rows for `Contact` of the generations after that one; a few at a time, however many there are."""
        wanted = self.contacts.filter(pc.field("generation") > generation)
        for batch in wanted.to_batches(max_chunksize=ROWS_AT_ONCE):
            yield from batch.to_pylist()


@dataclass(frozen=True, eq=False)
class Search:
    """One trace of a case: all its generations look through the same visits."""

    case: Case
    policy: TracePolicy
    horizon: dt.datetime
    index: VisitIndex

    def to_generation(self, generations: int) -> Found:
        """Trace so many generations. Those before the last are the same as with fewer."""
        periods = Cases.from_arrays(
            [self.case.person_id], [epoch(self.case.infectious_from)], [epoch(self.case.infectious_to)]
        )
        policy = dataclasses.replace(self.policy, generations=generations)
        found = trace(self.index, periods, policy)
        contacts = _weighed(self.index, self.case, found.contacts, policy)
        return Found(contacts, _notices(found.notices), self.policy, len(self.index), found.imputed)


def search(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Search:
    """Look through the ledger up to *horizon*, and through what the case told of and no scan covers."""
    told = with_ends(visits_told(case), NO_VISITS)
    index = CURRENT.index(horizon, told) or index_between(case.infectious_from, horizon, told)
    return Search(case, dataclasses.replace(policy, horizon=epoch(horizon)), horizon, index)


def make_ready() -> None:
    """A tracer looks at a case and may trace it in a moment: the visits are made ready beside the request."""
    CURRENT.warm(dt.datetime.now(dt.UTC))


def contacts_of(case: Case, policy: TracePolicy, horizon: dt.datetime) -> Found:
    """Trace *case* over the ledger up to *horizon*."""
    return search(case, policy, horizon).to_generation(policy.generations)


def index_between(start: dt.datetime, end: dt.datetime, beside: VisitColumns | None = None) -> VisitIndex:
    """All visits that touch `[start, end)`, read from the database; a missing check-out is imputed by the venue's category.

    Slow where there are many: for an installation whose days do not stand on disk yet.
    """
    visits = visits_touching(start, end)
    ledger = with_ends(visits, visits)
    return VisitIndex.from_segments([], ledger if beside is None else joined([ledger, beside]))


def _weighed(index: VisitIndex, case: Case, contacts: pa.Table, policy: TracePolicy) -> pa.Table:
    """The contacts with what each rests on, as columns of `Contact`."""
    behind = exposures_behind(index, contacts, (epoch(case.infectious_from), epoch(case.infectious_to)), policy)
    visits = behind.visits
    facts = facts_of_visits(
        index.person_ids[visits.person], index.venue_ids[visits.venue], visits.entered + index.origin
    )
    weights = weigh_contacts(behind, facts, DOUBTFUL)
    assurance = pa.array(weights.assurance, mask=weights.assurance == 0)
    columns = {**weights._asdict(), "assurance": assurance, **_presence(index, behind, policy)}
    for name, column in columns.items():
        contacts = contacts.append_column(name, pa.array(column))
    return contacts.drop_columns(["index_id"])


def _presence(index: VisitIndex, behind: Behind, policy: TracePolicy) -> dict[str, pa.Array[Any]]:
    """In how much company each contact was exposed, as columns of `Contact`."""
    outdoors = Venue.objects.filter(category__setting=Setting.OUTDOOR).values_list("pk", flat=True)
    found = presence_of_contacts(index, behind, np.array(list(outdoors), np.int64), policy)
    unknown = np.isnan(found.people)
    return {
        "people_present": pa.array(found.people, mask=unknown),
        "outdoor_share": pa.array(found.outdoor_share, mask=unknown),
    }


def encounters_between(contact: Contact, source_first_at: dt.datetime | None) -> list[dict[str, Any]]:
    """The single overlaps behind one row of a contact list, by start; see `dauchan.epi.encounters_of` for the keys.

    Besides, `source_visit` and `contact_visit`: the two visits as the ledger has them. `source_first_at` is when the
    source was first exposed itself; None where the source is the index case.
    """
    run, case = contact.run, contact.run.case
    policy, people = policy_of(run), [contact.source_id, contact.person_id]
    visits = _visits_of(people, case.infectious_from, run.horizon)
    beside = told_as_visits(case) if case.person_id in people else []
    index = _index_of(visits, beside)
    window = (
        (epoch(case.infectious_from), epoch(case.infectious_to))
        if source_first_at is None
        else source_window(index, epoch(source_first_at), policy)
    )
    known = {(visit.person_id, visit.venue_id, epoch(visit.entered_at)): visit for visit in [*beside, *visits]}
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


def _index_of(visits: Sequence[Visit], told: Sequence[Visit]) -> VisitIndex:
    """What a few people do to each other does not depend on anybody else's visits; what was told ends nobody's visit."""
    scanned, beside = _arrays(visits), _arrays(told)
    return VisitIndex.from_segments([], joined([with_ends(scanned, scanned), with_ends(beside, NO_VISITS)]))


def _arrays(visits: Sequence[Visit]) -> VisitArrays:
    rows = [
        (
            visit.person_id,
            visit.venue_id,
            epoch(visit.entered_at),
            epoch(visit.left_at) if visit.left_at else MISSING,
            visit.venue.category.default_stay_minutes,
        )
        for visit in visits
    ]
    return VisitArrays(*np.array(rows, np.int64).reshape(-1, 5).T.copy())


def policy_of(run: TraceRun) -> TracePolicy:
    """The policy a run was made with."""
    return TracePolicy.from_mapping(run.policy)


def _notices(notices: pa.Table) -> list[dict[str, Any]]:
    return notices.drop_columns(["index_id"]).rename_columns(["venue_id", "on", "visits"]).to_pylist()


def epoch(instant: dt.datetime) -> int:
    return int(instant.timestamp())
