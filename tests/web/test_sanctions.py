"""Sanctions, through HTTP: proposed from what was found, approved by another, read at the door, appealed, judged, printed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from html import unescape

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdfium2 import PdfDocument
from pytest_django import DjangoAssertNumQueries

from dauchan.oversight.reference import load_report_rules
from dauchan.oversight.sanctions.models import LegalBasis, Sanction, State, SuspensionAlert
from dauchan.oversight.sanctions.reference import load_sanction_rules
from dauchan.people.models import Person
from dauchan.units.models import Appointment, AuditEntry, Officer, Role, Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import Venue, VenueStatus
from tests.oversight.sanctioned import report_of
from tests.web.conftest import TOTP_SECRET, MakeOfficer, MakeVenue, SignIn, make_person
from tests.web.conftest import client_of as phone_of
from tests.web.test_referrals import photo

pytestmark = pytest.mark.django_db
FACTS = "Ba lần kiểm tra đều không thấy bảng mã ở cửa"


@dataclass
class Office:
    """A venue with a citizen's report about it, and the browsers of those who act."""

    venue: Venue
    source: str
    basis: LegalBasis
    officer: Client
    approver: Client
    judge: Client

    def said(self, **more: object) -> dict[str, object]:
        given = {"sources": self.source, "findings": "no_qr_posted", "facts": FACTS, "bases": self.basis.pk}
        return {**given, "signing_title": "Chủ tịch", **more}

    def propose(self, kind: str = "suspension", **more: str) -> Sanction:
        """Of a suspension also how it ends."""
        ends: dict[str, object] = {"condition": "Dán bảng mã ở cửa ra vào"} if kind == "suspension" else {}
        address = f"/officer/sanctions/new/?venue={self.venue.pk}&kind={kind}"
        sent = self.officer.post(address, self.said(**ends, **more))
        assert sent.status_code == 302, unescape(sent.content.decode())
        return Sanction.objects.latest("pk")

    def suspend(self) -> Sanction:
        draft = self.propose()
        signed = {"document_number": "12/QĐ-UBND", "signing_title": "Chủ tịch", "signer": "Lê Văn Ký"}
        self.approver.post(f"/officer/sanctions/{draft.pk}/approve/", {"revision": draft.revision, **signed})
        draft.refresh_from_db()
        assert draft.state == State.IN_FORCE
        return draft


@pytest.fixture
def office(
    province: Unit, commune: Unit, make_venue: MakeVenue, make_officer: MakeOfficer, officer: Officer, signed_in: SignIn
) -> Office:
    load_holidays()
    load_sanction_rules()
    load_report_rules()
    venue = make_venue(commune)
    return Office(
        venue,
        report_of(venue),
        LegalBasis.objects.get(code="cv-7253-2021"),
        signed_in(officer),
        signed_in(make_officer(Role.APPROVER, province, "pheduyet")),
        signed_in(make_officer(Role.HEAD, province, "captren")),
    )


def shown(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_from_a_report_to_a_door_that_says_why(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(13):
        form = shown(office.officer, f"/officer/sanctions/new/?source={office.source}&kind=suspension")
    assert "Không đặt, dán bảng mã QR" in form
    assert "Kín" not in form
    assert f'value="{office.source}"' in form
    assert "quá ba lần nhắc nhở" in form
    draft = office.propose()
    own = f"/officer/sanctions/{draft.pk}/"
    assert "người phê duyệt phải là người khác" in shown(office.officer, own)
    signed = {"revision": 1, "document_number": "12/QĐ-UBND", "signing_title": "Chủ tịch", "signer": "Lê Văn Ký"}
    assert office.officer.post(f"{own}approve/", signed).status_code == 403
    assert "Chợ Thử" in shown(office.approver, "/officer/sanctions/")
    assert office.approver.post(f"{own}approve/", signed | {"document_number": ""}).status_code == 422
    office.approver.post(f"{own}approve/", signed)
    office.venue.refresh_from_db()
    assert office.venue.status == VenueStatus.SUSPENDED
    code = office.venue.posters.get().short_code
    door = shown(Client(), f"/q/{code}")
    for words in ("tạm đình chỉ", "Không đặt, dán bảng mã QR", "12/QĐ-UBND", "vẫn nên ghi nhận lượt vào"):
        assert words in door
    assert FACTS not in door
    scanned = Client().post(reverse("visitor:venue"), {"code": code}).json()
    assert "12/QĐ-UBND" in scanned["why"]


def test_who_proposed_it_is_forbidden_to_approve_it(office: Office, province: Unit, signed_in: SignIn) -> None:
    draft = office.propose()
    author = Officer.objects.get(username="canbo")
    Appointment.objects.create(officer=author, role=Role.APPROVER, unit=province)
    both = Officer.objects.get(pk=author.pk)
    TOTP.activate(both, TOTP_SECRET)
    own = f"/officer/sanctions/{draft.pk}/approve/"
    signed = {"revision": 1, "document_number": "12/QĐ", "signing_title": "Chủ tịch", "signer": "Lê Văn Ký"}
    refused = signed_in(both).post(own, signed)
    assert refused.status_code == 403
    assert "Cần một người khác" in unescape(refused.content.decode())
    draft.refresh_from_db()
    assert (draft.state, office.venue.status) == (State.WAITING, "approved")


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(office: Office) -> None:
    new = f"/officer/sanctions/new/?venue={office.venue.pk}&kind="
    for kind, said in (
        ("suspension", office.said()),
        ("suspension", office.said(condition="Dán bảng mã", sources="report:999")),
        ("suspension", office.said(condition="Dán bảng mã", findings="evil")),
        ("warning", office.said(bases="999999")),
        ("fine", office.said(forwarded_to="Thanh tra", amount="5000000")),
        ("warning", office.said(facts="ngắn")),
    ):
        answer = office.officer.post(new + kind, said)
        assert answer.status_code == 422
    assert "ngắn" in answer.content.decode()
    late = office.said(until_at=f"{timezone.localtime() - dt.timedelta(days=1):%Y-%m-%dT%H:%M}")
    assert "đã qua" in unescape(office.officer.post(f"{new}suspension", late).content.decode())
    assert not Sanction.objects.exists()
    assert "Chưa chọn địa điểm" in shown(office.officer, "/officer/sanctions/new/")


def test_the_owner_reads_it_acknowledges_shows_what_was_mended_and_appeals(
    office: Office, owner: Person, owner_client: Client
) -> None:
    suspension = office.suspend()
    own = f"/owner/sanctions/{suspension.pk}/"
    assert own in shown(owner_client, f"/owner/{office.venue.pk}/")
    page = shown(owner_client, own)
    assert "12/QĐ-UBND" in page
    assert "Cán bộ canbo" not in page
    owner_client.post(f"{own}acknowledge/")
    said = {"words": "Đã dán bảng mã khổ A4 ở cửa chính", "pictures": [photo(), photo()]}
    owner_client.post(f"{own}mended/", said)
    assert (
        owner_client.post(f"{own}mended/", {"words": "Đã dán lại bảng mã", "pictures": [photo()] * 5}).status_code
        == 422
    )
    assert owner_client.post(f"{own}appeal/", {"words": "quá ngắn"}).status_code == 422
    owner_client.post(f"{own}appeal/", {"words": "Bảng mã đã có ở cửa từ đầu tháng, xin xem lại ảnh."})
    assert owner_client.post(f"{own}appeal/", {"words": "Một lần nữa, xin xem lại ảnh."}).status_code == 409
    picture = suspension.events.get(kind="mended").pictures.first()
    assert picture is not None
    for browser, address in (
        (owner_client, f"/owner/sanctions/pictures/{picture.pk}.jpg"),
        (office.officer, f"/officer/sanctions/pictures/{picture.pk}.jpg"),
    ):
        assert not Image.open(io.BytesIO(browser.get(address).content)).getexif()
    stranger = phone_of(make_person("+84905000099", "Lê Thị Lạ"))
    for address in (own, f"/owner/sanctions/pictures/{picture.pk}.jpg", f"{own}document.pdf"):
        assert stranger.get(address).status_code == 404
    assert office.officer.get(f"/owner/sanctions/{suspension.pk}/").status_code == 302
    assert "Khiếu nại" in shown(office.judge, f"/officer/sanctions/{suspension.pk}/")
    listed = shown(office.judge, "/officer/sanctions/?tab=appeals")
    assert "ngày làm việc" in listed


def test_the_level_above_lets_it_rest_and_withdraws_it(office: Office, owner_client: Client) -> None:
    suspension = office.suspend()
    owner_client.post(f"/owner/sanctions/{suspension.pk}/appeal/", {"words": "Bảng mã đã có ở cửa từ đầu tháng."})
    own = f"/officer/sanctions/{suspension.pk}/"
    assert office.officer.post(f"{own}judge/", {"revision": 1}).status_code in {403, 422}
    said = {"revision": 1, "outcome": "withdrawn", "answer": "Ảnh cho thấy bảng mã vẫn ở cửa"}
    assert office.approver.post(f"{own}judge/", said).status_code == 403
    office.judge.post(f"{own}effect/", {"revision": 1, "is_suspensive": "yes"})
    office.venue.refresh_from_db()
    assert office.venue.status == VenueStatus.APPROVED
    stale = office.judge.post(f"{own}judge/", said)
    assert stale.status_code == 409
    assert "Ảnh cho thấy bảng mã vẫn ở cửa" in stale.content.decode()
    office.judge.post(f"{own}judge/", said | {"revision": 2, "document_number": "3/QĐ-UBND"})
    suspension.refresh_from_db()
    assert suspension.state == State.REVOKED
    assert "Hủy bỏ quyết định" in shown(owner_client, f"/owner/sanctions/{suspension.pk}/")
    pdf = owner_client.get(f"/owner/sanctions/{suspension.pk}/appeal.pdf")
    assert "3/QĐ-UBND" in PdfDocument(pdf.content)[0].get_textpage().get_text_range()


def test_what_was_sent_back_is_written_again_from_what_was_typed(office: Office) -> None:
    draft = office.propose()
    said = {"revision": 1, "note": "Thiếu thời hạn khắc phục"}
    office.approver.post(f"/officer/sanctions/{draft.pk}/return/", said)
    assert f"?again={draft.pk}" in shown(office.officer, f"/officer/sanctions/{draft.pk}/")
    form = shown(office.officer, f"/officer/sanctions/new/?again={draft.pk}")
    for typed in (FACTS, "Dán bảng mã ở cửa ra vào", f'value="{office.source}"', f'value="{office.basis.pk}"'):
        assert typed in form
    assert form.count(" checked") == 3


def test_a_lifting_is_proposed_from_the_suspension_and_approved_by_another(office: Office) -> None:
    suspension = office.suspend()
    new = f"/officer/sanctions/new/?lifts={suspension.pk}"
    assert "Gỡ bỏ tạm đình chỉ" in shown(office.officer, new)
    said = {"facts": "Đã dán bảng mã ở cửa chính", "bases": office.basis.pk, "signing_title": "Chủ tịch"}
    office.officer.post(new, said)
    lifting = Sanction.objects.latest("pk")
    assert (lifting.lifts, lifting.state, lifting.findings) == (suspension, State.WAITING, ["no_qr_posted"])
    signed = {"revision": 1, "document_number": "15/QĐ-UBND", "signing_title": "Chủ tịch", "signer": "Lê Văn Ký"}
    office.approver.post(f"/officer/sanctions/{lifting.pk}/approve/", signed)
    office.venue.refresh_from_db()
    assert office.venue.status == VenueStatus.APPROVED
    assert "15/QĐ-UBND" in shown(office.officer, f"/officer/sanctions/{suspension.pk}/")
    corrected = office.officer.get(f"/officer/sanctions/new/?corrects={suspension.pk}")
    assert "Chưa chọn địa điểm" in corrected.content.decode()


def test_the_list_is_filtered_searched_without_diacritics_and_exported_safely(
    office: Office, commune: Unit, make_venue: MakeVenue, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("Chợ Đông Ba", "=Quán Gạo", "Quán 1", "Quán 2"):
        venue = make_venue(commune, name)
        office.venue, office.source = venue, report_of(venue, "unscannable")
        office.propose("warning", findings="unscannable")
    with django_assert_max_num_queries(14):
        page = shown(office.officer, "/officer/sanctions/?tab=in_force")
    assert page.count("Mã QR không quét được") == 4
    found = shown(office.officer, "/officer/sanctions/?q=cho+dong&kind=warning")
    assert ("Chợ Đông Ba" in found, "Quán Gạo" in found) == (True, False)
    assert "Không có quyết định nào khớp" in shown(office.officer, "/officer/sanctions/?kind=fine")
    sent = b"".join(office.officer.get("/officer/sanctions/export.csv?q=gao"))
    rows = list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))
    assert (len(rows), rows[1][3]) == (2, "'=Quán Gạo")
    warning = Sanction.objects.latest("pk")
    pdf = office.officer.get(f"/officer/sanctions/{warning.pk}/document.pdf")
    assert "DỰ THẢO" in PdfDocument(pdf.content)[0].get_textpage().get_text_range()
    own = f"/officer/sanctions/{warning.pk}/"
    number = {"revision": 1, "document_number": "7/UBND", "signing_title": "Chủ tịch", "signer": "Lê Văn Ký"}
    office.officer.post(f"{own}number/", number)
    office.officer.post(f"{own}settle/", {"revision": 2, "words": "Đã thấy bảng mã mới ở cửa"})
    office.officer.post(f"{own}note/", {"revision": 3, "words": "Gọi lại sau một tuần"})
    story = shown(office.officer, own)
    for words in ("7/UBND", "Xác nhận đã khắc phục", "Gọi lại sau một tuần"):
        assert words in story


def test_an_authority_adds_its_own_law_with_a_record_and_others_do_not(
    office: Office, make_officer: MakeOfficer, commune: Unit, province: Unit, signed_in: SignIn
) -> None:
    head = signed_in(make_officer(Role.HEAD, commune, "chutich"))
    new: dict[str, object] = {
        "title_vi": "Quyết định số 88/QĐ-UBND của phường",
        "number": "88/QĐ-UBND",
        "article": "Điều 3",
    }
    new |= {"kinds": ["suspension", "warning"], "valid_from": "2026-01-01"}
    assert office.officer.post("/officer/sanctions/bases/", new).status_code == 403
    assert head.post("/officer/sanctions/bases/", new | {"valid_to": "2025-01-01"}).status_code == 422
    head.post("/officer/sanctions/bases/", new)
    assert head.post("/officer/sanctions/bases/", new).status_code == 422
    basis = LegalBasis.objects.get(unit=commune)
    assert AuditEntry.objects.filter(action="sanction_basis.added", subject=f"unit:{commune.pk}").count() == 1
    assert "88/QĐ-UBND" in shown(office.officer, f"/officer/sanctions/new/?venue={office.venue.pk}&kind=warning")
    monitor = signed_in(make_officer(Role.MONITOR, province, "giamsat"))
    assert "chưa đối chiếu" in shown(monitor, "/officer/sanctions/bases/")
    assert monitor.post(f"/officer/sanctions/bases/{basis.pk}/end/", {"valid_to": "2026-02-01"}).status_code == 302
    assert "88/QĐ-UBND" not in shown(office.officer, f"/officer/sanctions/new/?venue={office.venue.pk}&kind=warning")


def test_strangers_and_other_roles_see_nothing_of_it(
    office: Office, make_officer: MakeOfficer, other_commune: Unit, province: Unit, signed_in: SignIn
) -> None:
    suspension = office.suspend()
    own = f"/officer/sanctions/{suspension.pk}/"
    for address in (own, f"{own}document.pdf"):
        assert signed_in(make_officer(Role.OFFICER, other_commune)).get(address).status_code == 404
        assert signed_in(make_officer(Role.TRACER, province)).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    elsewhere = signed_in(make_officer(Role.APPROVER, other_commune))
    assert elsewhere.post(f"{own}approve/", {"revision": 1}).status_code == 404
    leader = signed_in(make_officer(Role.LEADER, province))
    assert "Phê duyệt, có hiệu lực" in shown(leader, own)
    assert leader.post(f"{own}judge/", {"revision": 1}).status_code == 403
    new = f"/officer/sanctions/new/?venue={office.venue.pk}"
    assert leader.get(new).status_code == 403
    assert "Chưa chọn địa điểm" in shown(signed_in(make_officer(Role.OFFICER, other_commune)), new)


def test_an_alert_is_seen_by_the_leader_and_closed_with_a_conclusion(
    office: Office, make_officer: MakeOfficer, province: Unit, signed_in: SignIn
) -> None:
    alert = SuspensionAlert.objects.create(
        unit=province, raised_at=timezone.now(), step="approved", suspensions=25, officers=2
    )
    leader = signed_in(make_officer(Role.LEADER, province, "lanhdao"))
    assert ">25<" in shown(leader, "/officer/sanctions/alerts/").replace(" ", "")
    leader.post(f"/officer/sanctions/alerts/{alert.pk}/", {"note": "Đợt kiểm tra đã có kế hoạch"})
    assert "Đợt kiểm tra đã có kế hoạch" in shown(leader, "/officer/sanctions/alerts/")
    assert office.officer.get("/officer/sanctions/alerts/").status_code == 403
