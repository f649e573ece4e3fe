"""The contact list in the forms of others: codes for programs, the Vietnamese form, names only while they are open."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.interop.records import Reason
from dauchan.exchange.tables import csv_value_read
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.disclosure_actions import decide_disclosure, request_disclosure
from dauchan.tracing.interviews.actions import PersonNamed, name_person
from dauchan.tracing.interviews.calling import CallReport, record_call
from dauchan.tracing.models import TraceRun
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import MakeOfficer, SignIn

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def run(commune: Unit, tracer: Officer, province: Unit) -> TraceRun:
    make_places(commune)
    day = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(example_phone("A"), make_disease(), province, day), tracer)
    name_person(case, tracer, PersonNamed("household", case.infectious_from, "=HYPERLINK(1)", "+84905777888"))
    run = run_trace(case, tracer, policy_for(case))
    record_call(run.contacts.get(number=1), tracer, CallReport("reached"))
    return run


def taken(client: Client, run: TraceRun, name: str) -> bytes:
    answer = client.get(reverse(f"tracer:{name}", args=[run.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def rows_of(content: bytes) -> list[dict[str, str]]:
    read = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [{title: csv_value_read(cell) for title, cell in row.items()} for row in read]


def test_the_line_list_has_codes_and_no_names(client: Client, run: TraceRun) -> None:
    rows = rows_of(taken(client, run, "line-list_csv"))
    assert len(rows) == run.contacts.count()
    first, named = rows[0], next(row for row in rows if "named" in row["evidence"])
    assert (first["last_call_outcome"], first["call_attempts"], first["classification"]) == (
        "reached",
        "1",
        "to_verify",
    )
    assert (named["relationship"], named["exposure_place"], named["generation"]) == ("household", "", "1")
    assert {"full_name", "phone", "address"}.isdisjoint(first)
    assert AuditEntry.objects.filter(action="contacts.exported").count() == 1


def test_parquet_keeps_numbers_and_instants(client: Client, run: TraceRun) -> None:
    table = pq.read_table(io.BytesIO(taken(client, run, "line-list_parquet")))
    assert table.num_rows == run.contacts.count()
    assert str(table.schema.field("generation").type) == "int64"
    assert str(table.schema.field("first_exposure_at").type) == "timestamp[us, tz=UTC]"
    assert "phone" not in table.column_names
    assert "Parquet" in client.get(reverse("tracer:log", args=[run.case_id])).content.decode()


def test_names_come_with_an_open_disclosure_and_no_cell_is_a_formula(
    client: Client, run: TraceRun, tracer: Officer, make_officer: MakeOfficer, province: Unit
) -> None:
    closed = taken(client, run, "form_csv")
    assert b"HYPERLINK" not in closed
    asked = request_disclosure(run, tracer, "Gọi điện xác minh tiếp xúc")
    decide_disclosure(asked, make_officer(Role.APPROVER, province), approve=True)
    names = [row["Họ và tên"] for row in rows_of(taken(client, run, "form_csv"))]
    assert "=HYPERLINK(1)" in names
    assert b"'=HYPERLINK(1)" in taken(client, run, "line-list_csv")
    sheet = load_workbook(io.BytesIO(taken(client, run, "form_xlsx"))).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    table = pq.read_table(io.BytesIO(taken(client, run, "line-list_parquet")))
    assert "+84905777888" in table.column("phone").to_pylist()


def test_what_sormas_is_given_it_could_read_and_nobody_is_named(client: Client, run: TraceRun) -> None:
    told = read_any(taken(client, run, "sormas_csv"))
    assert told is not None
    assert {fault.reason for fault in told.faults} == {Reason.NO_NAME}
    assert len(told.faults) == run.contacts.count()
    rows = rows_of(taken(client, run, "sormas_csv"))
    assert {row["contactClassification"] for row in rows} == {"UNCONFIRMED"}
    assert rows[0]["caseIdExternalSystem"] == run.case.code
    assert rows[0]["externalID"] == f"{run.case.code}-1"


def test_every_form_stands_in_one_place_and_is_read_back_with_names_only_while_they_are_open(
    client: Client, run: TraceRun, tracer: Officer, make_officer: MakeOfficer, province: Unit
) -> None:
    page = client.get(reverse("tracer:case_files", args=[run.case_id])).content.decode()
    assert (
        reverse("tracer:case_files", args=[run.case_id])
        in client.get(reverse("tracer:case", args=[run.case_id])).content.decode()
    )
    for name in ("sormas-case", "godata", "dhis2", "fhir", "sormas_csv", "line-list_parquet", "form_xlsx"):
        assert reverse(f"tracer:{name}", args=[run.pk]) in page
        assert b"+84905777888" not in taken(client, run, name)
    asked = request_disclosure(run, tracer, "Gọi điện xác minh tiếp xúc")
    decide_disclosure(asked, make_officer(Role.APPROVER, province), approve=True)
    for name, contacts in (
        ("sormas-case", 0),
        ("godata", run.contacts.count()),
        ("dhis2", run.contacts.count()),
        ("fhir", 0),
    ):
        told = read_any(taken(client, run, name))
        assert told is not None, name
        assert (bool(told.cases), len(told.contacts)) == (True, contacts), name
        assert not contacts or "+84905777888" in {one.person.phone for one in told.contacts}, name
    said = client.get(reverse("tracer:log", args=[run.case_id])).content.decode()
    assert "Lấy họ tên và số điện thoại ra tệp Go.Data." in said
    assert "Xuất danh sách ra tệp FHIR" in said


def test_where_a_case_was_is_told_under_a_pseudonym_and_for_a_purpose(client: Client, run: TraceRun) -> None:
    address = reverse("tracer:case_files", args=[run.case_id])
    assert client.post(address, {"usual": "other", "words": "vì"}).status_code == 422
    answer = client.post(address, {"usual": "institute"})
    told = read_any(answer.content)
    assert told is not None
    assert told.happenings
    entry = AuditEntry.objects.get(action="case.stays_exported")
    assert entry.purpose == "Gửi viện dịch tễ phân tích chuỗi lây"
