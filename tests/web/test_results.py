"""Further laboratory results of a case: written down once, shown with their history, taken back when they were a mistake."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.intake.models import LabResult
from dauchan.tracing.intake.reports import LabReport
from dauchan.tracing.models import Case
from dauchan.units.models import Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import appointed, browser_of

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def case(commune: Unit, province: Unit, tracer: Officer) -> Case:
    make_places(commune)
    day = timezone.localdate() - dt.timedelta(days=2)
    return register_case(CaseReport(example_phone("A"), make_disease(), province, day, lab=LabReport()), tracer)


@pytest.fixture
def client(tracer: Officer) -> Client:
    return browser_of(tracer)


def typed(**changes: str) -> dict[str, str]:
    today = f"{timezone.localdate():%Y-%m-%d}"
    return {"lab_kind": "antigen", "sampled_on": today, "lab_result": "negative", "laboratory": "CDC Thử"} | changes


def test_one_more_result_is_kept_once_with_its_history(client: Client, case: Case) -> None:
    address = f"/tracer/cases/{case.pk}/results/"
    period = case.infectious_from, case.infectious_to
    assert address in client.get(f"/tracer/cases/{case.pk}/").content.decode()
    page = client.post(address, typed(ct="31,5", lab_kind="pcr"), follow=True).content.decode()
    for words in ("Âm tính", "Ct 31,5", "CDC Thử", "Dương tính", "xác định ca bệnh"):
        assert words in page
    twice = client.post(address, typed(lab_kind="pcr"))
    assert twice.status_code == 422
    assert "đã được ghi trước đó" in twice.content.decode()
    assert LabResult.objects.count() == 2
    case.refresh_from_db()
    assert (case.infectious_from, case.infectious_to) == period
    assert "Ghi thêm kết quả xét nghiệm: PCR, Âm tính." in client.get(f"/tracer/cases/{case.pk}/log/").content.decode()


def test_a_mistaken_result_is_struck_through(client: Client, case: Case) -> None:
    address = f"/tracer/cases/{case.pk}/results/"
    client.post(address, typed())
    first, second = LabResult.objects.order_by("pk")
    page = client.post(f"{address}{second.pk}/take-back/", follow=True).content.decode()
    assert "<s>Âm tính</s>" in page
    assert "Âm tính" not in client.get(f"/tracer/cases/{case.pk}/").content.decode()
    client.post(f"{address}{first.pk}/take-back/")
    first.refresh_from_db()
    assert first.taken_back_at is None, "it confirmed the case"
    assert client.post(address, typed()).status_code == 302, "what was taken back may be written anew"


@pytest.mark.parametrize(
    ("field", "value"),
    [("sampled_on", "2099-01-01"), ("lab_result", ""), ("ct", "99"), ("resulted_at", "2000-01-01T00:00")],
)
def test_what_cannot_be_is_refused(client: Client, case: Case, field: str, value: str) -> None:
    assert client.post(f"/tracer/cases/{case.pk}/results/", typed(**{field: value})).status_code == 422
    assert LabResult.objects.count() == 1


def test_who_may(case: Case, province: Unit, other_commune: Unit) -> None:
    address = f"/tracer/cases/{case.pk}/results/"
    approver = browser_of(appointed(Role.APPROVER, province))
    assert "Thêm kết quả" not in approver.get(address).content.decode()
    assert approver.post(address, typed()).status_code == 403
    assert browser_of(appointed(Role.TRACER, other_commune)).get(address).status_code == 404
    assert browser_of(appointed(Role.OFFICER, province)).get(address).status_code == 403
