"""An outbreak in pictures, through HTTP: who sees what, what the figures are, and that pages ask no more of the database as they grow."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.contact_actions import judge_contacts
from dauchan.tracing.follow_up.reference_models import Step, StepLimit
from dauchan.tracing.interviews.contact_work import interviews_for
from dauchan.tracing.models import Case, Disease, EpidemiologicalParameters
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Venue
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, SignIn
from tests.web.test_tracer import cells_of, text_of

PAGES = ("outbreak", "chains", "places", "map", "clock")
FOR_ALL, FOR_TRACERS = ("outbreak", "map", "clock"), ("chains", "places")


@pytest.fixture
def disease(db: None) -> Disease:
    disease = make_disease()
    StepLimit.objects.create(
        step=Step.LIST, valid_from=dt.date(2026, 1, 1), instrument="NĐ 165/2026/NĐ-CP, điều 15", minutes=120
    )
    EpidemiologicalParameters.objects.create(
        disease=disease, valid_from=dt.date(2020, 1, 1), quanta_per_hour=2.7, serial_mean_days=4.7,
        serial_sd_days=2.9, serial_shortest_days=0.8, serial_longest_days=17.6, incubation_longest_days=14,
        source="Nguồn thử", note_vi="Ghi chú thử", note_en="Note of a trial",
    )  # fmt: skip
    return disease


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def leading(make_officer: MakeOfficer, province: Unit, signed_in: SignIn) -> Client:
    return signed_in(make_officer(Role.LEADER, province, "lanhdao"))


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def cases(places: dict[str, Venue], tracer: Officer, commune: Unit, disease: Disease) -> list[Case]:
    """A fell ill three days ago and is traced; B, F and C, whom A met, fell ill a day later; A had met E, who was infectious then."""
    onsets = {"A": 3, "B": 1, "F": 1, "C": 0, "E": 5}
    made = [
        register_case(
            CaseReport(example_phone(letter), disease, commune, days_ago(min(days, 1)), days_ago(days)), tracer
        )
        for letter, days in onsets.items()
    ]
    for case in made:
        run_trace(case, tracer, policy_for(case))
    return made


def page_of(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(f"outbreak:{name}") + query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_curve_counts_cases_by_the_day_that_is_asked_for(client: Client, cases: list[Case]) -> None:
    page = page_of(client, "outbreak")
    assert "5 ca; nhiều nhất" in text_of(page)
    rows = {row[0]: row[-2] for row in cells_of(page, "Trung bình 7 ngày")}
    assert rows[f"{days_ago(1):%d/%m}"] == "2"
    assert rows[f"{days_ago(5):%d/%m}"] == "1"
    assert len(rows) == 42
    by_sample = {row[0]: row[-2] for row in cells_of(page_of(client, "outbreak", "?basis=sample"), "Trung bình")}
    assert by_sample[f"{days_ago(1):%d/%m}"] == "4"
    Case.objects.update(onset_on=None)
    assert "Không ca nào có ngày này trong kỳ đã chọn." in page_of(client, "outbreak"), "no peak of nought"


def test_chains_show_every_possible_infector_and_rates_their_denominators(client: Client, cases: list[Case]) -> None:
    page = page_of(client, "chains")
    links = [row for row in cells_of(page, "Nguồn lây có thể") if len(row) == 3]
    codes = [case.code for case in cases]
    assert [codes[1], codes[0], "100 %"] in links, "B, whom only A can have infected"
    assert [codes[0], codes[4], "100 %"] in links, "A and E were at the café when E was infectious"
    assert {row[0] for row in links} == set(codes[:4])
    text = text_of(page)
    assert "Cụm 1" in text
    rates = {row[0]: row[1] for row in cells_of(page, "Mắc bệnh / có nguy cơ")}
    infected, at_risk = rates["F1"].split(" / ")
    assert int(infected) >= 3
    assert int(infected) <= int(at_risk)
    assert re.search(r"95 % \(Wilson\)", text)
    assert page.count('class="node"') == 5, "each case of the cluster is a link that the keyboard reaches"


def test_places_are_ranked_and_the_test_is_named(client: Client, cases: list[Case]) -> None:
    page = page_of(client, "places")
    rows = cells_of(page, "Số ca đã đến")
    assert [row[0].split(" ")[0] for row in rows]
    assert {row[0].partition(" 1 ")[0].partition(" 2 ")[0].partition(" 3 ")[0] for row in rows} <= {
        "Cà phê Diễn Tập", "Chợ Mẫu", "Trụ sở Ví Dụ",
    }  # fmt: skip
    assert rows[0][1] in {"2", "3", "4"}
    assert "Benjamini–Hochberg" in page
    assert all(case.code not in page for case in cases), "how many cases, never which"


def test_the_clock_marks_what_is_overdue(client: Client, cases: list[Case], tracer: Officer) -> None:
    run = cases[0].runs.get()
    judge_contacts(run, tracer, [1], "confirmed")
    late = cases[1]
    Case.objects.filter(pk=late.pk).update(registered_at=late.runs.get().finished_at - dt.timedelta(hours=5))
    rows = {row[0]: row for row in cells_of(page_of(client, "clock"), "Thời hạn")}
    assert rows[late.code][5] == "Quá hạn"
    assert rows[late.code][2] == "5 giờ"
    assert rows[cases[0].code][5] == "Đúng hạn"
    assert rows[cases[0].code][3] == "dưới 1 phút"
    assert rows[cases[2].code][3] == "–"
    assert "NĐ 165/2026/NĐ-CP, điều 15" in page_of(client, "outbreak")
    assert "đến danh sách 5 giờ" in text_of(client.get(reverse("tracer:case", args=[late.pk])).content.decode())


def test_the_funnel_counts_and_times_the_work_on_contacts(client: Client, cases: list[Case]) -> None:
    run = cases[0].runs.get()
    found_at = run.finished_at
    first, second = interviews_for(run, [1, 2])
    kind = type(first)
    kind.objects.filter(pk=first.pk).update(
        found_at=found_at, reached_at=found_at + dt.timedelta(minutes=30), verified_at=found_at + dt.timedelta(hours=1),
        tested_at=found_at + dt.timedelta(days=1), result="positive",
    )  # fmt: skip
    kind.objects.filter(pk=second.pk).update(found_at=found_at, reached_at=found_at + dt.timedelta(minutes=50))
    rows = {row[0]: row for row in cells_of(page_of(client, "outbreak"), "So với tìm thấy")}
    everybody = int(rows["Tìm thấy"][1])
    assert everybody == sum(case.runs.get().contacts.count() for case in cases)
    assert (rows["Liên hệ được"][1], rows["Liên hệ được"][3], rows["Liên hệ được"][4]) == ("2", "40 phút", "50 phút")
    assert (rows["Đã xác minh"][1], rows["Đã xác minh"][3]) == ("1", "30 phút")
    assert (rows["Đã xét nghiệm"][1], rows["Đã xét nghiệm"][3]) == ("1", "23 giờ")
    assert int(rows["Dương tính"][1]) >= 3, "contacts who became cases"


def test_a_case_and_its_contacts_over_a_day(client: Client, cases: list[Case]) -> None:
    address = reverse("outbreak:timeline", args=[cases[0].pk])
    page = client.get(f"{address}?day={days_ago(3)}").content.decode()
    rows = cells_of(page, "Trùng nhau")
    assert [(row[0], row[3]) for row in rows] == [("Người 1", "1 giờ"), ("Người 3", "10 phút"), ("Người 2", "30 phút")]
    assert "Thử Nghiệm" not in page
    assert "Cà phê Diễn Tập: Ca bệnh (F0)" in page
    nonsense = client.get(f"{address}?day=2021-02-31")
    assert nonsense.status_code == 200
    assert AuditEntry.objects.filter(action="case.timeline_seen", subject=f"case:{cases[0].pk}").count() == 2


def test_who_leads_sees_figures_of_whole_weeks_and_no_case(leading: Client, cases: list[Case]) -> None:
    for name in FOR_ALL:
        page = page_of(leading, name)
        assert all(case.code not in page for case in cases), name
    for name in FOR_TRACERS:
        assert leading.get(reverse(f"outbreak:{name}")).status_code == 403
    assert leading.get(reverse("outbreak:timeline", args=[cases[0].pk])).status_code == 403
    shifted = page_of(leading, "map", f"?first_on={days_ago(20)}&last_on={days_ago(2)}")
    names = re.search(r'data-names="([^"]*)"', shifted)
    assert names
    assert all(re.match(r"\d\d/\d\d – ", name) for name in names[1].split("|"))
    first = dt.datetime.strptime(names[1].split(" ")[0] + f"/{days_ago(20).year}", "%d/%m/%Y").replace(tzinfo=dt.UTC)
    assert first.weekday() == 0, "a week begins on a Monday, whatever was asked"
    assert 'class="area"' not in shifted, "five cases are fewer than ten"
    assert "&lt; 10" in shifted


def test_others_see_nothing(
    cases: list[Case], make_officer: MakeOfficer, other_commune: Unit, province: Unit, signed_in: SignIn
) -> None:
    officer = signed_in(make_officer(Role.OFFICER, province))
    elsewhere = signed_in(make_officer(Role.TRACER, other_commune))
    for name in PAGES:
        assert officer.get(reverse(f"outbreak:{name}")).status_code == 403
        page = page_of(elsewhere, name, f"?unit={cases[0].unit_id}")
        assert all(case.code not in page for case in cases)
    assert elsewhere.get(reverse("outbreak:timeline", args=[cases[0].pk])).status_code == 404


def test_looks_at_single_cases_are_recorded(client: Client, cases: list[Case], tracer: Officer) -> None:
    for name in PAGES:
        page_of(client, name)
    seen = AuditEntry.objects.filter(action="outbreak.seen", actor=tracer).order_by("id")
    assert [entry.detail["picture"] for entry in seen] == ["chains", "places"]


def test_a_larger_outbreak_asks_the_database_no_more_often(
    client: Client, cases: list[Case], tracer: Officer, django_assert_max_num_queries: type
) -> None:
    asked = {}
    for name in PAGES:
        page_of(client, name)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, name)
        asked[name] = len(queries)
    first = cases[0]
    for number in range(30):
        first.pk, first.code = None, f"F0-9999-{number:05d}"
        first.save()
        run_trace(first, tracer, policy_for(first))
    for name in PAGES:
        with CaptureQueriesContext(connection) as queries:
            page_of(client, name)
        assert len(queries) <= asked[name], name


def test_without_cases_and_without_sense_pages_say_so(client: Client, disease: Disease) -> None:
    for name in PAGES:
        assert "Không có ca bệnh nào trong khoảng này" in page_of(client, name)
        page = page_of(client, name, f"?first_on={days_ago(1)}&last_on={days_ago(9)}")
        assert "Ngày bắt đầu phải trước ngày kết thúc" in page
        page_of(client, name, "?first_on=0001-01-01&last_on=9999-12-31&unit=x&disease=-1&basis=z&cluster=9999999999")


def test_every_page_speaks_english_too(client: Client, cases: list[Case]) -> None:
    client.cookies["dauchan_language"] = "en"
    for address in [*(reverse(f"outbreak:{name}") for name in PAGES), reverse("outbreak:timeline", args=[cases[0].pk])]:
        main = text_of(client.get(address).content.decode().partition("<main")[2].partition("</main>")[0])
        main = re.sub(r"COVID-19|Cà phê Diễn Tập|Chợ Mẫu|Trụ sở Ví Dụ|Đường Minh Họa|Nguồn thử|Thành phố Thử", "", main)
        main = re.sub(r"Phường Thuận Thử|Xã Hương Thử|NĐ 165/2026/NĐ-CP, điều 15", "", main)
        assert not re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", main), (address, main)
