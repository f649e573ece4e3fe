"""Data rights and breaches through HTTP: a person's phone, a counter, whoever protects data, and nobody else."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from dauchan.people.models import Identity
from dauchan.privacy.breaches.breach_models import Breach
from dauchan.privacy.reference import load_request_clocks
from dauchan.privacy.retention.certificates import certify
from dauchan.privacy.rights.asking import Wish, ask_by_phone
from dauchan.privacy.rights.request_models import Kind, PersonRequest, Proof, Right, State
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from tests.web.conftest import MakeOfficer, SignIn, client_of, make_person

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

    from dauchan.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clocks(db: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    load_request_clocks()
    settings.ERASURE_LIST = str(tmp_path_factory.mktemp("kept") / "erasures.jsonl")


@pytest.fixture
def protector(make_officer: MakeOfficer, province: Unit, signed_in: SignIn) -> Client:
    return signed_in(make_officer(Role.PRIVACY, province, "baove"))


def test_a_person_sees_what_is_held_and_takes_it_away(owner_client: Client, province: Unit) -> None:
    page = owner_client.get("/me/data/").content.decode()
    assert "Trần Thị Mẫu" in page
    assert "Họ tên, số điện thoại, năm sinh, địa chỉ" in page
    held = owner_client.get("/me/data.json").json()
    assert {one["table"] for one in held["sections"]} >= {"people_identity", "people_consent"}
    assert owner_client.get("/me/data.pdf").content.startswith(b"%PDF")


def test_a_person_asks_follows_and_calls_off(owner_client: Client, owner: Person, province: Unit) -> None:
    assert "Chỉnh sửa dữ liệu" in owner_client.get("/me/rights/").content.decode()
    assert owner_client.post("/me/rights/correct/", {}).status_code == 422
    sent = owner_client.post("/me/rights/correct/", {"full_name": "Trần Thị Đúng"})
    asked = PersonRequest.objects.get(person_id=owner.pk)
    assert sent.headers["Location"] == f"/me/requests/{asked.code}/"
    assert "Chờ phản hồi" in owner_client.get(f"/me/requests/{asked.code}/").content.decode()
    assert owner_client.get(f"/me/requests/{asked.code}/letter.pdf").content.startswith(b"%PDF")
    assert (
        "đang được xử lý" in owner_client.post("/me/rights/correct/", {"full_name": "Trần Thị Đúng"}).content.decode()
    )
    owner_client.post(f"/me/requests/{asked.code}/call-off/")
    asked.refresh_from_db()
    assert asked.state == State.CALLED_OFF
    held = owner_client.get("/me/data/").content.decode()
    assert "Họ và tên đúng: Trần Thị Đúng" in held
    assert "full_name" not in held


def test_another_person_finds_no_request_by_its_code(owner: Person, province: Unit) -> None:
    asked = ask_by_phone(owner, Wish(Right.PROVIDE))
    stranger = client_of(make_person("+84905000003", "Người Lạ"))
    assert stranger.get(f"/me/requests/{asked.code}/").status_code == 404
    assert stranger.post(f"/me/requests/{asked.code}/call-off/").status_code == 404


def test_whoever_protects_data_answers_in_steps(protector: Client, owner: Person, province: Unit) -> None:
    asked = ask_by_phone(owner, Wish(Right.CORRECT, {"full_name": "Trần Thị Đúng"}, "Sai chữ Mẫu"))
    page = protector.get(f"/officer/privacy/{asked.pk}/").content.decode()
    assert "Trần Thị Đúng" in page
    assert "Sai chữ Mẫu" in page
    assert asked.code in protector.get("/officer/privacy/").content.decode()
    protector.post(f"/officer/privacy/{asked.pk}/accept/", {"revision": 1})
    late = protector.post(f"/officer/privacy/{asked.pk}/grant/", {"revision": 1, "words": ""}, follow=True)
    assert "vừa được người khác cập nhật" in late.content.decode()
    protector.post(f"/officer/privacy/{asked.pk}/grant/", {"revision": 2, "words": "Đã sửa theo căn cước."})
    assert Identity.objects.get(person=owner).full_name == "Trần Thị Đúng"
    assert "Đã sửa theo căn cước." in client_of(owner).get(f"/me/requests/{asked.code}/").content.decode()


def test_a_refusal_names_its_basis_to_the_person(protector: Client, owner: Person, province: Unit) -> None:
    asked = ask_by_phone(owner, Wish(Right.OBJECT, {"scope": "messages"}))
    short = protector.post(
        f"/officer/privacy/{asked.pk}/refuse/", {"revision": 1, "refusal": "record", "words": "ngắn"}
    )
    assert short.status_code == 422
    protector.post(
        f"/officer/privacy/{asked.pk}/refuse/",
        {"revision": 1, "refusal": "record", "words": "Hồ sơ phải lưu đủ thời hạn."},
    )
    page = client_of(owner).get(f"/me/requests/{asked.code}/").content.decode()
    assert "Luật Lưu trữ 33/2024/QH15" in page


def test_a_copy_is_opened_only_for_a_granted_request_and_each_time_in_the_log(
    protector: Client, owner: Person, province: Unit
) -> None:
    asked = ask_by_phone(owner, Wish(Right.PROVIDE))
    assert protector.get(f"/officer/privacy/{asked.pk}/copy.json").status_code == 404
    protector.post(f"/officer/privacy/{asked.pk}/grant/", {"revision": 1, "words": ""})
    assert "Trần Thị Mẫu" in protector.get(f"/officer/privacy/{asked.pk}/copy.json").content.decode()
    assert protector.get(f"/officer/privacy/{asked.pk}/copy.pdf").content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action=f"rights.{Kind.FETCHED}").count() == 2


def test_a_counter_checks_who_asks_and_shows_no_name(
    officer_client: Client, officer: Officer, owner: Person, province: Unit
) -> None:
    said = {"right": "delete", "proof": Proof.PHONE_CODE, "shown": "0905 999 999"}
    assert "Không tìm thấy ai" in officer_client.post("/officer/privacy/new/", said).content.decode()
    step = officer_client.post("/officer/privacy/new/", {**said, "shown": "0905 000 001"}, follow=True).content.decode()
    assert "Trần Thị Mẫu" not in step
    code = re.search(r"<strong>(\d{6})</strong>", step)
    assert code is not None
    refused = officer_client.post("/officer/privacy/new/wish/", {"code": "000000", "compared": "on", "words": ""})
    assert refused.status_code == 422
    assert officer_client.post("/officer/privacy/new/wish/", {"code": code[1], "words": ""}).status_code == 422
    officer_client.post("/officer/privacy/new/wish/", {"code": code[1], "compared": "on", "words": ""})
    asked = PersonRequest.objects.get(person_id=owner.pk)
    assert (asked.received_by, asked.unit) == (officer, officer.units_as(Role.OFFICER)[0])
    page = officer_client.get(f"/officer/privacy/{asked.pk}/").content.decode()
    assert "Thực hiện ngay" not in page  # the officer at the counter does not decide
    assert officer_client.post(f"/officer/privacy/{asked.pk}/grant/", {"revision": 1}).status_code == 403


def test_other_units_and_roles_see_nothing(
    owner: Person, province: Unit, other_commune: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    asked = ask_by_phone(owner, Wish(Right.VIEW))
    elsewhere = signed_in(make_officer(Role.PRIVACY, other_commune))
    assert elsewhere.get(f"/officer/privacy/{asked.pk}/").status_code == 404
    assert elsewhere.post(f"/officer/privacy/{asked.pk}/grant/", {"revision": 1}).status_code == 404
    for role in (Role.TRACER, Role.OPERATOR, Role.MONITOR):
        assert signed_in(make_officer(role, province)).get(f"/officer/privacy/{asked.pk}/").status_code == 403


def test_the_list_does_not_ask_more_for_more_rows(
    protector: Client, owner: Person, province: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for right in (Right.VIEW, Right.PROVIDE, Right.DELETE):
        ask_by_phone(owner, Wish(right))
    with django_assert_max_num_queries(14):
        assert protector.get("/officer/privacy/").status_code == 200
    lines = b"".join(protector.get("/officer/privacy/export.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert lines.count("\n") >= 4
    assert "Trần Thị Mẫu" not in lines


def test_a_breach_is_recorded_notified_and_closed(
    protector: Client, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    found = timezone.localtime() - dt.timedelta(hours=30)
    said = {
        "kind": "loss",
        "found_at": f"{found:%Y-%m-%dT%H:%M}",
        "found_by": "Trần Văn Trực",
        "categories": ["visits", "phone"],
        "people": "12",
        "what": "Một máy quét tại cổng bị mất.",
    }
    assert protector.post("/officer/breaches/new/", {**said, "found_at": "2999-01-01T00:00"}).status_code == 422
    protector.post("/officer/breaches/new/", said)
    breach = Breach.objects.get()
    assert "còn 41 giờ để thông báo" in protector.get("/officer/breaches/").content.decode()
    for which in ("authority", "people"):
        assert protector.get(f"/officer/breaches/{breach.pk}/{which}.pdf").content.startswith(b"%PDF")
    note = {"revision": 1, "words": "Gửi qua cổng thông tin, số 12/TB."}
    refused = protector.post(f"/officer/breaches/{breach.pk}/notified/", note, follow=True).content.decode()
    assert "Hãy bổ sung hồ sơ trước" in refused
    assert str(note["words"]) in refused  # what was typed is not lost
    ids = re.findall(r'<textarea[^>]* id="([^"]+)"', refused)
    assert len(ids) == len(set(ids)) == 3
    protector.post(
        f"/officer/breaches/{breach.pk}/amend/",
        {**said, "harm": "Lộ lượt vào ra.", "measures": "Đã khóa.", "revision": 1},
    )
    protector.post(f"/officer/breaches/{breach.pk}/notified/", {**note, "revision": 2})
    protector.post(f"/officer/breaches/{breach.pk}/close/", {**note, "revision": 3})
    breach.refresh_from_db()
    assert breach.state == "closed"
    leader = signed_in(make_officer(Role.LEADER, province))
    page = leader.get(f"/officer/breaches/{breach.pk}/").content.decode()
    assert "máy quét tại cổng" not in page  # a leader sees the clock, not the words
    assert leader.post(f"/officer/breaches/{breach.pk}/close/", note).status_code == 403


def test_certificates_are_listed_and_printed(protector: Client, province: Unit) -> None:
    removed = {"rule": "ledger", "removed": {"check_in": 5}, "before": timezone.now().isoformat(), "days": 22}
    made = certify(timezone.now(), {"rules": [removed], "files": {}, "left_over": []}, 5)
    page = protector.get("/officer/retention/").content.decode()
    assert made.digest[:16] in page
    assert "chữ ký đúng" in page
    assert protector.get(f"/officer/retention/{made.pk}.pdf").content.startswith(b"%PDF")
    assert protector.get("/officer/retention/999999.pdf").status_code == 404


def test_a_browser_of_somebody_who_was_erased_is_nobodys(owner: Person, owner_client: Client, province: Unit) -> None:
    Identity.objects.filter(person=owner).delete()
    assert owner_client.get("/me/data/").status_code == 302
    assert owner_client.get("/visitor/sign-in/").status_code == 200
