"""Case 11: police used contact data. Nothing is traced without a case, no name opens without a second person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person, example_phone
from dauchan.tracing.access import access_case
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace, withdraw_case
from dauchan.tracing.disclosure_actions import decide_disclosure, request_disclosure
from dauchan.tracing.errors import CaseWithdrawn, SecondPersonNeeded
from dauchan.tracing.models import Case, Disclosure, TraceRun
from dauchan.tracing.queries import waiting_for
from dauchan.units import audit
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Appointment, AuditEntry, Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import MakeOfficer, SignIn


@pytest.fixture
def tracer(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.TRACER, province, "truyvet")


@pytest.fixture
def case(commune: Unit, province: Unit, tracer: Officer) -> Case:
    make_places(commune)
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), make_disease(), province, sampled_on), tracer)


@pytest.fixture
def disclosure(case: Case, tracer: Officer) -> Disclosure:
    return request_disclosure(run_trace(case, tracer, policy_for(case)), tracer, "Gọi điện xác minh tiếp xúc")


@pytest.fixture
def judge_in_own_cause(tracer: Officer, province: Unit) -> Officer:
    """A tracer who is an approver too."""
    Appointment.objects.create(officer=tracer, role=Role.APPROVER, unit=province)
    return Officer.objects.get(pk=tracer.pk)


def test_case_11_no_case_no_trace(case: Case, tracer: Officer, make_officer: MakeOfficer, province: Unit) -> None:
    monitor = make_officer(Role.MONITOR, province)
    with pytest.raises(RoleMissing):
        access_case(monitor, case.pk)
    with pytest.raises(RoleMissing):
        run_trace(case, monitor, policy_for(case))
    withdraw_case(case, tracer, "Kết quả xét nghiệm lại âm tính")
    with pytest.raises(CaseWithdrawn):
        run_trace(Case.objects.get(pk=case.pk), tracer, policy_for(case))


def test_case_11_a_trace_without_a_case_is_refused(
    case: Case, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    """Over HTTP: 403 for whoever traces no cases, 404 for a case that is none."""
    asked = {"generations": "2", "crowd_limit": "0", "person": "1", "venue": "1"}
    monitor = signed_in(make_officer(Role.MONITOR, province))
    assert monitor.post(reverse("tracer:trace", args=[case.pk]), asked).status_code == 403
    other = signed_in(make_officer(Role.TRACER, province))
    assert other.post(reverse("tracer:trace", args=[case.pk + 1]), asked).status_code == 404
    assert not TraceRun.objects.exists()


def test_case_11_the_window_is_the_infectious_period(case: Case, tracer: Officer, signed_in: SignIn) -> None:
    """Whatever a request asks for beyond it: E met the case before, and is not on the list."""
    asked = {
        "generations": "1", "crowd_limit": "0", "infectious_from": "2020-01-01T00:00", "infectious_to": "2099-01-01T00:00",
        "start": "2020-01-01", "days": "90", "tail_minutes": "100000", "min_overlap_minutes": "0",
    }  # fmt: skip
    signed_in(tracer).post(reverse("tracer:trace", args=[case.pk]), asked)
    run = TraceRun.objects.get()
    assert run.policy["tail_minutes"] == case.rule.tail_minutes
    assert not run.contacts.filter(person_id=example_person("E")).exists()
    assert not run.contacts.filter(first_at__lt=case.infectious_from).exists()


def test_case_11_nobody_approves_their_own_request(disclosure: Disclosure, judge_in_own_cause: Officer) -> None:
    with pytest.raises(SecondPersonNeeded):
        decide_disclosure(disclosure, judge_in_own_cause, approve=True)
    assert disclosure not in waiting_for(judge_in_own_cause)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=disclosure.pk).update(decided_by=judge_in_own_cause, approved=True)


def test_case_11_self_approval_is_refused_in_words(
    disclosure: Disclosure, judge_in_own_cause: Officer, signed_in: SignIn
) -> None:
    client = signed_in(judge_in_own_cause)
    page = reverse("tracer:decide", args=[disclosure.pk])
    assert 'value="approve"' not in client.get(page).content.decode()
    answer = client.post(page, {"decision": "approve", "note": ""})
    assert answer.status_code == 403
    assert "Người đề nghị không được tự phê duyệt." in answer.content.decode()
    disclosure.refresh_from_db()
    assert disclosure.approved is None


def test_case_11_no_search_says_who_was_where(case: Case, tracer: Officer, signed_in: SignIn) -> None:
    """The list of cases knows codes only: no phone, no name and no place finds anything."""
    client = signed_in(tracer)
    for words in ("0900009001", "Thử Nghiệm", "Cà phê Diễn Tập", str(case.person_id)):
        assert case.code not in client.get(reverse("tracer:cases"), {"q": words}).content.decode()


def test_case_11_a_line_that_does_not_follow_is_named(disclosure: Disclosure) -> None:
    assert audit.first_broken_entry() is None
    first, last = AuditEntry.objects.earliest("id"), AuditEntry.objects.latest("id")
    for rewriting in ("UPDATE units_auditentry SET purpose = 'khác'", "DELETE FROM units_auditentry"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"{rewriting} WHERE id = %s", [first.pk])
    forged = AuditEntry.objects.create(at=last.at, action="case.seen", subject="case:1", previous_digest=last.digest)
    audit.record(None, "case.seen", "case:2")
    assert audit.first_broken_entry() == forged
