"""Making it known through its pages: materials with a unit's own figures, messages to owners within their limits."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import ClassVar

import httpx
import pytest
import time_machine
import zxingcpp
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdfium2 import PdfDocument
from pytest_django import Settings

from dauchan.compliance.models import CountedDay, UnitDay, VenueDay
from dauchan.oversight.made_known.carrying import carry_out_due
from dauchan.oversight.made_known.limits import LIMITS
from dauchan.oversight.made_known.models import OptOut, OwnerMessage, Sending
from dauchan.oversight.made_known.reference import load_material_templates
from dauchan.oversight.made_known.sending import opt_out
from dauchan.people.models import Identity
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.models import Category, Venue
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn, client_of, make_person, registered

pytestmark = pytest.mark.django_db
LOCAL = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 18, 9, tzinfo=LOCAL)
HOME, SILENT = "/officer/made-known/", "/officer/made-known/silent/"


class Recorder:
    """A gateway that keeps what it was given; it takes nothing for a phone that ends in 9."""

    shows_on_screen = False
    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, phone: str, text: str) -> None:
        if phone.endswith("9"):
            raise httpx.ConnectError("no line")
        self.sent.append((phone, text))


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.SMS_GATEWAY = "tests.web.test_made_known.Recorder"
    Recorder.sent.clear()
    load_material_templates()
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def head(make_officer: MakeOfficer, commune: Unit, signed_in: SignIn) -> Client:
    return signed_in(make_officer(Role.HEAD, commune, "truong"))


@pytest.fixture
def doors(commune: Unit, category: Category, make_venue: MakeVenue) -> list[Venue]:
    """Four owners with a silent place each, the first with two; one busy place; all of the last two weeks counted."""
    with time_machine.travel(dt.datetime(2026, 10, 1, tzinfo=LOCAL)):
        made = [
            make_venue(commune, "Quán =HYPERLINK Bẫy"),
            make_venue(commune, "Quán thứ hai"),
            make_venue(commune, "Quán đông"),
        ]
        for number in range(1, 4):
            person = make_person(f"+8490500001{number}", "Chủ quán")
            made.append(registered(person, category, commune, f"Quán im {number}"))
    for back in range(1, 15):
        day = NOW.date() - dt.timedelta(days=back)
        CountedDay.objects.create(day=day, seen="1:1:", home="", counted_at=timezone.now())
        VenueDay.objects.create(venue=made[2], day=day, scans=50, people=40, failed=0)
        figures = {"registered": 6, "new": 0, "active": 1, "scans": 50, "people": 40, "failed": 0}
        UnitDay.objects.create(unit=commune, day=day, **figures)
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    answered = client.get(address)
    assert answered.status_code == status
    return " ".join(answered.content.decode().split())


def words_of(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    title = re.search(r'name="title"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="title"', page)
    body = re.search(r'<textarea[^>]*name="body"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    assert title
    assert body
    return {"title": title[1] or title[2], "body": body[1]}


def test_materials_bear_the_units_name_and_figures(doors: list[Venue], head: Client, commune: Unit) -> None:
    page = text(head, HOME)
    assert "Tuyên truyền: Phường Thuận Thử" in page
    assert "tuần 09/11 – 15/11/2026" in page
    script = f"{HOME}materials/loudspeaker/"
    words = words_of(head, script)
    assert "Ủy ban nhân dân phường Thuận Thử thông báo" in words["body"]
    assert "còn 5 địa điểm không có lượt quét nào" in words["body"]
    assert "giây" in text(head, script)
    as_text = head.post(script, {**words, "make": "txt"})
    assert as_text["Content-Type"].startswith("text/plain")
    assert "phường Thuận Thử" in as_text.content.decode()
    pdf = PdfDocument(head.post(script, {**words, "make": "pdf-a4"}).content)
    assert len(pdf) == 1
    assert AuditEntry.objects.filter(action="made_known.downloaded").count() == 2
    english = words_of(head, f"{script}?language=en")
    assert "people’s committee of" in english["body"]


@pytest.mark.parametrize(("make", "size"), [("png-square", (1080, 1080)), ("png-wide", (1200, 630))])
def test_pictures_have_the_size_of_their_network(
    doors: list[Venue], head: Client, make: str, size: tuple[int, int]
) -> None:
    address = f"{HOME}materials/picture/"
    answered = head.post(address, {"title": "Nhớ quét mã", "body": "Một dòng\nHai dòng", "make": make})
    assert Image.open(io.BytesIO(answered.content)).size == size


def test_a_venues_sheet_bears_its_own_code_and_edited_words(doors: list[Venue], head: Client) -> None:
    """The words are text: nothing in braces, no markup of Typst and no formula means anything."""
    address = f"{HOME}materials/sheet/?venue={doors[2].pk}"
    words = {"title": "#panic() {unit}", "body": "= Bước một\n*Bước hai* {0.__class__}"}
    sheet = head.post(address, {**words, "make": "png-a4"})
    code = zxingcpp.read_barcode(Image.open(io.BytesIO(sheet.content)))
    assert code is not None
    assert "/Q/" in code.text.upper()
    (page,) = PdfDocument(head.post(address, {**words, "make": "pdf-a5"}).content)
    written = " ".join(page.get_textpage().get_text_range().split())
    assert "#panic() {unit}" in written
    assert "*Bước hai* {0.__class__}" in written
    assert doors[2].posters.get().short_code in written
    for wrong in ({"title": "x" * 81}, {"body": "\n".join("x" * 13)}, {"body": "x" * 1_601}):
        assert head.post(address, {**words, **wrong, "make": "pdf-a4"}).status_code == 422
    assert head.get(f"{HOME}materials/message/").status_code == 404


def test_a_round_is_previewed_looked_at_again_and_sent_within_limits(
    doors: list[Venue], head: Client, commune: Unit, clock: time_machine.Traveller
) -> None:
    opt_out(doors[3].owner_id or 0, wants_none=True)
    Identity.objects.filter(person=doors[4].owner_id).update(verified_at=None)
    page = text(head, SILENT)
    assert "đã từ chối nhận tin" in page
    assert "chưa xác nhận số điện thoại" in page
    assert head.post(SILENT).status_code == 302
    sending = Sending.objects.get()
    own = f"{HOME}sendings/{sending.pk}/"
    assert "Xem lại lần nữa trước khi gửi." in text(head, own)
    assert sending.messages.count() == 2
    assert head.post(SILENT).status_code == 200  # one round at a time
    assert carry_out_due(timezone.now()) == 0

    head.post(f"{own}confirm/")
    assert carry_out_due(timezone.now()) == 0  # still to be called off
    clock.shift(dt.timedelta(minutes=11))
    assert carry_out_due(timezone.now()) == 2
    assert carry_out_due(timezone.now()) == 0
    assert {phone for phone, _text in Recorder.sent} == {"+84905000001", "+84905000013"}
    first = next(words for phone, words in Recorder.sent if phone == "+84905000001")
    codes = [doors[number].posters.get().short_code for number in (0, 1)]
    assert f"2 địa điểm của bạn ({codes[0]}, {codes[1]})" in first
    assert "từ 11/11 đến 17/11" in first
    assert "Bẫy" not in first
    assert "HYPERLINK" not in first
    sending.refresh_from_db()
    assert sending.ended_at is not None
    assert "Đã xong" in text(head, f"{own}progress/")
    for change in (lambda: OwnerMessage.objects.all().delete(), lambda: OwnerMessage.objects.update(text="Khác")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    clock.shift(dt.timedelta(minutes=40))
    assert "đã nhận tin trong 7 ngày qua" in text(head, SILENT)
    head.post(SILENT)
    assert Sending.objects.count() == 1


def test_a_round_can_be_called_off_before_and_meanwhile(
    doors: list[Venue], head: Client, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setitem(LIMITS, "most_a_minute", 1)
    head.post(SILENT)
    sending = Sending.objects.get()
    own = f"{HOME}sendings/{sending.pk}/"
    head.post(f"{own}confirm/")
    clock.shift(dt.timedelta(minutes=11))
    assert carry_out_due(timezone.now()) == 1
    head.post(f"{own}call-off/")
    assert carry_out_due(timezone.now()) == 0
    assert sending.messages.filter(state="skipped", why="called_off").count() == 3
    assert "được quyết định hoặc đã kết thúc" in head.post(f"{own}confirm/", follow=True).content.decode()


def test_quiet_hours_the_units_day_and_a_gateway_that_fails(
    doors: list[Venue], head: Client, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setitem(LIMITS, "most_a_unit_a_day", 3)
    Identity.objects.filter(person=doors[3].owner_id).update(phone="+84905000019")
    clock.move_to(dt.datetime(2026, 11, 18, 19, 55, tzinfo=LOCAL))
    head.post(SILENT)
    sending = Sending.objects.get()
    head.post(f"{HOME}sendings/{sending.pk}/confirm/")
    sending.refresh_from_db()
    assert sending.goes_out_at == dt.datetime(2026, 11, 19, 7, tzinfo=LOCAL)
    assert carry_out_due(dt.datetime(2026, 11, 18, 23, tzinfo=LOCAL)) == 0
    clock.move_to(dt.datetime(2026, 11, 19, 7, 1, tzinfo=LOCAL))
    assert carry_out_due(timezone.now()) == 3
    assert carry_out_due(timezone.now()) == 0
    clock.move_to(dt.datetime(2026, 11, 20, 7, 1, tzinfo=LOCAL))
    assert carry_out_due(timezone.now()) == 1
    states = sorted(sending.messages.values_list("state", flat=True))
    assert states == ["failed", "sent", "sent", "sent"]


def test_nobody_is_told_on_days_that_were_not_counted(doors: list[Venue], head: Client) -> None:
    CountedDay.objects.filter(day=NOW.date() - dt.timedelta(days=3)).delete()
    assert "chưa biết địa điểm nào thật sự không có lượt quét" in text(head, SILENT)
    head.post(SILENT)
    assert not Sending.objects.exists()


def test_owners_say_no_and_see_what_they_were_sent(doors: list[Venue]) -> None:
    owner = doors[0].owner
    assert owner is not None
    client = client_of(owner)
    assert "Từ chối nhận tin" in text(client, "/owner/messages/")
    client.post("/owner/messages/", {"wanted": "no"})
    assert OptOut.objects.filter(person=owner).exists()
    client.post("/owner/messages/", {"wanted": "yes"})
    assert not OptOut.objects.exists()


def test_another_area_and_another_role_see_nothing(
    doors: list[Venue], head: Client, make_officer: MakeOfficer, other_commune: Unit, commune: Unit, signed_in: SignIn
) -> None:
    head.post(SILENT)
    sending = Sending.objects.get()
    stranger = signed_in(make_officer(Role.OFFICER, other_commune, "la"))
    own = f"{HOME}sendings/{sending.pk}/"
    for address in (own, f"{own}progress/", f"{HOME}?unit={commune.pk}", f"{SILENT}?unit={commune.pk}"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{own}confirm/").status_code == 404
    assert stranger.get(f"{HOME}venues/?q=quan").json() == []
    tracer: Officer = make_officer(Role.TRACER, commune)
    assert signed_in(tracer).get(HOME).status_code == 403
