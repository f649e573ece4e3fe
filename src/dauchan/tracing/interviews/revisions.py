"""What is known of a contact at one moment: to see that somebody wrote meanwhile, and to give back what a call changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from dauchan.tracing.interviews.models import ContactInterview, StepKind

if TYPE_CHECKING:
    from dauchan.tracing.models import Contact

#: What a call may change in the record, beside answers in words.
COLUMNS = (StepKind.DISTANCE, StepKind.VENTILATION, StepKind.SOURCE_MASK, StepKind.CONTACT_MASK, "grade_id")
State = dict[str, Any]


def state_of(contact: Contact) -> State:
    """The verdict, the grade and everything answered, as the database has it now."""
    interview = ContactInterview.objects.filter(case=contact.run.case_id, person_id=contact.person_id).first()
    verdict = type(contact).objects.values_list("verdict", flat=True).get(pk=contact.pk)
    state: State = {"verdict": verdict, "answers": {}, **{str(name): None for name in COLUMNS}}
    if interview:
        answers = interview.answers.values_list("step", "answer")
        state |= {str(name): getattr(interview, str(name)) or None for name in COLUMNS}
        state["answers"] = {str(step): answer for step, answer in answers}
    return state


def reading_of(contact: Contact) -> str:
    """A digest of all that somebody reads of a contact before they write about them."""
    interview = contact.interview
    tested = (str(interview.tested_at), interview.result) if interview else ()
    calls = list(interview.calls.values_list("pk", "taken_back_at")) if interview else []
    said = json.dumps([state_of(contact), tested, calls], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
