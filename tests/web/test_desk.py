"""Reports, requests for help and indicators, as people meet them in the browser."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import dauchan
from dauchan.helpdesk.knowledge.models import Article
from dauchan.helpdesk.knowledge.reference import load_knowledge
from dauchan.helpdesk.models import Ticket
from dauchan.units.models import AuditEntry, Unit
from dauchan.venues.models import GateDevice
from dauchan.web.desk.audit import ACTIONS
from dauchan.web.helpdesk.failed_scans import named_device
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn
from tests.web.reported import send_report


def test_a_request_for_help_keeps_what_was_typed_and_finds_its_answer(
    client: Client, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    wrong = {"topic": "no_message", "words": "Chờ mãi không thấy tin nhắn", "phone": "12"}
    refused = client.post(reverse("helpdesk:ask"), wrong)
    assert refused.status_code == 422
    assert "Chờ mãi không thấy tin nhắn" in refused.content.decode()
    assert client.post(reverse("helpdesk:ask"), wrong | {"phone": "0900 000 321"}).status_code == 302
    ticket = Ticket.objects.get()
    agent = signed_in(make_officer("agent", province))
    page = reverse("helpdesk:ticket", args=[ticket.pk])
    assert "0900 000 321" in agent.get(page).content.decode()
    assert AuditEntry.objects.filter(action="ticket.phone_seen", subject=f"ticket:{ticket.pk}").exists()
    said = {"revision": 0, "answer": "Hãy thử lại sau 5 phút, mạng đang chậm."}
    assert agent.post(reverse("helpdesk:step", args=[ticket.pk, "answer"]), said).status_code == 302
    followed = client.get(reverse("helpdesk:follow", args=[ticket.code])).content.decode()
    assert "Hãy thử lại sau 5 phút" in followed
    assert "0900" not in followed


def test_one_box_follows_both_kinds_of_code(client: Client, commune: Unit, make_venue: MakeVenue) -> None:
    report = send_report(client, make_venue(commune).pk)
    typed = report.code.lower().replace("-", " ")
    assert client.get(reverse("desk:follow"), {"code": typed}).headers["Location"].endswith(f"/reports/{report.code}/")
    assert client.get(reverse("desk:follow"), {"code": "không phải mã"}).status_code == 422


def test_indicators_drill_down_within_the_own_area_only(
    commune: Unit,
    other_commune: Unit,
    province: Unit,
    make_officer: MakeOfficer,
    make_venue: MakeVenue,
    signed_in: SignIn,
) -> None:
    make_venue(commune)
    leader, officer = signed_in(make_officer("leader", province)), signed_in(make_officer("officer", commune))
    page = leader.get(reverse("dashboards:units")).content.decode()
    assert "Phường Thuận Thử" in page
    assert "Xã Hương Thử" in page
    own = reverse("dashboards:units")
    assert officer.get(own, {"unit": commune.pk}).status_code == 200
    assert officer.get(own, {"unit": other_commune.pk}).status_code == 404
    assert officer.get(own, {"unit": "x", "day": "2999-01-01"}).status_code == 200


@pytest.mark.parametrize("name", ["reports:reports", "helpdesk:tickets", "dashboards:units"])
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert re.search(r"/login/", answer.headers["Location"])


def test_the_operator_reads_who_did_what_and_no_citizens_name(
    client: Client, commune: Unit, make_officer: MakeOfficer, make_venue: MakeVenue, signed_in: SignIn
) -> None:
    report = send_report(client, make_venue(commune).pk)
    own = signed_in(make_officer("officer", commune, "canbo.thu"))
    said = {"revision": 1, "outcome": "mended", "answer": "Đã yêu cầu dán lại bảng mã."}
    own.post(reverse("reports:step", args=[report.pk, "answer"]), said)
    operator = signed_in(make_officer("operator", commune))
    page = operator.get(reverse("desk:audit"), {"actor": "canbo.thu"}).content.decode()
    assert "Trả lời phản ánh" in page
    assert f"report:{report.pk}" in page
    assert "Duyệt địa điểm" not in page.partition("<tbody>")[2]
    assert own.get(reverse("desk:audit")).status_code == 403
    assert operator.get(reverse("desk:audit"), {"day": "x", "action": "x", "page": "9"}).status_code == 200


def test_every_action_in_the_code_has_a_name_in_the_log() -> None:
    package = Path(dauchan.__file__).parent
    used = {
        action
        for source in package.rglob("*.py")
        for action in re.findall(r'audit\.record\([^)]*?"([a-z_]+\.[a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    assert used <= set(ACTIONS)


def test_a_gate_asks_for_help_with_its_device_and_venue(client: Client, commune: Unit, make_venue: MakeVenue) -> None:
    now = timezone.now()
    venue = make_venue(commune)
    device = GateDevice.objects.create(venue=venue, name="Cổng 1", token_hash=b"x" * 32, enrolled_at=now, seen_at=now)
    said = {"topic": "gate", "words": "Máy không quét", "device": named_device(device)}
    assert client.post(reverse("helpdesk:ask"), said).status_code == 302
    client.post(reverse("helpdesk:ask"), said | {"device": f"{device.pk}:forged"})
    true, forged = Ticket.objects.order_by("pk")
    assert (true.device, true.venue, true.channel) == (device, venue, "gate")
    assert (forged.device, forged.venue, forged.channel) == (None, None, "page")


def test_a_failed_scan_brings_its_reason_and_place_along(client: Client, commune: Unit, make_venue: MakeVenue) -> None:
    load_knowledge()
    venue = make_venue(commune)
    code = venue.posters.get().short_code
    page = client.get(reverse("helpdesk:ask"), {"reason": "unreadable", "scanned": code}).content.decode()
    assert "Mã QR không đọc được" in page
    assert venue.name in page
    said = {"topic": "cannot_scan", "words": "Mờ quá", "reason": "unreadable", "scanned": code}
    client.post(reverse("helpdesk:ask"), said)
    ticket = Ticket.objects.get()
    assert (ticket.venue, ticket.scan_reason, ticket.channel) == (venue, "unreadable", "scan")
    assert ticket.article is not None
    client.post(reverse("helpdesk:ask"), said | {"reason": "<script>", "scanned": "001093029317|NGUYEN"})
    strange = Ticket.objects.latest("pk")
    assert (strange.venue, strange.scan_reason) == (None, "")


def test_an_agent_puts_a_sentence_and_an_article_into_an_answer_in_the_askers_language(
    client: Client, province: Unit, make_officer: MakeOfficer, signed_in: SignIn
) -> None:
    load_knowledge()
    client.post(reverse("helpdesk:ask"), {"topic": "other", "words": "lost phone"}, headers={"accept-language": "en"})
    ticket = Ticket.objects.get()
    agent = signed_in(make_officer("agent", province))
    step = reverse("helpdesk:step", args=[ticket.pk, "answer"])
    article = Article.objects.get(slug="mat-dien-thoai")
    page = agent.post(step, {"revision": 0, "answer": "Dear Sir,", "insert": f"article:{article.pk}"}).content.decode()
    assert "Dear Sir," in page
    assert "choose “My phones”" in page
    assert Ticket.objects.get().status == "open"
    head = signed_in(make_officer("head", province))
    assert head.get(reverse("helpdesk:tickets")).status_code == 403
    agent.post(step, {"revision": 0, "answer": "Choose “My phones”."})
    for waited, told in ((dt.timedelta(minutes=2), "phút"), (dt.timedelta(hours=3), "3,0 giờ")):
        answered = Ticket.objects.get().answered_at
        assert answered
        Ticket.objects.update(opened_at=answered - waited)
        figures = re.sub(r"<[^>]*>|\s+", " ", head.get(reverse("helpdesk:figures")).content.decode())
        assert told in " ".join(figures.split())
