"""What the tracing pages show: where a case was, whom it met, how each meeting went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dauchan.people.models import Identity
from dauchan.tracing import engine
from dauchan.tracing.models import Case, Contact, Disclosure, TraceRun
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.venues.models import Venue
from dauchan.visits.models import Visit

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from dauchan.units.models import Officer


@dataclass(frozen=True)
class Stay:
    """Where the case was while infectious: the visit, clipped to the infectious period."""

    visit: Visit
    begins: dt.datetime
    ends: dt.datetime

    @property
    def imputed(self) -> bool:
        return self.visit.left_at is None


@dataclass(frozen=True)
class Encounter:
    """One overlap of a contact with their source."""

    venue: Venue
    starts_at: dt.datetime
    ends_at: dt.datetime
    overlap_seconds: int
    tail_seconds: int
    source_left_imputed: bool
    contact_left_imputed: bool

    @property
    def together_seconds(self) -> int:
        return self.overlap_seconds - self.tail_seconds


def stays_of(case: Case) -> list[Stay]:
    """The case's visits that touch its infectious period, by time."""
    visits = (
        Visit.objects.filter(
            person_id=case.person_id,
            entered_at__lt=case.infectious_to,
            entered_at__gte=case.infectious_from - engine.LONGEST_STAY,
            ended_at__gt=case.infectious_from,
        )
        .select_related("venue__unit", "venue__category")
        .order_by("entered_at")
    )
    return [
        Stay(visit, max(visit.entered_at, case.infectious_from), min(visit.ended_at, case.infectious_to))
        for visit in visits
    ]


def encounters_of(contact: Contact) -> list[Encounter]:
    """The overlaps of a contact with their source, by start."""
    source = (
        None
        if contact.generation == 1
        else Contact.objects.filter(run=contact.run, person_id=contact.source_id).first()
    )
    rows = engine.encounters_between(contact, source.first_at if source else None)
    venues = Venue.objects.select_related("unit").in_bulk({row["venue_id"] for row in rows})
    return [_encounter(row, venues) for row in rows]


def _encounter(row: dict[str, Any], venues: dict[int, Venue]) -> Encounter:
    return Encounter(
        venue=venues[row["venue_id"]],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        overlap_seconds=row["overlap_seconds"],
        tail_seconds=row["tail_seconds"],
        source_left_imputed=row["source_left_imputed"],
        contact_left_imputed=row["contact_left_imputed"],
    )


def contacts_of(run: TraceRun, generation: int | None = None) -> QuerySet[Contact]:
    """The contacts of a run by number, with the venue of the longest overlap."""
    contacts = run.contacts.select_related("venue__unit").order_by("number")
    return contacts.filter(generation=generation) if generation else contacts


def numbers_in(run: TraceRun) -> dict[int, int]:
    """The contact's number by person, so that a list can name sources ('contact 12') without naming people."""
    return dict(run.contacts.values_list("person_id", "number"))


def generation_counts(run: TraceRun) -> dict[int, int]:
    return dict(sorted(Counter(run.contacts.values_list("generation", flat=True)).items()))


def waiting_for(officer: Officer) -> QuerySet[Disclosure]:
    """Requests for personal details that this approver may decide: in their area and not their own."""
    area = in_area(officer.units_as(Role.APPROVER), "run__case__unit")
    return (
        Disclosure.objects.filter(area, approved=None)
        .exclude(requested_by=officer)
        .select_related("run__case__disease", "run__case__unit", "requested_by")
    )


def details_of(disclosure: Disclosure) -> dict[int, Identity]:
    """Names and phones of the people of a run, and of its case, by person.

    The caller got the disclosure from `tracing.access.open_disclosure` and logs the look with `record_details_seen`.
    """
    people = set(disclosure.run.contacts.values_list("person_id", flat=True)) | {disclosure.run.case.person_id}
    return Identity.objects.in_bulk(people)
