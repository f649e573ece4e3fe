"""Names open only with a purpose and a second person, and everything about it is in the log."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person
from dauchan.tracing.access import access_case, access_run, open_disclosure
from dauchan.tracing.actions import (
    CaseReport,
    decide_disclosure,
    policy_for,
    record_details_seen,
    register_case,
    request_disclosure,
    run_trace,
    withdraw_case,
)
from dauchan.tracing.errors import AlreadyDecided, CaseWithdrawn, NobodyWithThisPhone, SecondPersonNeeded
from dauchan.tracing.models import Case, Disclosure, Disease, TraceRun
from dauchan.tracing.queries import details_of, waiting_for
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.models import Appointment, AuditEntry, Officer, Role, Unit


@pytest.fixture
def run(case: Case, tracer: Officer) -> TraceRun:
    return run_trace(case, tracer, policy_for(case))


@pytest.fixture
def disclosure(run: TraceRun, tracer: Officer) -> Disclosure:
    return request_disclosure(run, tracer, "Gọi điện xác minh tiếp xúc")


def test_names_open_for_the_one_who_asked_and_for_one_shift(
    disclosure: Disclosure, run: TraceRun, tracer: Officer, approver: Officer
) -> None:
    assert open_disclosure(tracer, run) is None
    decide_disclosure(disclosure, approver, approve=True)
    opened = open_disclosure(tracer, run)
    assert opened is not None
    assert details_of(opened)[example_person("B")].full_name == "Thử Nghiệm B"
    assert open_disclosure(approver, run) is None
    Disclosure.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert open_disclosure(tracer, run) is None


def test_declined_stays_closed(disclosure: Disclosure, run: TraceRun, tracer: Officer, approver: Officer) -> None:
    decide_disclosure(disclosure, approver, approve=False, note="Mục đích chưa rõ")
    assert open_disclosure(tracer, run) is None
    with pytest.raises(AlreadyDecided):
        decide_disclosure(disclosure, approver, approve=True)


def test_case_11_nobody_approves_their_own_request(disclosure: Disclosure, tracer: Officer, province: Unit) -> None:
    Appointment.objects.create(officer=tracer, role=Role.APPROVER, unit=province)
    del tracer._appointments
    with pytest.raises(SecondPersonNeeded):
        decide_disclosure(disclosure, tracer, approve=True)
    assert disclosure not in waiting_for(tracer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=disclosure.pk).update(decided_by=tracer, approved=True)


def test_only_an_approver_of_the_area_decides(disclosure: Disclosure, commune: Unit) -> None:
    other = Officer.objects.create(username="khac", full_name="Cán bộ khác")
    Appointment.objects.create(officer=other, role=Role.APPROVER, unit=commune)
    with pytest.raises(RoleMissing):
        decide_disclosure(disclosure, other, approve=True)
    with pytest.raises(NoSuchThing):
        access_run(other, disclosure.run_id)


def test_case_11_no_case_no_trace(case: Case, tracer: Officer, province: Unit) -> None:
    monitor = Officer.objects.create(username="giamsat", full_name="Cán bộ giám sát")
    Appointment.objects.create(officer=monitor, role=Role.MONITOR, unit=province)
    with pytest.raises(RoleMissing):
        access_case(monitor, case.pk)
    with pytest.raises(RoleMissing):
        run_trace(case, monitor, policy_for(case))
    withdraw_case(case, tracer, "Kết quả xét nghiệm lại âm tính")
    with pytest.raises(CaseWithdrawn):
        run_trace(Case.objects.get(pk=case.pk), tracer, policy_for(case))


def test_a_phone_nobody_verified(tracer: Officer, province: Unit, disease: Disease) -> None:
    report = CaseReport("+84900999999", disease, province, timezone.localdate())
    with pytest.raises(NobodyWithThisPhone):
        register_case(report, tracer)


def test_every_step_is_in_the_log_and_the_chain_holds(
    disclosure: Disclosure, tracer: Officer, approver: Officer
) -> None:
    decided = decide_disclosure(disclosure, approver, approve=True)
    record_details_seen(decided, tracer, "page")
    log = list(AuditEntry.objects.values_list("action", "actor", "purpose"))
    purpose = "Gọi điện xác minh tiếp xúc"
    assert log == [
        ("case.registered", tracer.pk, ""),
        ("trace.run", tracer.pk, ""),
        ("disclosure.requested", tracer.pk, purpose),
        ("disclosure.approved", approver.pk, purpose),
        ("disclosure.seen", tracer.pk, purpose),
    ]
    assert audit.first_broken_entry() is None


def test_case_11_an_edited_line_of_the_log_is_named(disclosure: Disclosure) -> None:
    second = AuditEntry.objects.order_by("id")[1]
    with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"), transaction.atomic():
        cursor.execute("UPDATE units_auditentry SET purpose = 'khác' WHERE id = %s", [second.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an altered table may have no foreign key left to check
        cursor.execute("ALTER TABLE units_auditentry DISABLE TRIGGER audit_is_append_only")
        cursor.execute("UPDATE units_auditentry SET purpose = 'khác' WHERE id = %s", [second.pk])
        cursor.execute("ALTER TABLE units_auditentry ENABLE TRIGGER audit_is_append_only")
    assert audit.first_broken_entry() == second
