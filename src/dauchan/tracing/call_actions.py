"""A call with all that follows from it, kept in one step, and taken back in one step when it was recorded by mistake."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.access import require_tracer
from dauchan.tracing.contact_actions import judge_contacts
from dauchan.tracing.errors import CallStands, WrittenMeanwhile
from dauchan.tracing.interviews.calling import grade_contacts, next_call, record_call
from dauchan.tracing.interviews.models import Call, CallAnswer, ContactInterview, Outcome
from dauchan.tracing.interviews.revisions import COLUMNS, reading_of, state_of
from dauchan.units import audit

if TYPE_CHECKING:
    from dauchan.tracing.interviews.calling import CallReport
    from dauchan.tracing.interviews.models import ContactGrade
    from dauchan.tracing.interviews.revisions import State
    from dauchan.tracing.models import Contact
    from dauchan.units.models import Officer

#: So long after it a call can be taken back; later it has been read and acted upon.
TAKEN_BACK_WITHIN = dt.timedelta(hours=24)


@transaction.atomic
def keep_call(
    contact: Contact,
    officer: Officer,
    report: CallReport,
    *,
    grade: ContactGrade | None,
    verdict: str,
    reading: str = "",
) -> Call:
    """Keep a call, the grade and the verdict. The same form sent twice is kept once.

    With a *reading* of what the caller had before them it is refused where somebody wrote in the meantime.

    Raises: RoleMissing, WrittenMeanwhile.
    """
    require_tracer(officer, contact.run.case)
    contact = type(contact).objects.select_for_update(of=("self",)).select_related("run__case").get(pk=contact.pk)
    if reading and (sent := _sent_before(contact, officer, report, reading)):
        return sent
    if reading and reading != reading_of(contact):
        raise WrittenMeanwhile
    was = state_of(contact)
    call = record_call(contact, officer, report)
    grade_contacts(contact.run, officer, [contact.number], grade)
    judge_contacts(contact.run, officer, [contact.number], verdict)
    call.changed, call.reading = json.dumps({"was": was, "became": state_of(contact)}), reading
    call.save(update_fields=["changed", "reading"])
    return call


def _sent_before(contact: Contact, officer: Officer, report: CallReport, reading: str) -> Call | None:
    own = Call.objects.filter(interview=contact.interview_id, officer=officer, reading=reading)
    return own.filter(outcome=report.outcome, taken_back_at=None).first()


def call_to_take_back(contact: Contact, officer: Officer) -> Call | None:
    """The last call of a contact that stands, where it is the officer's own and was made lately."""
    standing = Call.objects.filter(interview=contact.interview_id, taken_back_at=None)
    last = standing.first()
    is_theirs = last is not None and last.officer_id == officer.pk and bool(last.changed)
    return last if last and is_theirs and timezone.now() - last.called_at < TAKEN_BACK_WITHIN else None


@transaction.atomic
def take_back_call(contact: Contact, officer: Officer, call_id: int) -> Call:
    """Let a call count for nothing, and give back what it changed where nobody has changed it again. It stays to be read.

    Raises: RoleMissing, CallStands.
    """
    require_tracer(officer, contact.run.case)
    known = ContactInterview.objects.select_for_update().filter(case=contact.run.case_id, person_id=contact.person_id)
    interview = known.first()
    call = call_to_take_back(contact, officer)
    if interview is None or call is None or call.pk != call_id:
        raise CallStands
    call.taken_back_at = timezone.now()
    call.save(update_fields=["taken_back_at"])
    _count_anew(interview)
    changed = json.loads(call.changed or "{}")
    was, became, now = changed["was"], changed["became"], state_of(contact)
    for name in COLUMNS:
        if now[name] == became[name]:
            setattr(interview, str(name), was[name] if name == "grade_id" else was[name] or "")
    interview.save()
    _give_answers_back(interview, call, was, became)
    if now["verdict"] == became["verdict"]:
        judge_contacts(contact.run, officer, [contact.number], was["verdict"])
    detail = {"run": contact.run_id, "number": contact.number, "outcome": call.outcome}
    audit.record(officer, "contact.call_taken_back", f"case:{contact.run.case_id}", detail=detail)
    return call


def _count_anew(interview: ContactInterview) -> None:
    """Attempts, when to call next and when they were reached, by the calls that stand."""
    standing = list(interview.calls.filter(taken_back_at=None))
    last = standing[0] if standing else None
    reached = [call.called_at for call in standing if call.outcome == Outcome.REACHED]
    interview.attempts = len(standing)
    interview.last_outcome = last.outcome if last else ""
    interview.next_call_at = next_call(last.outcome, last.call_back_at, last.called_at) if last else None
    interview.reached_at = min(reached, default=None)


def _give_answers_back(interview: ContactInterview, call: Call, was: State, became: State) -> None:
    now = dict(interview.answers.values_list("step", "answer"))
    for step, answer in became["answers"].items():
        before = was["answers"].get(step)
        if before == answer or now.get(int(step)) != answer:
            continue
        if before is None:
            interview.answers.filter(step=int(step)).delete()
        else:
            interview.answers.filter(step=int(step)).update(answer=before)
    for step in was["answers"].keys() - became["answers"].keys():
        if int(step) not in now:
            CallAnswer.objects.create(
                interview=interview, step_id=int(step), answer=was["answers"][step], officer=call.officer
            )
