"""The page of a list that is still growing, or stopped growing: to which generation it is whole, everywhere it goes."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.exchange.tables import csv_value_read
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.following import LOCK
from dauchan.tracing.models import Case, RunStatus, TraceRun
from dauchan.units.models import AuditEntry, Officer, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import SignIn

COMPLETE_TO = "Danh sách chỉ đủ đến vòng"


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def growing(commune: Unit, province: Unit, tracer: Officer) -> TraceRun:
    """A list with its first generation; another session of the same connection's lock says that somebody is at work."""
    make_places(commune)
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    case = register_case(CaseReport(example_phone("A"), make_disease(), province, sampled_on), tracer)
    run = run_trace(case, tracer, policy_for(case))
    run.contacts.filter(generation=2).delete()
    TraceRun.objects.update(status=RunStatus.RUNNING, complete_generation=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, run.pk])
    return TraceRun.objects.get(pk=run.pk)


def page(client: Client, name: str, of: TraceRun | Case, **asked: str) -> str:
    answer = client.get(reverse(f"tracer:{name}", args=[of.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_asks_until_the_list_is_whole(client: Client, growing: TraceRun) -> None:
    shown = page(client, "run", growing)
    assert "Đang truy vết vòng F2." in shown
    assert "đã đủ đến vòng F1" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert f"{reverse('tracer:progress', args=[growing.pk])}?shown=1" in shown
    assert "Người 3" in shown
    assert "Hiện danh sách mới" not in page(client, "progress", growing, shown="1")
    TraceRun.objects.update(status=RunStatus.FINISHED, complete_generation=2)
    later = page(client, "progress", growing, shown="1")
    assert "Danh sách nay đã đủ đến vòng F2." in later
    assert "hx-get" not in later
    assert "Hiện danh sách mới" not in page(client, "run", growing)


def test_files_say_how_far_the_list_is_whole(client: Client, growing: TraceRun) -> None:
    answer = client.get(reverse("tracer:csv", args=[growing.pk]))
    assert answer["Content-Disposition"].endswith('-F1.csv"')
    heading, *rows = csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
    assert {csv_value_read(row[heading.index(COMPLETE_TO)]) for row in rows} == {"F1"}
    assert AuditEntry.objects.get(action="contacts.exported").detail["complete_to"] == 1
    TraceRun.objects.update(status=RunStatus.FINISHED, complete_generation=2)
    whole = client.get(reverse("tracer:csv", args=[growing.pk]))
    assert "-F1" not in whole["Content-Disposition"]
    assert COMPLETE_TO not in b"".join(whole).decode()


def test_a_list_that_nobody_works_on_says_so(client: Client, tracer: Officer, growing: TraceRun) -> None:
    left = run_trace(growing.case, tracer, policy_for(growing.case))
    TraceRun.objects.filter(pk=left.pk).update(status=RunStatus.RUNNING, complete_generation=1)
    shown = page(client, "run", left)
    assert "Truy vết dừng giữa chừng" in shown
    assert "hệ thống khởi động lại" in shown
    assert "chưa truy vết" in shown
    assert "hx-get" not in shown
    case = page(client, "case", growing.case), page(client, "log", growing.case)
    assert "Dừng giữa chừng" in case[0]
    assert "Truy vết dừng giữa chừng: danh sách có" in case[1]
