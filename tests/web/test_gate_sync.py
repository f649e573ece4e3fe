"""What a gate's page learns by syncing, and the renewal of its token."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dauchan.people.cards import issue_card, revoke_card
from dauchan.people.holders import Holder
from dauchan.qr import make_card_code, make_personal_code, read_card_code
from dauchan.qr.gate_queue import QueueKey, QueueOpener, QueueSealer
from dauchan.qr.gate_ticket import read_gate_ticket
from dauchan.units.models import Officer, Unit
from dauchan.venues.gates import revoke_device
from dauchan.venues.models import GateDevice, Venue
from dauchan.visits.models import ScanAttempt
from dauchan.visits.registry import AttemptReason
from tests.web.conftest import MakeVenue
from tests.web.test_gate import enrolled, new_id, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


@pytest.fixture
def gate(venue: Venue, owner_client: Client) -> Client:
    return enrolled(venue, owner_client)


def sync(gate: Client, **asked: str | int) -> dict[str, Any]:
    answer = gate.get("/gate/sync/", asked)
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_all_a_gate_needs_to_work_without_a_network(gate: Client, venue: Venue) -> None:
    said = sync(gate)
    device = GateDevice.objects.get()
    ticket = read_gate_ticket(said["ticket"], settings.PERSON_TOKEN_KEYS, said["now"] // 1000)
    assert (ticket.device_id, ticket.venue_id, said["ticket_seconds"]) == (device.pk, venue.pk, 600)
    assert said["device"] == {"name": "Cổng trước", "revoked": False}
    assert said["venue"]["name"] == venue.name
    assert set(said["venue"]) == {"name", "status", "capacity", "mode", "hours"}
    key = QueueKey(said["queue_key"]["version"], raw(said["queue_key"]["public"]))
    scan_id = UUID(new_id())
    sealed = QueueSealer(key).seal("phone:+84905111222", scan_id)
    assert QueueOpener(settings.GATE_QUEUE_KEYS).open(sealed, scan_id) == "phone:+84905111222"
    public = {int(version): raw(text) for version, text in said["card_keys"].items()}
    assert read_card_code(make_card_code(5, settings.CARD_KEYS), public) == 5
    assert said["today"] == {"entries": 0, "exits": 0, "refused": {}}
    assert said["patience"]["undo_seconds"] == 600
    assert not {"phone", "owner", "address"} & set(json.dumps(said).split('"'))


def test_revoked_cards_come_as_news(gate: Client, commune: Unit, officer: Officer) -> None:
    whole = sync(gate)
    assert (whole["revoked_cards"], whole["is_whole"]) == ([], True)
    cards = [issue_card(commune, officer, Holder(full_name=f"Người {n}", birth_year=1950)) for n in range(2)]
    revoke_card(cards[0], officer, "lost")
    first = sync(gate, cursor=whole["cursor"])
    assert first["revoked_cards"] == [str(cards[0].pk)]
    revoke_card(cards[1], officer, "lost")
    second = sync(gate, cursor=first["cursor"])
    assert (second["revoked_cards"], second["is_whole"]) == ([str(cards[1].pk)], False)
    assert sync(gate, cursor=second["cursor"])["revoked_cards"] == []
    assert len(sync(gate, cursor="what?")["revoked_cards"]) == 2


def test_a_revoked_device_gets_a_ticket_and_nothing_else(gate: Client) -> None:
    revoke_device(GateDevice.objects.get(), timezone.now())
    said = sync(gate)
    assert set(said) == {"ticket", "ticket_seconds", "now", "device"}
    assert said["device"]["revoked"] is True
    assert Client().get("/gate/sync/").status_code == 401


def test_the_owner_sees_what_the_device_told(gate: Client, venue: Venue, owner_client: Client) -> None:
    sync(gate, waiting=37)
    page = owner_client.get(f"/owner/{venue.pk}/gates/").content.decode()
    assert ">37<" in page
    assert sync(gate, waiting="-5; DROP TABLE")
    assert GateDevice.objects.get().waiting_scans == 0


def test_a_token_renews_itself_and_the_old_one_works_until_the_new_one_came_back(gate: Client) -> None:
    old = gate.cookies["dauchan_gate"].value
    assert "dauchan_gate" not in gate.get("/gate/sync/").cookies
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)) as clock:
        lost = Client()
        lost.cookies["dauchan_gate"] = old
        assert "dauchan_gate" in lost.get("/gate/sync/").cookies
        again = Client()
        again.cookies["dauchan_gate"] = old
        assert "dauchan_gate" not in again.get("/gate/sync/").cookies, "two pages at once do not lock each other out"
        clock.shift(dt.timedelta(days=2))
        answer = again.get("/gate/sync/")
        new = answer.cookies["dauchan_gate"].value
        assert new not in {old, lost.cookies["dauchan_gate"].value}
        first = Client()
        first.cookies["dauchan_gate"] = old
        assert first.get("/gate/").status_code == 200
        assert again.get("/gate/").status_code == 200
        assert first.get("/gate/").status_code == 302, "the new token is in use: the old one is over"
        assert GateDevice.objects.get().keyed_at is not None


def test_a_shift_counts_entries_exits_and_refusals(
    gate: Client, venue: Venue, owner_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    back = enrolled(venue, owner_client)
    scan(gate, "0905111222")
    scan(gate, "0905111223")
    scan(back, "0905111222", "out")
    scan(back, "0905111299", "out")
    scan(back, "gì đây")
    own, other = sync(gate), sync(back)
    assert (own["entries"], own["exits"], own["refused"]) == (2, 0, {})
    assert (other["entries"], other["exits"], other["refused"]) == (0, 1, {"not_inside": 1, "foreign": 1})
    assert own["today"] == other["today"] == {"entries": 2, "exits": 1, "refused": {"not_inside": 1, "foreign": 1}}
    assert own["inside"] == 1
    page = owner_client.get(f"/owner/{venue.pk}/gates/").content.decode()
    assert "Quét ra khi chưa có lượt vào: 1" in page
    with django_assert_num_queries(10):
        gate.get("/gate/sync/")


def test_an_old_personal_code_stays_as_a_scan_attempt(gate: Client) -> None:
    code = make_personal_code(5, int(timezone.now().timestamp()) - 300, settings.CARD_KEYS)
    assert scan(gate, code)["reason"] == "expired"
    assert [attempt.reason for attempt in ScanAttempt.objects.all()] == [AttemptReason.EXPIRED]
