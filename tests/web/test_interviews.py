"""The interview of a case through HTTP: told, shown beside the scans, taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.tracing.interviews.actions import PersonNamed, name_person
from dauchan.tracing.interviews.models import NamedPerson, ToldStay
from dauchan.units.models import Officer, Role, Unit
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, SignIn

if TYPE_CHECKING:
    from django.test import Client

    from dauchan.tracing.models import Case
    from dauchan.venues.models import Venue


@pytest.fixture
def client(tracer: Officer, signed_in: SignIn) -> Client:
    return signed_in(tracer)


@pytest.fixture
def case(places: dict[str, Venue], tracer: Officer, province: Unit) -> Case:
    day = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), make_disease(), province, day), tracer)


def page_of(case: Case) -> str:
    return reverse("tracer:interview", args=[case.pk])


def local(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def test_a_place_is_told_shown_and_removed(client: Client, case: Case, places: dict[str, Venue]) -> None:
    venue = next(iter(places.values()))
    sent = {"told": "stay", "stay-venue": venue.pk, "stay-began_at": local(case.infectious_from), "stay-note": "đi chợ"}
    page = client.post(page_of(case), sent, follow=True).content.decode()
    assert "Đã ghi nơi ca bệnh kể." in page
    assert "Ca bệnh kể" in page
    assert "đi chợ" in page
    on_case_page = client.get(reverse("tracer:case", args=[case.pk])).content.decode()
    assert f"{venue.name} (ca bệnh kể)" in on_case_page
    stay = ToldStay.objects.get()
    client.post(reverse("tracer:untell_stay", args=[stay.pk]))
    assert not ToldStay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"stay-began_at": ""}, "bắt buộc"),
        ({"stay-venue": "", "stay-place": ""}, "Hãy chọn một địa điểm, hoặc ghi nơi đó bằng lời."),
        ({"stay-began_at": "2020-01-01T08:00", "stay-ended_at": "2020-01-01T09:00"}, "ngoài giai đoạn lây nhiễm"),
        ({"stay-ended_at": "2020-01-01T09:00"}, "Giờ ra phải sau giờ vào."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    client: Client, case: Case, places: dict[str, Venue], changes: dict[str, str], reason: str
) -> None:
    sent = {
        "told": "stay", "stay-venue": next(iter(places.values())).pk, "stay-note": "đi chợ",
        "stay-began_at": local(case.infectious_from),
    }  # fmt: skip
    answer = client.post(page_of(case), sent | changes)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert "đi chợ" in answer.content.decode()
    assert not ToldStay.objects.exists()


def test_somebody_named_is_masked_and_stands_on_the_next_list(client: Client, case: Case) -> None:
    sent = {
        "told": "person", "named-full_name": "Lê Thị Bạn", "named-phone": "0905 777 888", "named-relation": "household",
        "named-last_contact_at": local(case.infectious_from), "named-place": "ở nhà",
    }  # fmt: skip
    page = client.post(page_of(case), sent, follow=True).content.decode()
    assert "L••• T••• Bạn" in page
    assert "Lê Thị Bạn" not in page
    assert "Người cùng nhà" in page
    client.post(reverse("tracer:trace", args=[case.pk]), {"generations": "1", "crowd_limit": "150"})
    listed = client.get(reverse("tracer:run", args=[case.runs.get().pk])).content.decode()
    assert "Do ca bệnh kể" in listed
    contact = case.runs.get().contacts.get(is_named=True)
    alone = client.get(reverse("tracer:contact", args=[contact.pk])).content.decode()
    assert "chỉ có lời kể, hãy xác minh" in alone
    assert "ở nhà" in alone


def test_a_wrong_number_is_said(client: Client, case: Case) -> None:
    sent = {"told": "person", "named-phone": "12", "named-relation": "friend"}
    answer = client.post(page_of(case), sent)
    assert answer.status_code == 422
    assert not NamedPerson.objects.exists()


def test_venues_are_found_without_diacritics_in_the_own_area(
    client: Client,
    case: Case,
    places: dict[str, Venue],
    make_officer: MakeOfficer,
    signed_in: SignIn,
    other_commune: Unit,
) -> None:
    found = client.get(reverse("tracer:venues"), {"q": "cho mau"}).json()
    assert [choice["text"] for choice in found] == ["Chợ Mẫu"]
    elsewhere = signed_in(make_officer(Role.TRACER, other_commune))
    assert elsewhere.get(reverse("tracer:venues"), {"q": "cho mau"}).json() == []


def test_an_approver_reads_and_does_not_write(
    case: Case, make_officer: MakeOfficer, signed_in: SignIn, province: Unit, tracer: Officer
) -> None:
    approver = signed_in(make_officer(Role.APPROVER, province))
    named = name_person(case, tracer, PersonNamed("friend", case.infectious_from, "Lê Thị Bạn"))
    assert "Thêm nơi ca bệnh kể" not in approver.get(page_of(case)).content.decode()
    assert approver.post(reverse("tracer:untell_person", args=[named.pk])).status_code == 403
    sent = {
        "told": "person",
        "named-full_name": "X Y",
        "named-relation": "friend",
        "named-last_contact_at": local(case.infectious_from),
    }
    assert approver.post(page_of(case), sent).status_code == 403


def test_anothers_area_is_not_found(
    case: Case, make_officer: MakeOfficer, signed_in: SignIn, other_commune: Unit
) -> None:
    elsewhere = signed_in(make_officer(Role.TRACER, other_commune))
    assert elsewhere.get(page_of(case)).status_code == 404


def test_pages_do_not_ask_more_for_more_rows(client: Client, case: Case, tracer: Officer) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(case))
            client.get(reverse("tracer:run", args=[run.pk]))
        return len(asked)

    run = run_trace(case, tracer, policy_for(case))
    few = queries()
    for number in range(8):
        name_person(
            case, tracer, PersonNamed("friend", case.infectious_from, f"Bạn Thứ {number}", f"+8490577788{number}")
        )
    run = run_trace(case, tracer, policy_for(case))
    assert queries() <= few + 1  # the notice of a newer list
