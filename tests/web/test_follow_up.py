"""The officers' day, the contact's own page and the orders, through the pages."""

from __future__ import annotations

import datetime as dt
import re

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.people.models import Identity, Person
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.tracing.follow_up.links import link_token
from dauchan.tracing.follow_up.models import FollowUp, LegalBasis, Order, Place, SymptomReport
from dauchan.tracing.follow_up.order_actions import draft_order, sign_order
from dauchan.tracing.models import Case
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from tests.tracing.outbreak import make_disease, make_places
from tests.tracing.watched import confirmed_contacts, make_law, make_schedule
from tests.web.conftest import MakeOfficer, SignIn, client_of


@pytest.fixture
def approver(make_officer: MakeOfficer, province: Unit) -> Officer:
    return make_officer(Role.APPROVER, province, "pheduyet")


@pytest.fixture
def case(commune: Unit, province: Unit, tracer: Officer) -> Case:
    make_places(commune)
    disease = make_disease()
    make_schedule(disease)
    sampled_on = timezone.localdate() - dt.timedelta(days=1)
    return register_case(CaseReport(example_phone("A"), disease, province, sampled_on), tracer)


@pytest.fixture
def followed(case: Case, tracer: Officer) -> FollowUp:
    run = confirmed_contacts(case, tracer, 1, 2, 3)
    return FollowUp.objects.select_related("case__unit", "contact__run__case").get(contact__run=run, contact__number=1)


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_link_writes_and_shows_nothing(followed: FollowUp) -> None:
    identity = Identity.objects.get(person=followed.person_id)
    address = reverse("follow_up:by_link", args=[link_token(followed)])
    phone = Client()
    answer = phone.post(address, {"state": "ill", "symptoms": ["cough"], "temperature": "38,6", "remark": "Ho khan"})
    assert answer.headers["Location"] == reverse("follow_up:done") + "?ill=1"
    report = SymptomReport.objects.get()
    assert (report.symptoms, report.temperature, report.remark) == ("fever cough", "38.6", "Ho khan")
    page = phone.get(address)
    shown = words(page)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for secret in (identity.full_name, identity.phone, followed.case.code, "Ho khan", "38.6", "Cà phê"):
        assert secret not in shown
    assert str(followed.person_id) not in address
    for route in ("follow_up:own", "visitor:diary"):
        assert phone.get(reverse(route)).status_code == 302, "the link opens nothing else"


def test_a_link_that_is_none_says_the_same_whatever_it_is(followed: FollowUp) -> None:
    other = Client().get(reverse("follow_up:by_link", args=["A" * 24]))
    assert other.status_code == 404
    assert "Liên kết này không đúng hoặc đã hết hạn" in words(other)


def test_who_signed_in_has_a_card_and_their_answers(followed: FollowUp) -> None:
    browser = client_of(Person.objects.get(pk=followed.person_id))
    Person.objects.get(pk=followed.person_id).consents.create(
        notice_version="2026-1", language="vi", given_at=timezone.now()
    )
    assert "Bạn đang được theo dõi sức khỏe" in words(browser.get(reverse("visitor:diary")))
    assert browser.post(reverse("follow_up:own"), {"state": "well"}).status_code == 302
    assert "Bạn đã khai báo" in words(browser.get(reverse("follow_up:own")))
    wrong = browser.post(reverse("follow_up:own"), {"state": "ill", "temperature": "80"})
    assert wrong.status_code == 422
    assert "Hãy chọn ít nhất một triệu chứng." in words(wrong)


def test_lines_are_kept_together(followed: FollowUp, tracer: Officer, signed_in: SignIn) -> None:
    browser = signed_in(tracer)
    rows = list(FollowUp.objects.order_by("contact__number"))
    FollowUp.objects.update(asked_from=timezone.localdate())
    page = browser.get(reverse("follow_up:today"))
    assert page.context["tabs"][0][2] == 3
    sent = {
        "line": [one.pk for one in rows], f"state-{rows[0].pk}": "well", f"state-{rows[1].pk}": "ill",
        f"symptoms-{rows[1].pk}": ["cough", "nonsense"], f"state-{rows[2].pk}": "ill", "shown": "part=due&evil=1",
    }  # fmt: skip
    answer = browser.post(reverse("follow_up:keep_lines"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("follow_up:today") + "?part=due"
    assert "Đã ghi 2 dòng." in words(answer)
    assert "Người 3: hãy chọn ít nhất một triệu chứng." in words(answer)
    assert answer.context["tabs"][0][2] == 1
    assert "Người 2" in words(browser.get(reverse("follow_up:today"), {"part": "ill"}))
    assert "Người 2" not in words(browser.get(reverse("follow_up:today"), {"part": "all", "q": "1"}))


def test_the_page_costs_the_same_for_one_and_for_many(
    followed: FollowUp, tracer: Officer, signed_in: SignIn, django_assert_max_num_queries: object
) -> None:
    browser = signed_in(tracer)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        browser.get(reverse("follow_up:today"), {"part": "all"})


def test_a_contact_becomes_a_case_with_one_click(followed: FollowUp, tracer: Officer, signed_in: SignIn) -> None:
    browser = signed_in(tracer)
    page = browser.get(reverse("follow_up:one", args=[followed.pk]))
    assert AuditEntry.objects.filter(action="follow_up.seen").count() == 1
    dates = page.context["case_form"].initial
    sent = {name: day.isoformat() for name, day in dates.items() if day}
    answer = browser.post(reverse("follow_up:became_case", args=[followed.pk]), sent)
    new = Case.objects.get(source_contact=followed.contact)
    assert answer.headers["Location"] == reverse("tracer:case", args=[new.pk])
    log = words(browser.get(reverse("tracer:log", args=[followed.case_id])))
    assert f"Theo dõi người số 1 chuyển thành ca bệnh {new.code}." in log


def test_tests_and_the_link_from_the_page(followed: FollowUp, tracer: Officer, signed_in: SignIn) -> None:
    browser = signed_in(tracer)
    test = followed.tests.first()
    assert test is not None
    browser.post(reverse("follow_up:note_test", args=[test.pk]), {"kind": "pcr"})
    answer = browser.post(reverse("follow_up:note_test", args=[test.pk]), {"result": "positive"}, follow=True)
    assert "đề xuất ghi nhận thành ca bệnh" in words(answer)
    sent = browser.post(reverse("follow_up:send_links"), {"chosen": followed.pk, "what": "links"}, follow=True)
    assert "Đã gửi 1 liên kết." in words(sent)
    link = re.search(r"https?://[^\s<]+/follow-up/s/[A-Z2-7]{24}/", words(sent))
    assert link is not None


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    read = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(read.split())


def test_an_order_from_draft_to_release(
    followed: FollowUp, tracer: Officer, approver: Officer, signed_in: SignIn
) -> None:
    law, desk, second = make_law(), signed_in(tracer), signed_in(approver)
    name = Identity.objects.get(person=followed.person_id).full_name
    chosen = desk.post(reverse("follow_up:send_links"), {"chosen": followed.pk, "what": "orders"}).headers["Location"]
    assert "Soạn quyết định cách ly" in words(desk.get(chosen))
    sent = {
        "chosen": followed.pk, "place": "home", "where": "12 Lê Thử", "purpose": law.purpose,
        "bases": [LegalBasis.objects.get().pk], "appeal_route": law.appeal_route.pk, "signing_as": "director",
    }  # fmt: skip
    desk.post(reverse("follow_up:draft"), sent)
    order = Order.objects.get()
    again = words(desk.get(chosen))
    assert "Không soạn được cho những người này" in again
    assert "đã có một quyết định đang chờ ký" in again
    assert "Soạn, gửi người phê duyệt" not in again
    draft = desk.get(reverse("follow_up:paper", args=[order.pk]))
    assert draft.content.startswith(b"%PDF")
    assert name not in _text(draft.content)
    assert desk.post(reverse("follow_up:sign", args=[order.pk])).status_code == 403
    assert name not in words(second.get(reverse("follow_up:order", args=[order.pk])))
    assert name in words(second.post(reverse("follow_up:open_person", args=[order.pk])))
    second.post(reverse("follow_up:sign", args=[order.pk]))
    text = _text(desk.get(reverse("follow_up:paper", args=[order.pk])).content)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/QĐ-TTKSBT", name, "phút", "Luật thử nghiệm", "Khiếu nại thử trong 90 ngày",
        "Nơi nhận:", str(approver.full_name), "12 Lê Thử",
    ):  # fmt: skip
        assert said in text, said
    looks = AuditEntry.objects.filter(action="order.holder_seen").values_list("detail__how", flat=True)
    assert sorted(looks) == ["page", "pdf"]
    desk.post(reverse("follow_up:deliver", args=[order.pk]))
    release = {**sent, "purpose": "Đã đủ thời gian cách ly", "bases": sent["bases"]}
    desk.post(reverse("follow_up:release", args=[order.pk]), release)
    second.post(reverse("follow_up:sign", args=[Order.objects.get(kind="release").pk]))
    order.refresh_from_db()
    assert order.status == "released"
    assert name in _text(desk.get(reverse("follow_up:paper", args=[order.released_by.get().pk])).content)
    assert name.encode() not in bytes(Order.objects.extra(select={"raw": "holder"}).values_list("raw", flat=True)[0])


def test_who_cannot_be_isolated_is_said_before_the_form_is_filled_in(
    followed: FollowUp, tracer: Officer, signed_in: SignIn
) -> None:
    make_law()
    FollowUp.objects.filter(pk=followed.pk).update(place=Place.NONE)
    page = words(signed_in(tracer).get(reverse("follow_up:draft"), {"chosen": followed.pk}))
    assert "Quy định áp dụng cho người này không có cách ly" in page
    assert "Lý do" not in page
    assert "Về danh sách theo dõi" in page


def test_who_can_no_longer_be_isolated_is_told_beside_the_drafts_of_the_others(
    followed: FollowUp, tracer: Officer, signed_in: SignIn
) -> None:
    law, both = make_law(), list(FollowUp.objects.filter(case=followed.case_id).order_by("contact__number")[:2])
    FollowUp.objects.filter(pk=both[1].pk).update(place=Place.NONE)
    sent = {
        "chosen": [one.pk for one in both], "place": "home", "purpose": law.purpose,
        "bases": [LegalBasis.objects.get().pk], "appeal_route": law.appeal_route.pk, "signing_as": "director",
    }  # fmt: skip
    page = words(signed_in(tracer).post(reverse("follow_up:draft"), sent, follow=True))
    assert Order.objects.get().follow_up_id == both[0].pk
    assert "Đã soạn 1 quyết định" in page
    assert "Người 2: Quy định áp dụng cho người này không có cách ly" in page


def test_clocks_show_what_is_late(followed: FollowUp, tracer: Officer, approver: Officer, signed_in: SignIn) -> None:
    order = sign_order(draft_order(followed, make_law(), tracer), approver)
    Case.objects.filter(pk=followed.case_id).update(registered_at=timezone.now() - dt.timedelta(hours=3))
    page = words(signed_in(tracer).get(reverse("follow_up:order", args=[order.pk])))
    assert "Lập danh sách: 180 phút, quá hạn" in page
    assert "Ra quyết định: 0 phút, quá hạn" not in page


def test_a_foreign_officer_finds_nothing(
    followed: FollowUp, other_commune: Unit, make_officer: MakeOfficer, tracer: Officer, signed_in: SignIn
) -> None:
    order = draft_order(followed, make_law(), tracer)
    foreign = signed_in(make_officer(Role.TRACER, other_commune))
    for route, pk in (("follow_up:one", followed.pk), ("follow_up:order", order.pk), ("follow_up:paper", order.pk)):
        assert foreign.get(reverse(route, args=[pk])).status_code == 404
    assert foreign.get(reverse("follow_up:today")).context["tabs"][5][2] == 0
    head = signed_in(make_officer(Role.HEAD, other_commune))
    assert head.get(reverse("follow_up:escalations")).status_code == 200
    assert head.get(reverse("follow_up:today")).status_code == 403
