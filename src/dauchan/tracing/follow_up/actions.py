"""What happens to somebody who is watched: reports, tests, the end, and the day they fall ill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.access import require_tracer
from dauchan.tracing.actions import CaseReport, case_from_contact
from dauchan.tracing.follow_up.errors import FollowUpOver, NotSampled, ResultKnown, TooManyReports
from dauchan.tracing.follow_up.models import Channel, FollowUp, FollowUpStatus, FollowUpTest, SymptomReport
from dauchan.tracing.intake.models import LabOutcome
from dauchan.tracing.intake.reports import LabReport
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer

#: More than so many reports of one person on one day are no reports.
MOST_REPORTS_A_DAY = 12


@dataclass(frozen=True)
class Answer:
    """What a contact said of their health: codes of `intake.symptoms.Symptom`, a temperature, a remark."""

    symptoms: tuple[str, ...] = ()
    temperature: str = ""
    remark: str = ""

    @property
    def is_well(self) -> bool:
        return not self.symptoms


@transaction.atomic
def keep_answer(follow_up: FollowUp, answer: Answer, channel: str, officer: Officer | None = None) -> SymptomReport:
    """Keep what was said today; what silence had brought before somebody is settled by it.

    Raises: FollowUpOver, TooManyReports, RoleMissing for an officer who may only look.
    """
    if officer is not None:
        require_tracer(officer, follow_up.case)
    today = timezone.localdate()
    followed = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if not followed.is_active:
        raise FollowUpOver
    if channel != Channel.CALL and followed.reports.filter(for_on=today).count() >= MOST_REPORTS_A_DAY:
        raise TooManyReports
    report = followed.reports.create(
        for_on=today,
        channel=channel,
        officer=officer,
        is_well=answer.is_well,
        symptoms=" ".join(answer.symptoms),
        temperature=answer.temperature,
        remark=answer.remark,
    )
    followed.missed_in_a_row = 0
    if not answer.is_well and followed.ill_since_on is None:
        followed.ill_since_on = today
    followed.save(update_fields=["missed_in_a_row", "ill_since_on"])
    followed.escalations.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=officer)
    if officer is not None:
        _log(followed, officer, "follow_up.reported")
    return report


@transaction.atomic
def note_sample(test: FollowUpTest, officer: Officer, kind: str, sampled_at: dt.datetime) -> FollowUpTest:
    """Raises: RoleMissing, FollowUpOver, ResultKnown."""
    test = _open_test(test, officer)
    test.kind, test.sampled_at, test.sampled_by = kind, sampled_at, officer
    test.save(update_fields=["kind", "sampled_at", "sampled_by"])
    _log(test.follow_up, officer, "follow_up.sampled")
    return test


@transaction.atomic
def note_result(test: FollowUpTest, officer: Officer, result: str) -> FollowUpTest:
    """Raises: RoleMissing, FollowUpOver, ResultKnown, NotSampled."""
    test = _open_test(test, officer)
    if test.sampled_at is None:
        raise NotSampled
    test.result, test.resulted_at, test.resulted_by = result, timezone.now(), officer
    test.save(update_fields=["result", "resulted_at", "resulted_by"])
    _log(test.follow_up, officer, "follow_up.result", result=result)
    return test


def _open_test(test: FollowUpTest, officer: Officer) -> FollowUpTest:
    test = FollowUpTest.objects.select_for_update().select_related("follow_up__case__unit").get(pk=test.pk)
    require_tracer(officer, test.follow_up.case)
    if not test.follow_up.is_active:
        raise FollowUpOver
    if test.result:
        raise ResultKnown
    return test


@transaction.atomic
def add_test(follow_up: FollowUp, officer: Officer, due_on: dt.date) -> FollowUpTest:
    """One more test than the rule asks for. Raises: RoleMissing, FollowUpOver."""
    require_tracer(officer, follow_up.case)
    if not follow_up.is_active:
        raise FollowUpOver
    test, is_new = follow_up.tests.get_or_create(due_on=due_on)
    if is_new:
        _log(follow_up, officer, "follow_up.test_added")
    return test


@transaction.atomic
def end_follow_up(follow_up: FollowUp, officer: Officer, note: str = "") -> FollowUp:
    """The days are over, or a person decided that they are. Raises: RoleMissing, FollowUpOver."""
    require_tracer(officer, follow_up.case)
    followed = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if not followed.is_active:
        raise FollowUpOver
    _end(followed, FollowUpStatus.ENDED, officer, note)
    _log(followed, officer, "follow_up.ended")
    return followed


@transaction.atomic
def fell_ill(
    follow_up: FollowUp, officer: Officer, sampled_on: dt.date, onset_on: dt.date | None, symptoms: tuple[str, ...] = ()
) -> Case:
    """The contact is a case from now on, whose chain leads back through the contact to the case before.

    Raises: RoleMissing, FollowUpOver, and as `case_from_contact`.
    """
    followed = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if not followed.is_active:
        raise FollowUpOver
    positive = followed.tests.filter(result=LabOutcome.POSITIVE).order_by("-resulted_at").first()
    lab = LabReport(kind=positive.kind, resulted_at=positive.resulted_at) if positive else None
    report = CaseReport(
        phone="",
        disease=follow_up.case.disease,
        unit=follow_up.case.unit,
        sampled_on=sampled_on,
        onset_on=onset_on,
        symptoms=symptoms,
        lab=lab,
    )
    case = case_from_contact(follow_up.contact, report, officer)
    _end(followed, FollowUpStatus.CASE, officer)
    _log(followed, officer, "follow_up.became_case", code=case.code)
    return case


def _end(followed: FollowUp, status: str, officer: Officer, note: str = "") -> None:
    followed.status, followed.ended_at, followed.ended_by, followed.end_note = status, timezone.now(), officer, note
    followed.save(update_fields=["status", "ended_at", "ended_by", "end_note"])
    followed.escalations.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=officer)


def _log(followed: FollowUp, officer: Officer, action: str, **detail: str) -> None:
    number = followed.contact.number
    audit.record(officer, action, f"case:{followed.case_id}", detail={"number": number, **detail})


def record_health_seen(follow_up: FollowUp, officer: Officer) -> None:
    """Log that what a contact said of their health was shown."""
    _log(follow_up, officer, "follow_up.seen")
