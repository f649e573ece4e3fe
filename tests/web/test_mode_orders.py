"""Orders on the way of scanning, through HTTP: made after a look, listed, withdrawn; and what visitors and owners see."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from dauchan.people.models import Person
from dauchan.units.models import AuditEntry, Role, Unit
from dauchan.venues.models import Category, Mode, ModeOrder, Venue
from dauchan.venues.modes import NewOrder, make_order
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


@pytest.fixture
def leader(make_officer: MakeOfficer, signed_in: SignIn, province: Unit) -> Client:
    return signed_in(make_officer(Role.LEADER, province))


def written(category: Category, unit: Unit, **changes: object) -> dict[str, object]:
    today = timezone.localdate()
    said: dict[str, object] = {
        "document_number": "840/UBND-CN",
        "document_title": "Về việc quét mã QR tại chợ",
        "mode": "gate",
        "categories": [category.pk],
        "unit": unit.pk,
        "starts_on": today.isoformat(),
        "last_on": (today + dt.timedelta(days=30)).isoformat(),
    }
    return said | changes


def laid_down(client: Client, said: dict[str, object]) -> ModeOrder:
    shown = client.post("/officer/modes/new/", said).content.decode()
    mark = re.search(r'name="confirmed"\s+value="(\w+)"', shown)
    assert mark, shown
    client.post("/officer/modes/new/", {**said, "confirmed": mark.group(1)})
    return ModeOrder.objects.get()


def test_a_leader_sees_what_an_order_touches_and_then_makes_it(leader: Client, venue: Venue, province: Unit) -> None:
    said = written(venue.category, province)
    preview = leader.post("/officer/modes/new/", said)
    assert preview.status_code == 200
    assert "Địa điểm thuộc diện áp dụng" in preview.content.decode()
    assert not ModeOrder.objects.exists()
    order = laid_down(leader, said)
    assert order.last_on == timezone.localdate() + dt.timedelta(days=30)
    assert AuditEntry.objects.filter(action="mode_order.made", subject=f"mode_order:{order.pk}").exists()
    page = leader.get("/officer/modes/").content.decode()
    assert "840/UBND-CN" in page


def test_what_was_changed_below_a_preview_is_previewed_anew(leader: Client, venue: Venue, province: Unit) -> None:
    said = written(venue.category, province)
    mark = re.search(r'value="(\w{16})"', leader.post("/officer/modes/new/", said).content.decode())
    assert mark
    leader.post("/officer/modes/new/", {**said, "mode": "poster", "confirmed": mark.group(1)})
    assert not ModeOrder.objects.exists()


@pytest.mark.parametrize(
    "change", [{"starts_on": "2020-01-01"}, {"last_on": "2020-01-01"}, {"categories": []}, {"mode": "none"}]
)
def test_what_makes_no_sense_is_refused_with_what_was_written_kept(
    leader: Client, venue: Venue, province: Unit, change: dict[str, object]
) -> None:
    answer = leader.post("/officer/modes/new/", written(venue.category, province, **change))
    assert answer.status_code == 422
    assert "840/UBND-CN" in answer.content.decode()


def test_nobody_orders_outside_their_area(
    make_officer: MakeOfficer, signed_in: SignIn, venue: Venue, commune: Unit, province: Unit
) -> None:
    head = signed_in(make_officer(Role.HEAD, commune))
    assert head.post("/officer/modes/new/", written(venue.category, province)).status_code == 422
    assert laid_down(head, written(venue.category, commune)).issuer == commune


def test_a_head_reads_an_order_from_above_and_cannot_withdraw_it(
    make_officer: MakeOfficer, signed_in: SignIn, leader: Client, venue: Venue, commune: Unit, province: Unit
) -> None:
    order = laid_down(leader, written(venue.category, commune))
    head = signed_in(make_officer(Role.HEAD, commune))
    page = head.get(f"/officer/modes/{order.pk}/")
    assert page.status_code == 200
    assert "Thu hồi quy định này" not in page.content.decode()
    assert head.post(f"/officer/modes/{order.pk}/withdraw/").status_code == 403
    assert leader.post(f"/officer/modes/{order.pk}/withdraw/").status_code == 302
    order.refresh_from_db()
    assert order.withdrawn_at is not None
    assert "840/UBND-CN" in leader.get("/officer/modes/?period=past").content.decode()


def test_orders_elsewhere_do_not_exist(
    make_officer: MakeOfficer, signed_in: SignIn, leader: Client, venue: Venue, commune: Unit, other_commune: Unit
) -> None:
    order = laid_down(leader, written(venue.category, commune))
    head = signed_in(make_officer(Role.HEAD, other_commune))
    assert head.get(f"/officer/modes/{order.pk}/").status_code == 404
    assert "840/UBND-CN" not in head.get("/officer/modes/").content.decode()


def test_the_list_says_so_when_it_is_empty(leader: Client) -> None:
    for period in ("in-force", "coming", "past", "x"):
        assert leader.get(f"/officer/modes/?period={period}").status_code == 200
    assert "Chưa có văn bản nào đang áp dụng" in leader.get("/officer/modes/").content.decode()


@pytest.fixture
def gate_order(make_officer: MakeOfficer, venue: Venue, province: Unit) -> ModeOrder:
    new = NewOrder(province, [venue.category], Mode.GATE, timezone.localdate(), None, "840/UBND-CN", "Về quét mã")
    return make_order(new, make_officer(Role.LEADER, province))


def test_the_owner_sees_the_order_and_is_told_that_a_gate_is_missing(
    owner_client: Client, venue: Venue, gate_order: ModeOrder
) -> None:
    page = owner_client.get(f"/owner/{venue.pk}/").content.decode()
    assert "840/UBND-CN" in page
    assert "Cần có người kiểm soát và thiết bị ở cổng." in page
    now = timezone.now()
    venue.gate_devices.create(name="Cổng", token_hash=b"x", enrolled_at=now, seen_at=now)
    assert "Cần có người kiểm soát" not in owner_client.get(f"/owner/{venue.pk}/").content.decode()


def test_where_no_gate_is_asked_for_the_devices_page_says_so(owner_client: Client, venue: Venue) -> None:
    assert "không bắt buộc có thiết bị ở cổng" in owner_client.get(f"/owner/{venue.pk}/gates/").content.decode()


def test_a_visitor_at_a_gate_is_told_to_show_the_code_and_may_still_record(
    owner_client: Client, owner: Person, venue: Venue, gate_order: ModeOrder
) -> None:
    code = venue.posters.get().short_code
    page = owner_client.get(f"/q/{code}").content.decode()
    shown = re.findall(r'<(?:div|button)[^>]*data-when="(\S+?)"([^>]*)>', page)
    assert {name for name, rest in shown if "hidden" not in rest} == {"gate"}
    assert "/me/code/" in page
    assert owner_client.post("/visitor/venue", {"code": code}).json()["mode"] == "gate"
    kept = owner_client.post("/visitor/check-in/", {"code": code, "source": "link"}, follow=True)
    assert "Đã ghi nhận lượt vào" in kept.content.decode()
    assert owner_client.get("/me/diary.json").json()["visits"][0]["labels"] == ["beside_gate"]


def test_elsewhere_the_page_is_as_it_was(owner_client: Client, venue: Venue) -> None:
    page = owner_client.get(f"/q/{venue.posters.get().short_code}").content.decode()
    shown = re.findall(r'<(?:div|button)[^>]*data-when="(\S+?)"([^>]*)>', page)
    assert {name for name, rest in shown if "hidden" not in rest} == {"no-gate"}
