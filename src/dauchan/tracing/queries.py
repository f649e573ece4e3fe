"""What the tracing pages show: where a case was, whom it met, how each meeting went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from dauchan.people.models import Identity
from dauchan.tracing import engine
from dauchan.tracing.contact_actions import JUDGED, UNDONE
from dauchan.tracing.models import Case, Contact, Disclosure, Disease, DoctrineRule, TraceRun, Verdict
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import AuditEntry, Role
from dauchan.venues.models import Venue
from dauchan.visits.models import CheckIn, Visit
from dauchan.visits.registry import Label
from dauchan.visits.rules import DOUBTFUL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from uuid import UUID

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
class Span:
    """A stay as the ledger has it, and the visit it stands for."""

    begins: dt.datetime
    ends: dt.datetime
    imputed: bool
    visit: Visit


@dataclass(frozen=True)
class Encounter:
    """One overlap of a contact with their source, and the two stays behind it."""

    venue: Venue
    starts_at: dt.datetime
    ends_at: dt.datetime
    overlap_seconds: int
    tail_seconds: int
    source: Span
    contact: Span

    @property
    def together_seconds(self) -> int:
        return self.overlap_seconds - self.tail_seconds

    @property
    def is_doubtful(self) -> bool:
        """One of the two may not have been there."""
        return bool((self.source.visit.labels | self.contact.visit.labels) & DOUBTFUL)


def stays_of(case: Case) -> list[Stay]:
    """The case's visits that touch its infectious period, by time."""
    visits = (
        Visit.objects.filter(
            person_id=case.person_id,
            entered_at__lt=case.infectious_to,
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
    source = None if contact.generation == 1 else Contact.objects.get(run=contact.run_id, person_id=contact.source_id)
    rows = engine.encounters_between(contact, source.first_at if source else None)
    return [_encounter(row) for row in rows]


def _encounter(row: dict[str, Any]) -> Encounter:
    return Encounter(
        venue=row["contact_visit"].venue,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        overlap_seconds=row["overlap_seconds"],
        tail_seconds=row["tail_seconds"],
        source=_span(row, "source"),
        contact=_span(row, "contact"),
    )


def _span(row: dict[str, Any], who: str) -> Span:
    return Span(row[f"{who}_entered_at"], row[f"{who}_left_at"], row[f"{who}_left_imputed"], row[f"{who}_visit"])


def corrected_times(visits: Iterable[Visit]) -> dict[UUID, CheckIn]:
    """The check-ins of those visits whose device showed a wrong time: both times, and ours; one query at most."""
    wrong = [visit.check_in_id for visit in visits if visit.labels & (Label.CLOCK_SKEW | Label.CLAMPED)]
    return CheckIn.objects.in_bulk(wrong) if wrong else {}


def chain_of(contact: Contact) -> list[Contact]:
    """Through whom the case reached this contact: the contact, their source, … down to generation 1."""
    chain = [contact]
    while chain[-1].generation > 1:
        source = Contact.objects.select_related("venue__unit").get(run=contact.run_id, person_id=chain[-1].source_id)
        chain.append(source)
    return chain


def contacts_of(run: TraceRun) -> QuerySet[Contact]:
    """The contacts of a run by number, with the venue of the longest overlap and what the team did about them."""
    work = ("interview__grade", "interview__assigned_to", "interview__team", "interview__residence")
    return run.contacts.select_related("venue__unit", *work).order_by("number")


def numbers_in(run: TraceRun, people: Collection[int] | None = None) -> dict[int, int]:
    """The contact's number by person (all, or those asked for): a list names sources without naming people."""
    contacts = run.contacts.order_by() if people is None else run.contacts.order_by().filter(person_id__in=people)
    return dict(contacts.values_list("person_id", "number"))


def generation_counts(run: TraceRun) -> dict[int, int]:
    """How many contacts each traced generation has, those without any included."""
    found = Counter(dict(run.contacts.order_by().values_list("generation").annotate(Count("pk"))))
    return {generation: found[generation] for generation in range(1, engine.policy_of(run).generations + 1)}


def verdict_counts(run: TraceRun) -> dict[str, int]:
    """How many contacts have each verdict, those nobody has included."""
    found = Counter(dict(run.contacts.order_by().values_list("verdict").annotate(Count("pk"))))
    return {verdict: found[verdict] for verdict in Verdict.values}


def venues_in(run: TraceRun) -> QuerySet[Venue]:
    """The places where the contacts of a run had their longest overlap, by name."""
    return Venue.objects.filter(pk__in=run.contacts.order_by().values("venue"))


def doctrine_on(day: dt.date) -> list[tuple[Disease, list[DoctrineRule], DoctrineRule | None]]:
    """The diseases under surveillance, each with its rules, the newest first, and the one in force on *day*."""
    reference = Disease.objects.prefetch_related("rules__tails", "follow_up_rules")
    diseases = [(disease, list(disease.rules.all())) for disease in reference]
    return [(disease, rules, next((r for r in rules if r.valid_from <= day), None)) for disease, rules in diseases]


def log_of(case: Case) -> QuerySet[AuditEntry]:
    """What was done with a case, its traces and the people on them; the latest first."""
    return AuditEntry.objects.filter(subject=f"case:{case.pk}").select_related("actor", "in_place_of").order_by("-id")


def last_judgement(run: TraceRun, officer: Officer) -> AuditEntry | None:
    """The officer's last verdicts on this run, unless they were taken back."""
    own = log_of(run.case).filter(actor=officer, action__in=[JUDGED, UNDONE], detail__run=run.pk).first()
    return own if own and own.action == JUDGED else None


def waiting_for(officer: Officer) -> QuerySet[Disclosure]:
    """Requests for personal details that this approver may decide: in their area and not their own."""
    area = in_area(officer.units_as(Role.APPROVER), "run__case__unit")
    return (
        Disclosure.objects.filter(area, approved=None)
        .exclude(requested_by=officer)
        .select_related("run__case__disease", "run__case__unit", "requested_by")
    )


def decided_for(officer: Officer) -> QuerySet[Disclosure]:
    """Requests of the area that somebody has decided; the latest first."""
    area = in_area(officer.units_as(Role.APPROVER), "run__case__unit")
    decided = Disclosure.objects.filter(area, approved__isnull=False).order_by("-decided_at")
    return decided.select_related("run__case", "requested_by", "decided_by")


def details_of(disclosure: Disclosure, people: Collection[int] | None = None) -> dict[int, Identity]:
    """Names and phones of the people of a run and of its case (all, or those of *people* who are among them), by person.

    The caller got the disclosure from `tracing.access.open_disclosure` and logs the look with `record_details_seen`.
    """
    run = disclosure.run
    covered = set(numbers_in(run, people)) | {run.case.person_id}
    return Identity.objects.in_bulk(covered if people is None else covered & set(people))
