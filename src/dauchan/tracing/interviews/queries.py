"""What a caller reads beside a contact, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from dauchan.tracing.interviews.models import MOST_CALLS, ContactGrade, ContactInterview, Outcome, ScriptStep
from dauchan.tracing.models import CaseStatus, Contact, Verdict
from dauchan.units.models import Role

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from dauchan.tracing.models import Disease
    from dauchan.units.models import Officer


def grades_of(disease: Disease) -> list[ContactGrade]:
    """The grades of a disease, or the general ones where it has none of its own."""
    grades = list(ContactGrade.objects.filter(Q(disease=disease) | Q(disease=None)).select_related("disease"))
    return [grade for grade in grades if grade.disease_id] or grades


def script_of(disease: Disease) -> list[ScriptStep]:
    """The script of a disease, or the general one, in the order in which it is read."""
    steps = list(ScriptStep.objects.filter(Q(disease=disease) | Q(disease=None)).select_related("disease"))
    return [step for step in steps if step.disease_id] or steps


def own_list(officer: Officer) -> QuerySet[Contact]:
    """Contacts of confirmed cases that wait for *officer*: given to them, or to their team and to nobody in it.

    Each stands here once, as on the latest list it is on. What is due comes first, then who was never called.
    """
    own = Q(assigned_to=officer) | Q(assigned_to=None, team__in=officer.units_as(Role.TRACER))
    interviews = ContactInterview.objects.filter(own, case__status=CaseStatus.CONFIRMED)
    # One sort for all of them: looking up the latest list of each alone would take seconds for a long list.
    listed = Contact.objects.filter(interview__in=interviews)
    latest = listed.order_by("interview_id", "-run__started_at").distinct("interview_id").values("pk")
    contacts = Contact.objects.filter(pk__in=latest, verdict=Verdict.TO_VERIFY)
    return contacts.select_related(
        "interview__grade", "interview__assigned_to", "interview__team", "venue__unit", "run__case__disease"
    ).order_by("interview__next_call_at", "interview__attempts", "first_at", "pk")


def contacts_at_work(contacts: QuerySet[Contact], work: str, officer: Officer) -> QuerySet[Contact]:
    """Those of *contacts* with which the team is at this point; a word that is none lets all through."""
    own = Q(interview__assigned_to=officer) | Q(
        interview__assigned_to=None, interview__team__in=officer.units_as(Role.TRACER)
    )
    in_vain = Q(interview__attempts__gte=MOST_CALLS) | Q(
        interview__last_outcome__in=[Outcome.WRONG_NUMBER, Outcome.REFUSED]
    )
    unreached = Q(interview__reached_at=None)
    wanted = {
        "mine": own,
        "due": due_at(timezone.now()),
        "unreached": unreached,
        "reached": ~unreached,
        "visit": unreached & in_vain,
        "unassigned": Q(interview__assigned_to=None, interview__team=None),
        "named": Q(is_named=True),
    }
    return contacts.filter(wanted.get(work, Q()))


def due_at(now: dt.datetime) -> Q:
    """To be called now: never called, or their time has come; nobody who has a verdict."""
    never = Q(interview=None) | Q(interview__attempts=0)
    return Q(verdict=Verdict.TO_VERIFY) & (never | Q(interview__next_call_at__lte=now))
