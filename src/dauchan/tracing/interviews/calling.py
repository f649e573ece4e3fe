"""What the team does with contacts: shares them out, calls, keeps what was said, grades, notes tests."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.access import require_tracer
from dauchan.tracing.interviews.contact_work import interviews_for
from dauchan.tracing.interviews.models import (
    Call,
    CallAnswer,
    ContactInterview,
    Distance,
    Mask,
    Outcome,
    StepKind,
    Ventilation,
)
from dauchan.tracing.interviews.teams import officers_of, teams_for
from dauchan.tracing.models import Verdict
from dauchan.units import audit
from dauchan.units.models import Officer, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dauchan.tracing.interviews.models import ContactGrade, ScriptStep
    from dauchan.tracing.models import Contact, TraceRun

#: Nobody answered: try again so much later, within these local hours.
RETRY = dt.timedelta(hours=2)
FIRST_HOUR, LAST_HOUR = 7, 21
#: Kinds of steps whose answer stands in a column of the record, and what it may say.
COLUMNS: dict[str, type[Distance | Ventilation | Mask]] = {
    StepKind.DISTANCE: Distance,
    StepKind.VENTILATION: Ventilation,
    StepKind.SOURCE_MASK: Mask,
    StepKind.CONTACT_MASK: Mask,
}


@dataclass(frozen=True)
class CallReport:
    """How a call went.

    Attributes:
        call_back_at: when the contact asked to be called again.
        answers: to steps of the script; an empty one takes an earlier answer away.
    """

    outcome: str
    call_back_at: dt.datetime | None = None
    note: str = ""
    answers: Mapping[ScriptStep, str] = field(default_factory=dict)


def next_call(outcome: str, call_back_at: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """When to call again, None: not at all, or not by telephone."""
    if outcome == Outcome.CALL_BACK:
        return call_back_at
    if outcome != Outcome.NO_ANSWER:
        return None
    again = timezone.localtime(now + RETRY)
    if FIRST_HOUR <= again.hour < LAST_HOUR:
        return again
    morning = again.replace(hour=FIRST_HOUR, minute=30, second=0, microsecond=0)
    return morning if again.hour < FIRST_HOUR else morning + dt.timedelta(days=1)


@transaction.atomic
def record_call(contact: Contact, officer: Officer, report: CallReport) -> Call:
    """Keep one call and what was said in it. The first that reached them stops the clock of reaching. Raises: RoleMissing."""
    require_tracer(officer, contact.run.case)
    (found,) = interviews_for(contact.run, [contact.number])
    interview = ContactInterview.objects.select_for_update().get(pk=found.pk)
    now = timezone.now()
    call = Call.objects.create(
        interview=interview,
        officer=officer,
        called_at=now,
        outcome=report.outcome,
        call_back_at=report.call_back_at,
        note=report.note,
    )
    interview.attempts += 1
    interview.last_outcome = report.outcome
    interview.next_call_at = next_call(report.outcome, report.call_back_at, now)
    if report.outcome == Outcome.REACHED:
        interview.reached_at = interview.reached_at or now
    _keep_answers(interview, officer, report.answers)
    interview.save()
    detail = {"run": contact.run_id, "number": contact.number, "outcome": report.outcome}
    audit.record(officer, "contact.called", f"case:{contact.run.case_id}", detail=detail)
    return call


def _keep_answers(interview: ContactInterview, officer: Officer, answers: Mapping[ScriptStep, str]) -> None:
    now = timezone.now()
    for step, answer in answers.items():
        if step.kind in COLUMNS:
            setattr(interview, step.kind, answer if answer in COLUMNS[step.kind].values else "")
        elif answer:
            CallAnswer.objects.update_or_create(
                interview=interview, step=step, defaults={"answer": answer, "officer": officer, "answered_at": now}
            )
        else:
            CallAnswer.objects.filter(interview=interview, step=step).delete()


@transaction.atomic
def record_test(contact: Contact, officer: Officer, tested_at: dt.datetime, result: str) -> ContactInterview:
    """Keep when a contact was tested and what came out. Raises: RoleMissing."""
    require_tracer(officer, contact.run.case)
    (interview,) = interviews_for(contact.run, [contact.number])
    interview.tested_at, interview.result = tested_at, result
    interview.save(update_fields=["tested_at", "result"])
    detail = {"run": contact.run_id, "number": contact.number, "result": result}
    audit.record(officer, "contact.tested", f"case:{contact.run.case_id}", detail=detail)
    return interview


@transaction.atomic
def grade_contacts(run: TraceRun, officer: Officer, numbers: Collection[int], grade: ContactGrade | None) -> int:
    """Say how close these contacts were; None takes a grade back. Returns: of how many it changed. Raises: RoleMissing."""
    require_tracer(officer, run.case)
    changing = [one for one in interviews_for(run, numbers) if one.grade_id != (grade.pk if grade else None)]
    ContactInterview.objects.filter(pk__in=[one.pk for one in changing]).update(grade=grade)
    if changing:
        detail = {"run": run.pk, "grade": grade.code if grade else "", "count": len(changing)}
        audit.record(officer, "contacts.graded", f"case:{run.case_id}", detail=detail)
    return len(changing)


@transaction.atomic
def assign_contacts(run: TraceRun, officer: Officer, numbers: Collection[int], to: Officer | Unit | None) -> int:
    """Give these contacts to an officer, to a unit's team, or to nobody. Returns: how many. Raises: RoleMissing."""
    require_tracer(officer, run.case)
    interviews = interviews_for(run, numbers)
    team, person = (to, None) if isinstance(to, Unit) else (None, to)
    for interview in interviews:
        interview.assigned_to = person
        interview.team = team if person is None else interview.team
    _assigned(run, officer, interviews, by="hand")
    return len(interviews)


@transaction.atomic
def assign_by_residence(run: TraceRun, officer: Officer, numbers: Collection[int], *, share: bool) -> int:
    """Give each contact to the team of the commune they live in, where nobody knows it, of the place they were met at.

    Args:
        run: the list.
        officer: who does it.
        numbers: of the contacts.
        share: give them to the officers of each team in turn, whoever has least first.

    Returns: how many have a team now. Raises: RoleMissing.
    """
    require_tracer(officer, run.case)
    interviews = interviews_for(run, numbers)
    met = dict(run.contacts.filter(number__in=numbers).exclude(venue=None).values_list("interview", "venue__unit"))
    homes = {one.pk: one.residence_id or met.get(one.pk) or run.case.unit_id for one in interviews}
    teams = teams_for(set(homes.values()))
    for interview in interviews:
        interview.team = teams.get(homes[interview.pk])
        interview.assigned_to = None
    if share:
        _share_out(interviews)
    _assigned(run, officer, interviews, by="residence")
    return sum(one.team_id is not None for one in interviews)


def _share_out(interviews: Iterable[ContactInterview]) -> None:
    """In turn, beginning with whoever has the fewest contacts that are not reached yet."""
    by_team: dict[Unit, list[ContactInterview]] = {}
    for interview in interviews:
        if interview.team:
            by_team.setdefault(interview.team, []).append(interview)
    for team, theirs in by_team.items():
        officers = list(officers_of(team))
        waiting = ContactInterview.objects.filter(assigned_to__in=officers, reached_at=None)
        load = Counter(waiting.values_list("assigned_to", flat=True))
        officers.sort(key=lambda one: load[one.pk])
        for interview, one in zip(theirs, cycle(officers), strict=False):
            interview.assigned_to = one


def _assigned(run: TraceRun, officer: Officer, interviews: Collection[ContactInterview], by: str) -> None:
    now = timezone.now()
    given: dict[tuple[int | None, int | None], list[int]] = {}
    for interview in interviews:
        given.setdefault((interview.team_id, interview.assigned_to_id), []).append(interview.pk)
    for (team, person), records in given.items():  # a statement for each receiver, not one for each contact
        ContactInterview.objects.filter(pk__in=records).update(
            team=team, assigned_to=person, assigned_at=now if team or person else None
        )
    detail = {"run": run.pk, "count": len(interviews), "by": by}
    audit.record(officer, "contacts.assigned", f"case:{run.case_id}", detail=detail)


def note_verified(run: TraceRun, numbers: Collection[int], verdict: str) -> None:
    """A verdict stops the clock of verifying, and one taken back sets it going again."""
    records = [one.pk for one in interviews_for(run, numbers)]
    interviews = ContactInterview.objects.filter(pk__in=records)
    if verdict == Verdict.TO_VERIFY:
        interviews.update(verified_at=None)
    else:
        interviews.filter(verified_at=None).update(verified_at=timezone.now())
