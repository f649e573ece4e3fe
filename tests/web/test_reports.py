"""Citizens' reports, through HTTP: sent with a photograph, handled, followed, published; spam, sensitive places, units apart."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.oversight.models import Report
from dauchan.oversight.photos import look_through_new
from dauchan.people.models import Person
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Venue
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn, client_of
from tests.web.reported import ELSEWHERE, drawn_face, opened_before, photo_of, post_report, send_report

pytestmark = pytest.mark.django_db
ANSWER = {"outcome": "mended", "answer": "Đã yêu cầu chủ địa điểm dán lại bảng mã."}


@pytest.fixture(autouse=True)
def _uploads(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def venue(commune: Unit, make_venue: MakeVenue) -> Venue:
    return make_venue(commune, "Chợ Đông Thử")


def followed(client: Client, report: Report) -> str:
    return unescape(client.get(f"/reports/{report.code}/").content.decode())


def darkest(picture: Image.Image) -> int:
    """Of the pixels around the eyes of the drawn face."""
    return min(picture.convert("L").crop((180, 270, 320, 300)).tobytes())


def answered(officer_client: Client, report: Report, **said: object) -> None:
    report.refresh_from_db()
    sent = officer_client.post(f"/officer/reports/{report.pk}/answer/", {"revision": report.revision, **ANSWER, **said})
    assert sent["Location"].startswith("/officer/reports/"), sent["Location"]


def test_from_the_door_to_the_answer(client: Client, officer_client: Client, venue: Venue, tmp_path: Path) -> None:
    """With a photograph: sealed, shown blurred, seen for a purpose, let out after a look, read by the reporter."""
    assert "Tìm" in client.get("/reports/new/").content.decode()
    assert f"/places/{venue.pk}/report/" in client.get("/reports/new/?q=cho dong").content.decode()
    report = send_report(client, venue.pk, photos=[photo_of(drawn_face())])
    assert "Đang chờ Phường Thuận Thử trả lời." in followed(client, report)
    assert "Cửa không có bảng mã" not in followed(client, report)
    own = f"/officer/reports/{report.pk}/"
    assert report.code in officer_client.get("/officer/reports/").content.decode()
    assert officer_client.post(f"{own}accept/", {"revision": 1}).status_code == 302
    assert "đang xử lý" in followed(client, report)

    photo = report.photos.get()
    assert (look_through_new(), look_through_new()) == (1, 0), "the worker finds faces before anybody opens the report"
    shown = officer_client.get(f"/officer/reports/photos/{photo.pk}.jpg")
    picture = Image.open(io.BytesIO(shown.content))
    assert not picture.getexif()
    photo.refresh_from_db()
    assert any(left < 250 / 800 < left + width for left, _top, width, _height in photo.boxes)
    assert darkest(picture) > 60, "no pupil can be seen"

    editor = f"/officer/reports/photos/{photo.pk}/"
    assert json.dumps(photo.boxes).replace('"', "&quot;") in officer_client.get(editor).content.decode()
    assert officer_client.post(f"{editor}original/", {"usual": ""}).status_code == 422
    original = officer_client.post(f"{editor}original/", {"usual": "place"})
    assert darkest(Image.open(io.BytesIO(original.content))) < 60
    assert AuditEntry.objects.get(action="report.photo_seen").purpose == "Nhận ra địa điểm hoặc bảng mã trong ảnh"
    for wrong in ("x", "[[1]]", "[[0,0,NaN,1]]", "[" * 4000, "[[true,0,1,1]]", "[[0,0,2,1]]"):
        assert officer_client.post(editor, {"act": "save", "boxes": wrong}).status_code == 422
    boxes = [*photo.boxes, [0.8, 0.8, 0.1, 0.1]]
    assert officer_client.post(editor, {"act": "publish", "boxes": json.dumps(boxes)}).status_code == 422
    assert client.get(f"/reports/photos/{photo.pk}.jpg").status_code == 404
    seen = re.search(r'name="seen" value="(\w+)"', officer_client.get(editor).content.decode())
    assert seen
    said = {"act": "publish", "boxes": json.dumps(boxes), "looked": "on", "seen": seen[1]}
    assert officer_client.post(editor, said).status_code == 302
    late = officer_client.post(editor, said | {"boxes": "[]"})
    assert (late.status_code, "Người khác vừa sửa trang này" in late.content.decode()) == (422, True)
    assert client.get(f"/reports/photos/{photo.pk}.jpg").status_code == 404, "not before there is an answer"

    answered(officer_client, report)
    assert "Đúng như phản ánh, đã khắc phục" in followed(client, report)
    assert "Đã yêu cầu chủ địa điểm" in followed(client, report)
    board = client.get("/reports/").content.decode()
    assert "Chợ Đông Thử" in board
    assert f"/reports/photos/{photo.pk}.jpg" in board
    public = client.get(f"/reports/photos/{photo.pk}.jpg")
    assert Image.open(io.BytesIO(b"".join(public))).size == (800, 600)
    officer_client.post(editor, {"act": "withdraw", "boxes": "[]"})
    assert client.get(f"/reports/photos/{photo.pk}.jpg").status_code == 404
    assert len(list(tmp_path.rglob("*.jpg"))) <= 1


def test_a_place_that_is_not_registered(client: Client, officer_client: Client, venue: Venue, commune: Unit) -> None:
    """By commune and address, without script; the officer knows which venue it is."""
    refused = post_report(client, ELSEWHERE, finding="not_registered")
    assert refused.status_code == 422
    assert "chọn phường, xã" in refused.content.decode()
    said: dict[str, Any] = {"finding": "not_registered", "commune": commune.pk, "place": "Quán nước đầu ngõ"}
    assert post_report(client, ELSEWHERE, **said).status_code == 302
    report = Report.objects.get()
    assert (report.venue, report.unit) == (None, commune)
    own = f"/officer/reports/{report.pk}/"
    assert "Quán nước đầu ngõ" in officer_client.get(own).content.decode()
    assert "Quán nước" in officer_client.get("/officer/reports/?q=quan nuoc dau").content.decode()
    assert officer_client.post(f"{own}venue/", {"revision": 1, "venue": venue.pk}).status_code == 302
    report.refresh_from_db()
    assert report.venue == venue


def test_a_point_outside_of_every_commune_is_refused(client: Client) -> None:
    refused = post_report(client, ELSEWHERE, point_lat="10,77", point_lon="106,7")
    assert refused.status_code == 422
    assert "ngoài địa bàn" in refused.content.decode()


def test_programs_give_themselves_away(client: Client, venue: Venue) -> None:
    at = f"/places/{venue.pk}/report/"
    for wrong in (
        {"website": "http://x"},
        {"opened": opened_before(0)},
        {"opened": "x"},
        {"opened": opened_before(99_999)},
    ):
        refused = post_report(client, at, **wrong)
        assert refused.status_code == 422
        assert "Cửa không có bảng mã" in refused.content.decode()
    for wrong_finding in ("not_registered", "x", ""):
        assert post_report(client, at, finding=wrong_finding).status_code == 422
    assert post_report(client, at, photos=[photo_of(Image.new("RGB", (300, 300)))] * 4).status_code == 422
    assert not Report.objects.exists()


def test_the_board_names_a_venue_only_where_the_report_was_right(
    client: Client, officer_client: Client, commune: Unit, make_venue: MakeVenue,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    names = ["=Quán Đúng", "Quán Oan", "Quán Đùa"]
    for number, (name, outcome) in enumerate(zip(names, ("warned", "unfounded", "idle"), strict=True)):
        with time_machine.travel(f"2026-04-01T02:0{number}:00Z"):
            answered(officer_client, send_report(client, make_venue(commune, name).pk), outcome=outcome)
    with django_assert_max_num_queries(12):
        board = client.get("/reports/").content.decode()
    assert ("Quán Đúng" in board, "Quán Oan" in board, "Quán Đùa" in board) == (True, False, False)
    assert "Đã kiểm tra, không như phản ánh" in board
    assert "Đã yêu cầu chủ địa điểm" not in board
    assert "30/03/2026" in board, "the week, not the day"
    rows = list(csv.reader(io.StringIO(b"".join(client.get("/reports/board.csv")).decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[2][5] == "'=Quán Đúng"
    assert "Chưa có phản ánh nào khớp" in client.get("/reports/?finding=wrong_size").content.decode()


def test_a_unit_elsewhere_sees_nothing_and_who_only_sees_cannot_act(
    client: Client, venue: Venue, make_officer: MakeOfficer, other_commune: Unit, commune: Unit, signed_in: SignIn
) -> None:
    report = send_report(client, venue.pk, photos=[photo_of(drawn_face())])
    photo = report.photos.get()
    own = f"/officer/reports/{report.pk}/"
    addresses = [own, f"/officer/reports/photos/{photo.pk}/", f"/officer/reports/photos/{photo.pk}.jpg"]
    stranger = signed_in(make_officer(Role.OFFICER, other_commune, "la"))
    monitor = signed_in(make_officer(Role.MONITOR, commune))
    for address in addresses:
        assert stranger.get(address).status_code == 404
        assert monitor.get(address).status_code == 200
    acts = [f"{own}answer/", f"/officer/reports/photos/{photo.pk}/original/", f"/officer/reports/photos/{photo.pk}/"]
    for browser in (stranger, monitor):
        for address in acts:
            said = {"revision": 1, **ANSWER, "usual": "place", "act": "publish", "looked": "on", "boxes": "[]"}
            assert browser.post(address, said).status_code == 404
    assert monitor.post(f"{own}note/", {"revision": 1, "words": "Theo dõi giúp"}).status_code == 302
    assert "Theo dõi giúp" not in followed(client, report)


def test_passed_merged_and_what_was_typed_is_kept(
    client: Client, officer_client: Client, venue: Venue, other_commune: Unit
) -> None:
    first, second = send_report(client, venue.pk), send_report(client, venue.pk, address_of="192.0.2.9")
    page = officer_client.get(f"/officer/reports/{second.pk}/").content.decode()
    assert "Có thể trùng với" in page
    merge = f"/officer/reports/{second.pk}/merge/"
    assert officer_client.post(merge, {"revision": 1, "code": second.code}).status_code == 422
    assert officer_client.post(merge, {"revision": 1, "code": first.code.lower()}).status_code == 302
    officer_client.post("/officer/reports/accept/", {"chosen": f"{first.pk}:1"})
    late = officer_client.post(f"/officer/reports/{first.pk}/answer/", {"revision": 1, **ANSWER})
    assert late.status_code == 409
    assert ANSWER["answer"] in late.content.decode()
    said = {"revision": 2, "unit": other_commune.pk, "words": "Cửa chợ thuộc xã bên"}
    gone = officer_client.post(f"/officer/reports/{first.pk}/pass/", said)
    assert gone["Location"] == "/officer/reports/"
    for report in (first, second):
        assert "Chuyển tới Xã Hương Thử" in followed(client, report)
        assert "Cửa chợ thuộc xã bên" not in followed(client, report)


def test_rated_and_reopened_once(client: Client, officer_client: Client, venue: Venue) -> None:
    report = send_report(client, venue.pk)
    own = f"/reports/{report.code}/"
    client.post(f"{own}reopen/", {"words": "Chưa trả lời mà đã đòi"})
    answered(officer_client, report)
    assert client.post(f"{own}rate/", {"stars": "6"}).status_code == 422
    client.post(f"{own}rate/", {"stars": "2"})
    client.post(f"{own}rate/", {"stars": "5"})
    assert client.post(f"{own}reopen/", {"words": "chưa"}).status_code == 422
    client.post(f"{own}reopen/", {"words": "Bảng mã vẫn chưa được dán"})
    report.refresh_from_db()
    assert (report.stars, report.status) == (2, "reopened")
    assert "Bảng mã vẫn chưa được dán" in officer_client.get(f"/officer/reports/{report.pk}/").content.decode()
    answered(officer_client, report)
    client.post(f"{own}reopen/", {"words": "Lần nữa xem lại giúp"})
    report.refresh_from_db()
    assert report.status == "answered"
    assert "Yêu cầu xem lại" not in re.sub(r"<time.*?</li>", "", followed(client, report), flags=re.DOTALL)


def test_wrong_codes_look_alike_and_after_many_so_do_right_ones(client: Client, venue: Venue) -> None:
    report = send_report(client, venue.pk)
    assert client.get(f"/follow/?code={report.code}")["Location"] == f"/reports/{report.code}/"
    client = Client()  # one that has nothing to be told
    wrong = client.get("/reports/0000-0000/")
    assert wrong.status_code == 404
    for _ in range(30):
        client.get("/reports/ZZZZ-ZZZZ/")
    blocked = client.get(f"/reports/{report.code}/")
    assert blocked.status_code == 404
    strip = r'"[A-Za-z0-9]{64}"|0000-0000|' + report.code
    assert re.sub(strip, "", wrong.content.decode()) == re.sub(strip, "", blocked.content.decode())
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/reports/{report.code}/").status_code == 200


def test_case_05_the_outcome_goes_to_a_proven_phone_in_a_fixed_sentence(
    client: Client, officer_client: Client, venue: Venue, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr("dauchan.people.sms.ScreenGateway.send", lambda _self, phone, text: sent.append((phone, text)))
    report = send_report(client, venue.pk)
    own = f"/reports/{report.code}/phone/"
    assert client.post(own, {"phone": "12"}).status_code == 422
    page = client.post(own, {"phone": "0900 000 777"}, follow=True).content.decode()
    code = re.search(r"Mã là (\d{6})", page)
    assert code
    assert Client().post(own, {"code": code[1]}).status_code == 422, "another browser never asked"
    assert client.post(own, {"code": "000000" if code[1] != "000000" else "1"}).status_code == 422
    assert client.post(own, {"code": code[1]}).status_code == 302
    sent.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        answered(officer_client, report, answer="Gọi 0900 111 222 để lừa")
    ((phone, text),) = sent
    assert phone == "+84900000777"
    assert "lừa" not in text
    assert f"/reports/{report.code}/" in text
    assert "777" not in followed(client, report)
    report.refresh_from_db()
    assert report.phone == "+84900000777"


def test_a_signed_in_visitor_finds_their_own_again(venue: Venue, owner: Person) -> None:
    report = send_report(client_of(owner), venue.pk)
    assert report.code in client_of(owner).get("/reports/new/").content.decode()
    assert report.code not in Client().get("/reports/new/").content.decode()


def test_the_list_is_searched_filtered_and_exported(
    client: Client, officer_client: Client, commune: Unit, make_venue: MakeVenue,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    with time_machine.travel("2026-04-01T02:00:00Z"):
        for number, name in enumerate(["Chợ Đông Ba", "+Quán", *(f"Quán {n}" for n in range(4))]):
            send_report(client, make_venue(commune, name).pk, address_of=f"192.0.2.{number}")
    with time_machine.travel("2026-04-13T02:00:00Z"):
        with django_assert_max_num_queries(14):
            page = unescape(officer_client.get("/officer/reports/").content.decode())
        assert "quá hạn 3 ngày làm việc" in page
        assert "Chợ Đông Ba" in officer_client.get("/officer/reports/?tab=overdue&q=cho dong").content.decode()
        assert (
            "Không có phản ánh nào khớp" in officer_client.get("/officer/reports/?finding=wrong_size").content.decode()
        )
        rows = b"".join(officer_client.get("/officer/reports/export.csv?tab=overdue")).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(rows)))) == 7
        assert "'+Quán" in rows


def test_a_report_becomes_a_referral(
    client: Client, venue: Venue, make_officer: MakeOfficer, province: Unit, signed_in: SignIn, commune: Unit
) -> None:
    load_referral_rules()
    report = send_report(client, venue.pk)
    watching = signed_in(make_officer(Role.MONITOR, province, "giamsat"))
    address = f"/officer/referrals/new/?report={report.pk}"
    assert address in watching.get(f"/officer/reports/{report.pk}/").content.decode()
    said = {"ground": "report", "evidence": "Không đặt, dán bảng mã QR", "report": report.pk, "venue": venue.pk}
    watching.post("/officer/referrals/new/", said)
    assert Referral.objects.get().source == f"report:{report.pk}"
    assert "Phiếu chuyển" in watching.get(f"/officer/reports/{report.pk}/").content.decode()
    post_report(client, ELSEWHERE, finding="not_registered", commune=commune.pk, place="Đầu ngõ")
    nowhere = Report.objects.get(venue=None)
    assert "referrals/new" not in watching.get(f"/officer/reports/{nowhere.pk}/").content.decode()
    assert watching.get(f"/officer/referrals/new/?report={nowhere.pk}").status_code == 200


def test_officers_are_not_shown_a_photograph_whose_time_is_over(
    client: Client, officer: Officer, officer_client: Client, venue: Venue
) -> None:
    report = send_report(client, venue.pk, photos=[photo_of(drawn_face())])
    photo = report.photos.get()
    photo.sealed.delete()
    assert officer_client.get(f"/officer/reports/photos/{photo.pk}.jpg").status_code == 404
    page = officer_client.get(f"/officer/reports/photos/{photo.pk}/")
    assert "đã xóa theo thời hạn" in page.content.decode()
    cache.clear()
