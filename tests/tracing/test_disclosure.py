"""Names open only with a purpose and a second person, and everything about it is in the log."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_person
from dauchan.tracing.access import access_run, open_disclosure
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.disclosure_actions import decide_disclosure, record_details_seen, request_disclosure
from dauchan.tracing.errors import AlreadyAsked, AlreadyDecided, NobodyWithThisPhone
from dauchan.tracing.models import Case, Disclosure, Disease, TraceRun
from dauchan.tracing.queries import details_of
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


def test_one_request_waits_at_a_time(disclosure: Disclosure, run: TraceRun, tracer: Officer) -> None:
    with pytest.raises(AlreadyAsked):
        request_disclosure(run, tracer, "Một mục đích khác")


def test_only_an_approver_of_the_area_decides(disclosure: Disclosure, commune: Unit) -> None:
    other = Officer.objects.create(username="khac", full_name="Cán bộ khác")
    Appointment.objects.create(officer=other, role=Role.APPROVER, unit=commune)
    with pytest.raises(RoleMissing):
        decide_disclosure(disclosure, other, approve=True)
    with pytest.raises(NoSuchThing):
        access_run(other, disclosure.run_id)


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
