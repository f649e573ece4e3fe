"""The record of the team's work with a contact: made when it is first needed, and shown by every list of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min, OuterRef, Subquery

from dauchan.people.models import ControlCard
from dauchan.tracing.interviews.models import ContactInterview, NamedPerson
from dauchan.tracing.models import Contact

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from dauchan.tracing.models import TraceRun


def interviews_for(run: TraceRun, numbers: Collection[int]) -> list[ContactInterview]:
    """The records of the contacts with these numbers, by number; those that have none get theirs."""
    contacts = run.contacts.filter(number__in=numbers).order_by("number")
    without = list(contacts.filter(interview=None).values_list("person_id", flat=True))
    if without:
        _begin(run, without)
    return [contact.interview for contact in contacts.select_related("interview") if contact.interview]


def link_interviews(run: TraceRun) -> None:
    """A new list shows what the team did with its people for the case before."""
    _link(Contact.objects.filter(run=run), run)


def _link(contacts: QuerySet[Contact], run: TraceRun) -> None:
    own = ContactInterview.objects.filter(case=run.case_id, person_id=OuterRef("person_id")).values("pk")
    known = ContactInterview.objects.filter(case=run.case_id).values("person_id")
    contacts.filter(interview=None, person_id__in=known).update(interview=Subquery(own[:1]))


def _begin(run: TraceRun, people: list[int]) -> None:
    listed = Contact.objects.filter(run__case=run.case_id)
    found = dict(
        listed.filter(person_id__in=people).order_by().values_list("person_id").annotate(Min("run__finished_at"))
    )
    homes = known_homes(run, people)
    ContactInterview.objects.bulk_create(
        [
            ContactInterview(
                case_id=run.case_id, person_id=person, found_at=found[person], residence_id=homes.get(person)
            )
            for person in people
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    _link(listed, run)


def known_homes(run: TraceRun, people: Collection[int]) -> dict[int, int]:
    """The commune each of *people* lives in, where the case told it or their control card was issued there."""
    cards = ControlCard.objects.filter(person_id__in=people).order_by("issued_at").values_list("person_id", "unit_id")
    told = NamedPerson.objects.filter(case=run.case_id, person_id__in=people).exclude(commune=None)
    return dict(cards) | dict(told.values_list("person_id", "commune_id"))
