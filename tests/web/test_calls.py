"""Calling contacts through HTTP: the script, the outcome, bulk work, the own list."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.interviews.models import Call, ContactInterview
from dauchan.tracing.interviews.queries import script_of
from dauchan.tracing.interviews.reference import load_scripts
from dauchan.tracing.models import Contact, TraceRun
from dauchan.tracing.reference import load_doctrine
from dauchan.units.models import Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import MakeOfficer, SignIn

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def run(commune: Unit, tracer: Officer, province: Unit) -> TraceRun:
    load_doctrine()
    load_scripts()
    make_places(commune)
    day = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(example_phone("A"), make_disease(), province, day), tracer)
    return run_trace(case, tracer, policy_for(case))


@pytest.fixture
def contact(run: TraceRun) -> Contact:
    return run.contacts.get(number=1)


def address(name: str, *args: object) -> str:
    return reverse(f"tracer:{name}", args=args)


def test_a_call_keeps_answers_outcome_grade_and_verdict(client: Client, contact: Contact, run: TraceRun) -> None:
    page = client.get(address("call", contact.pk)).content.decode()
    assert "Tôi không hỏi số tài khoản hay mã OTP." in page
    steps = {step.code: f"step_{step.pk}" for step in script_of(run.case.disease)}
    grade = client.get(address("run", run.pk)).content.decode().partition('value="grade-')[2].partition('"')[0]
    sent = {
        "outcome": "reached", "grade": grade, "verdict": "confirmed", "note": "Đã hẹn lấy mẫu",
        steps["distance"]: "within_1m", steps["exposure"]: "yes", steps["symptoms"]: "ho từ hôm qua",
    }  # fmt: skip
    told = client.post(address("call", contact.pk), sent, follow=True).content.decode()
    for words in ("Đã ghi cuộc gọi.", "Gặp được", "Trong vòng 1 m", "ho từ hôm qua", "Đã hẹn lấy mẫu"):
        assert words in told
    kept = ContactInterview.objects.get()
    assert (kept.attempts, kept.distance, kept.grade_id) == (1, "within_1m", int(grade))
    assert kept.reached_at is not None
    assert kept.verified_at is not None
    again = client.get(address("call", contact.pk)).content.decode()
    assert "ho từ hôm qua" in again
    log = client.get(address("log", run.case_id)).content.decode()
    assert "Gọi người số 1: Gặp được." in log
    assert "ho từ hôm qua" not in log


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({}, "Hãy chọn cuộc gọi kết thúc thế nào."),
        ({"outcome": "call_back"}, "Hãy ghi giờ hẹn gọi lại."),
        ({"outcome": "call_back", "call_back_at": "2020-01-01T08:00"}, "Giờ hẹn phải ở tương lai."),
    ],
)
def test_an_unfinished_call_is_not_kept(client: Client, contact: Contact, sent: dict[str, str], reason: str) -> None:
    answer = client.post(address("call", contact.pk), {"verdict": "to_verify", **sent})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Call.objects.exists()


def test_the_number_is_shown_to_whom_it_is_opened_only(client: Client, contact: Contact) -> None:
    page = client.get(address("call", contact.pk)).content.decode()
    assert "tel:" not in page
    assert "Đề nghị ở trang danh sách" in page


def reading_on(page: str) -> str:
    return page.partition('name="reading" value="')[2].partition('"')[0]


def test_a_call_recorded_by_mistake_is_taken_back(client: Client, contact: Contact, run: TraceRun) -> None:
    steps = {step.code: f"step_{step.pk}" for step in script_of(run.case.disease)}
    first = {"outcome": "no_answer", "verdict": "to_verify", steps["symptoms"]: "ho nhẹ"}
    client.post(address("call", contact.pk), first)
    waits = ContactInterview.objects.get().next_call_at
    mistake = {"outcome": "reached", "verdict": "confirmed", steps["symptoms"]: "sốt", steps["distance"]: "within_1m"}
    client.post(address("call", contact.pk), mistake)
    page = client.get(address("contact", contact.pk)).content.decode()
    last, earlier = Call.objects.all()
    assert address("take_back_call", contact.pk, last.pk) in page
    assert address("take_back_call", contact.pk, earlier.pk) not in page, "the last only"
    told = client.post(address("take_back_call", contact.pk, last.pk), follow=True).content.decode()
    assert "Ghi nhầm, rút lại lúc" in told
    assert "<s>Gặp được</s>" in told
    kept, contact = ContactInterview.objects.get(), Contact.objects.get(pk=contact.pk)
    assert (kept.attempts, kept.last_outcome, kept.next_call_at) == (1, "no_answer", waits)
    assert (kept.reached_at, kept.verified_at, kept.distance) == (None, None, "")
    assert contact.verdict == "to_verify"
    assert kept.answers.get().answer == "ho nhẹ"
    assert (
        "Rút lại cuộc gọi ghi nhầm với người số 1 (Gặp được)."
        in client.get(address("log", run.case_id)).content.decode()
    )
    again = client.post(address("take_back_call", contact.pk, last.pk), follow=True).content.decode()
    assert "Chỉ rút lại được cuộc gọi gần nhất" in again


def test_somebody_elses_call_stands(
    client: Client, contact: Contact, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    client.post(address("call", contact.pk), {"outcome": "reached", "verdict": "to_verify"})
    other = signed_in(make_officer(Role.TRACER, province))
    other.post(address("take_back_call", contact.pk, Call.objects.get().pk))
    assert Call.objects.get().taken_back_at is None
    Call.objects.update(called_at=timezone.now() - dt.timedelta(hours=25))
    client.post(address("take_back_call", contact.pk, Call.objects.get().pk))
    assert Call.objects.get().taken_back_at is None


def test_two_callers_lose_nothing_and_a_form_sent_twice_is_one_call(
    client: Client, contact: Contact, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    other = signed_in(make_officer(Role.TRACER, province))
    mine, theirs = (reading_on(one.get(address("call", contact.pk)).content.decode()) for one in (client, other))
    sent = {"outcome": "reached", "verdict": "confirmed", "reading": mine}
    for _ in range(2):
        assert client.post(address("call", contact.pk), sent).status_code == 302
    assert Call.objects.count() == 1
    late = {"outcome": "reached", "verdict": "ruled_out", "note": "Không gặp ai", "reading": theirs}
    refused = other.post(address("call", contact.pk), late)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "có người khác đã ghi về người này" in page
    assert "Bản mới nhất đã ghi: Đã xác minh tiếp xúc." in page
    assert "Không gặp ai" in page, "nothing typed is lost"
    for form in ({"verdict": "ruled_out"}, {"tested_at": "2026-01-01T00:00", "result": "positive"}):
        name = "judge_one" if "verdict" in form else "test"
        told = other.post(address(name, contact.pk), {**form, "reading": theirs}, follow=True).content.decode()
        assert "có người khác đã ghi về người này" in told
    assert (Contact.objects.get(pk=contact.pk).verdict, ContactInterview.objects.get().result) == ("confirmed", "")
    assert other.post(address("call", contact.pk), {**late, "reading": reading_on(page)}).status_code == 302
    assert Contact.objects.get(pk=contact.pk).verdict == "ruled_out"


def test_bulk_work_and_filters(client: Client, run: TraceRun, tracer: Officer, province: Unit) -> None:
    everybody = {"whom": "all", "shown": "generation=1"}
    told = client.post(address("work", run.pk), {**everybody, "task": "shared"}, follow=True).content.decode()
    assert "Đã phân công 3 người." in told
    assert ContactInterview.objects.filter(assigned_to=tracer, team=province).count() == 3
    mine = client.get(address("run", run.pk), {"work": "mine"})
    assert [row.contact.number for row in mine.context["rows"]] == [1, 2, 3]
    free = client.get(address("run", run.pk), {"work": "unassigned"})
    assert [row.contact.number for row in free.context["rows"]] == [4, 5]
    ticked = {"whom": "ticked", "contact": ["2"], "shown": "", "task": f"team-{province.pk}"}
    client.post(address("work", run.pk), ticked)
    assert ContactInterview.objects.filter(assigned_to=tracer).count() == 2
    nothing = client.post(address("work", run.pk), {"whom": "ticked", "task": "shared", "shown": ""}, follow=True)
    assert "Hãy chọn ít nhất một người trong danh sách." in nothing.content.decode()


def test_the_own_list_has_everybody_once_and_the_due_first(
    client: Client, run: TraceRun, tracer: Officer, contact: Contact
) -> None:
    assert "Chưa có ai được giao cho bạn" in client.get(address("my_list")).content.decode()
    client.post(address("work", run.pk), {"whom": "all", "shown": "", "task": f"officer-{tracer.pk}"})
    run_trace(run.case, tracer, policy_for(run.case))
    page = client.get(address("my_list"))
    assert page.context["count"] == run.contacts.count()
    assert {listed.run_id for listed, _open in page.context["rows"]} == {run.case.runs.latest("started_at").pk}
    client.post(address("call", contact.pk), {"outcome": "no_answer", "verdict": "to_verify"})
    due = client.get(address("my_list"), {"show": "due"})
    assert due.context["count"] - 1 == due.context["due_count"] == len(due.context["rows"])


def test_a_test_is_kept(client: Client, contact: Contact) -> None:
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    client.post(address("test", contact.pk), {"tested_at": now, "result": "negative"})
    assert ContactInterview.objects.get().result == "negative"
    told = client.post(
        address("test", contact.pk), {"tested_at": "2099-01-01T00:00", "result": "negative"}, follow=True
    )
    assert "Thời điểm này ở tương lai." in told.content.decode()


def test_an_approver_does_not_call(
    contact: Contact, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    approver = signed_in(make_officer(Role.APPROVER, province))
    assert approver.get(address("call", contact.pk)).status_code == 403
    assert approver.get(address("contact", contact.pk)).status_code == 200


def test_pages_ask_no_more_for_more_rows(client: Client, run: TraceRun, tracer: Officer) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address("run", run.pk))
            client.get(address("my_list"))
        return len(queries)

    client.post(address("work", run.pk), {"whom": "all", "shown": "", "task": f"officer-{tracer.pk}"})
    few = asked()
    first = run.contacts.get(number=1)
    for number in range(6, 26):
        first.pk, first.number, first.person_id, first.interview = None, number, Person.objects.create().pk, None
        first.save(force_insert=True)
    client.post(address("work", run.pk), {"whom": "all", "shown": "", "task": f"officer-{tracer.pk}"})
    assert asked() <= few
