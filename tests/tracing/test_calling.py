"""Calls, grades, teams and the team's clock: kept once for a case, shown by every list of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dauchan.people.cards import issue_card
from dauchan.people.holders import Holder
from dauchan.people.models import ControlCard, Person
from dauchan.tracing.actions import policy_for, run_trace
from dauchan.tracing.contact_actions import judge_contacts, undo_judgement
from dauchan.tracing.interviews.calling import (
    FIRST_HOUR,
    LAST_HOUR,
    RETRY,
    CallReport,
    assign_by_residence,
    assign_contacts,
    grade_contacts,
    next_call,
    record_call,
    record_test,
)
from dauchan.tracing.interviews.models import CallAnswer, ContactGrade, ContactInterview, Outcome, ScriptStep
from dauchan.tracing.interviews.queries import grades_of, script_of
from dauchan.tracing.interviews.reference import load_scripts
from dauchan.tracing.interviews.teams import teams_for
from dauchan.tracing.models import Case, Contact, Disease, TraceRun
from dauchan.tracing.queries import last_judgement
from dauchan.tracing.reference import load_doctrine
from dauchan.units.errors import RoleMissing
from dauchan.units.models import AuditEntry, Officer, Unit
from tests.tracing.conftest import appointed


@pytest.fixture
def run(case: Case, tracer: Officer) -> TraceRun:
    load_doctrine()
    load_scripts()
    return run_trace(case, tracer, policy_for(case))


@pytest.fixture
def contact(run: TraceRun) -> Contact:
    return run.contacts.get(number=1)


def record_of(contact: Contact) -> ContactInterview:
    return ContactInterview.objects.get(case=contact.run.case, person_id=contact.person_id)


@given(st.integers(0, 365 * 24 * 60))
def test_nobody_is_called_again_at_night(minutes: int) -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
    again = next_call(Outcome.NO_ANSWER, None, now)
    assert again is not None
    assert FIRST_HOUR <= timezone.localtime(again).hour < LAST_HOUR
    assert RETRY <= again - now <= RETRY + dt.timedelta(hours=11)


@pytest.mark.parametrize("outcome", [Outcome.REACHED, Outcome.WRONG_NUMBER, Outcome.REFUSED])
def test_who_was_reached_or_cannot_be_is_not_called_again(outcome: str) -> None:
    assert next_call(outcome, None, timezone.now()) is None


def test_calls_are_counted_and_the_first_that_reached_stops_the_clock(contact: Contact, tracer: Officer) -> None:
    back = timezone.now() + dt.timedelta(hours=3)
    record_call(contact, tracer, CallReport(Outcome.NO_ANSWER))
    assert record_of(contact).next_call_at is not None
    record_call(contact, tracer, CallReport(Outcome.CALL_BACK, back))
    assert record_of(contact).next_call_at == back
    record_call(contact, tracer, CallReport(Outcome.REACHED, note="Nghe máy lúc trưa"))
    first = record_of(contact)
    record_call(contact, tracer, CallReport(Outcome.REACHED))
    kept = record_of(contact)
    assert (kept.attempts, kept.last_outcome, kept.next_call_at) == (4, Outcome.REACHED, None)
    assert first.reached_at is not None
    assert kept.reached_at == first.reached_at
    assert kept.found_at == contact.run.finished_at


def test_answers_are_kept_sealed_and_some_stand_in_columns(contact: Contact, tracer: Officer) -> None:
    steps = {step.code: step for step in script_of(contact.run.case.disease)}
    answers = {steps["distance"]: "within_1m", steps["contact_mask"]: "medical", steps["symptoms"]: "sốt từ hôm qua"}
    record_call(contact, tracer, CallReport(Outcome.REACHED, answers=answers))
    kept = record_of(contact)
    assert (kept.distance, kept.contact_mask, kept.ventilation) == ("within_1m", "medical", "")
    assert CallAnswer.objects.get().answer == "sốt từ hôm qua"
    record_call(contact, tracer, CallReport(Outcome.REACHED, answers={steps["symptoms"]: "", steps["distance"]: "?"}))
    assert not CallAnswer.objects.exists()
    assert record_of(contact).distance == ""


def test_a_disease_has_its_own_script_and_grades_or_the_general_ones(run: TraceRun) -> None:
    covid, unknown = Disease.objects.get(code="covid-19"), Disease.objects.get(code="disease-x")
    assert {step.disease for step in script_of(covid)} == {covid}
    assert {step.disease for step in script_of(unknown)} == {None}
    assert {grade.disease for grade in grades_of(covid)} == {covid}
    assert [grade.code for grade in grades_of(unknown)] == ["household", "close", "casual", "none"]
    before = ScriptStep.objects.count(), ContactGrade.objects.count()
    assert load_scripts().added == 0
    assert (ScriptStep.objects.count(), ContactGrade.objects.count()) == before


def test_a_verdict_stops_the_clock_and_undo_sets_it_going(run: TraceRun, contact: Contact, tracer: Officer) -> None:
    judge_contacts(run, tracer, [1, 2], "confirmed")
    first = record_of(contact).verified_at
    judge_contacts(run, tracer, [1], "ruled_out")
    assert first is not None
    assert record_of(contact).verified_at == first
    judge_contacts(run, tracer, [3], "confirmed")
    entry = last_judgement(run, tracer)
    assert entry is not None
    undo_judgement(run, tracer, entry)
    assert record_of(run.contacts.get(number=3)).verified_at is None


def test_a_new_list_shows_what_was_done_before(run: TraceRun, contact: Contact, case: Case, tracer: Officer) -> None:
    record_call(contact, tracer, CallReport(Outcome.REACHED))
    again = run_trace(case, tracer, policy_for(case))
    same = again.contacts.get(person_id=contact.person_id)
    assert same.interview == record_of(contact)
    assert again.contacts.filter(interview=None).count() == again.contacts.count() - 1


def test_contacts_are_graded_and_tested(run: TraceRun, contact: Contact, tracer: Officer) -> None:
    grade = next(grade for grade in grades_of(run.case.disease) if grade.code == "close")
    assert grade_contacts(run, tracer, [1, 2], grade) == 2
    assert grade_contacts(run, tracer, [1, 2], grade) == 0
    record_test(contact, tracer, timezone.now(), "negative")
    kept = record_of(contact)
    assert (kept.grade, kept.result) == (grade, "negative")
    assert AuditEntry.objects.filter(action="contacts.graded").count() == 1


def test_the_team_is_of_the_nearest_unit_that_has_tracers(province: Unit, commune: Unit, tracer: Officer) -> None:
    assert teams_for([commune.pk]) == {commune.pk: province}
    appointed("xa", "tracer", commune)
    assert teams_for([commune.pk, province.pk]) == {commune.pk: commune, province.pk: province}


def test_contacts_go_to_the_team_of_their_residence(
    run: TraceRun, province: Unit, commune: Unit, tracer: Officer
) -> None:
    local = [appointed("xa1", "tracer", commune), appointed("xa2", "tracer", commune)]
    numbers = list(run.contacts.values_list("number", flat=True))
    assert assign_by_residence(run, tracer, numbers, share=True) == len(numbers)
    given = [one.assigned_to for one in ContactInterview.objects.order_by("pk")]
    counts = [given.count(officer) for officer in local]
    assert sum(counts) == len(numbers)
    assert max(counts) - min(counts) <= 1
    assign_contacts(run, tracer, numbers[:1], province)
    kept = record_of(run.contacts.get(number=numbers[0]))
    assert (kept.team, kept.assigned_to) == (province, None)
    assign_contacts(run, tracer, numbers[:1], None)
    assert record_of(run.contacts.get(number=numbers[0])).assigned_at is None


def test_a_card_tells_the_commune_of_residence(run: TraceRun, contact: Contact, commune: Unit, tracer: Officer) -> None:
    card = issue_card(commune, tracer, Holder("Thẻ Thử", 1950))
    ControlCard.objects.filter(pk=card.pk).update(person=Person.objects.get(pk=contact.person_id))
    assign_by_residence(run, tracer, [contact.number], share=False)
    assert record_of(contact).residence == commune


def test_only_tracers_of_the_area_work_on_a_list(run: TraceRun, contact: Contact, commune: Unit) -> None:
    stranger = appointed("nguoi-la", "tracer", commune)
    with pytest.raises(RoleMissing):
        record_call(contact, stranger, CallReport(Outcome.REACHED))
    with pytest.raises(RoleMissing):
        assign_contacts(run, stranger, [1], None)
