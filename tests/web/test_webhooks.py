"""Others are told of what changed: what they may know, signed, again until they have it, and never of what was undone."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks.webhooks import Webhook as Receiver

from dauchan.compliance.models import CountedDay
from dauchan.exchange.programs import delivering
from dauchan.exchange.programs.delivering import PATIENCE, PAUSES, deliver
from dauchan.exchange.programs.errors import NotPublic
from dauchan.exchange.programs.jobs import KEPT, forget_before
from dauchan.exchange.programs.models import Attempt, Delivery, Event, Webhook
from dauchan.exchange.programs.posting import Outcome, post
from dauchan.exchange.programs.spreading import spread
from dauchan.exchange.programs.webhook_actions import enter_webhook, roll_secret, send_again, send_test
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, register_case
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.actions import close_venue
from dauchan.venues.holds import Grounds, hold_venues, release_venues
from tests.tracing.outbreak import make_disease, make_places
from tests.web.conftest import MakeVenue, appointed
from tests.web.open_programs import let_in

KINDS = ["venue.changed", "referral.changed", "signs.screened", "indicators.counted", "case.changed"]
TAKEN, BROKEN, GONE = Outcome(204, "", 3), Outcome(None, "unreachable", 3), Outcome(410, "", 3)

Post = Callable[[str, bytes, dict[str, str], object], Outcome]


@pytest.fixture
def monitor(province: Unit) -> Officer:
    return appointed(Role.MONITOR, province)


@pytest.fixture
def hears(monitor: Officer, province: Unit, settings: Settings) -> Webhook:
    settings.WEBHOOK_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    return enter_webhook(let_in(province, monitor), monitor, "http://127.0.0.1:9/heard", KINDS)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, dict[str, str]]]:
    """What would have been sent; `outcomes` says what came of it, then all is taken."""
    sent: list[tuple[bytes, dict[str, str]]] = []

    def keep(_url: str, body: bytes, headers: dict[str, str], _allowed: object) -> Outcome:
        sent.append((body, headers))
        return TAKEN

    monkeypatch.setattr(delivering, "post", keep)
    return sent


def answer_with(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> None:
    monkeypatch.setattr(delivering, "post", lambda *_said: outcome)


def told() -> list[tuple[str, object]]:
    return [(event.kind, event.told.get("status")) for event in Event.objects.exclude(kind="test").order_by("pk")]


def test_venues_are_told_of_as_they_stand_whatever_changed_them(
    hears: Webhook, commune: Unit, make_venue: MakeVenue
) -> None:
    make_venue(commune, "Nhà Kín", sensitive=True)
    venue = make_venue(commune)
    hold_venues([venue.pk], Grounds("test:1", "Thử", "1/QĐ"), timezone.now())
    release_venues("test:1", timezone.now())
    venue.refresh_from_db()
    venue.phone = "0234 000 000"  # of no concern to others
    venue.save()
    close_venue(venue)
    states = ["approved", "suspended", "approved", "closed"]
    assert told() == [("venue.changed", state) for state in states]
    assert Event.objects.earliest("pk").told == {"venue_id": venue.pk, "unit_id": commune.pk, "status": "approved"}


def test_what_was_undone_is_not_told_and_nobody_to_tell_means_nothing_kept(
    commune: Unit, make_venue: MakeVenue, hears: Webhook
) -> None:
    with transaction.atomic():
        make_venue(commune)
        transaction.set_rollback(True)
    assert told() == []
    Webhook.objects.update(ended_at=timezone.now())
    make_venue(commune)
    assert told() == []


def test_cases_are_told_of_by_code_and_days_once_they_are_over(hears: Webhook, commune: Unit) -> None:
    make_places(commune)
    tracer, today = appointed(Role.TRACER, commune), timezone.localdate()
    case = register_case(CaseReport(example_phone("A"), make_disease(), commune, today), tracer)
    over = timezone.localtime().replace(hour=0, minute=5) + dt.timedelta(days=1)
    counted = CountedDay.objects.create(day=today, seen="", home="", counted_at=timezone.localtime().replace(hour=0))
    for _time in range(2):
        counted.counted_at = over
        counted.save()
    events = [(event.kind, event.told) for event in Event.objects.exclude(kind="venue.changed").order_by("pk")]
    case_told = {"case_code": case.code, "unit_id": commune.pk, "status": "confirmed"}
    assert events == [("case.changed", case_told), ("indicators.counted", {"day": f"{today}"})]


def test_only_who_may_know_is_told(
    hears: Webhook,
    monitor: Officer,
    commune: Unit,
    other_commune: Unit,
    make_venue: MakeVenue,
) -> None:
    elsewhere = enter_webhook(let_in(other_commune, monitor), monitor, "http://127.0.0.1:9/", KINDS)
    without = enter_webhook(let_in(commune, monitor, ["units:read"]), monitor, "http://127.0.0.1:9/", KINDS)
    make_venue(commune)
    assert spread() == 1
    assert spread() == 0
    assert {delivery.webhook_id for delivery in Delivery.objects.all()} == {hears.pk}
    assert {elsewhere.pk, without.pk}.isdisjoint({hears.pk})


def test_what_is_sent_is_signed_names_no_person_and_is_sent_once(
    hears: Webhook, monitor: Officer, commune: Unit, make_venue: MakeVenue, posted: list[tuple[bytes, dict[str, str]]]
) -> None:
    venue = make_venue(commune)
    former, current = hears.secret, roll_secret(hears, monitor)
    spread()
    assert (deliver(5), deliver(5)) == (1, 0)
    ((body, headers),) = posted
    assert [Receiver(secret).verify(body, headers) for secret in (former, current)] == [json.loads(body)] * 2
    said = json.loads(body)
    assert (set(said), said["data"]["venue_id"]) == ({"type", "timestamp", "data"}, venue.pk)
    assert headers["webhook-id"] == str(Event.objects.get().event_id)
    assert Attempt.objects.get().status == 204
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=False):
        send_again(hears, monitor, Delivery.objects.all())
        deliver(5)
    assert len(posted[1][1]["webhook-signature"].split()) == 1
    assert posted[1][1]["webhook-id"] == headers["webhook-id"]


def test_it_is_tried_again_after_longer_and_longer_pauses_then_given_up_and_sent_again_by_hand(
    hears: Webhook, monitor: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, BROKEN)
    delivery = send_test(hears, monitor)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for pause in PAUSES:
            deliver(5)
            delivery.refresh_from_db()
            assert (delivery.state, delivery.due_at - timezone.now()) == ("waiting", pause)
            clock.shift(pause)
        deliver(5)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries, delivery.attempts.count()) == ("given_up", 12, 12)
        hears.refresh_from_db()
        assert hears.failing_since is not None
        answer_with(monkeypatch, TAKEN)
        assert send_again(hears, monitor, hears.deliveries.all()) == 1
        assert deliver(5) == 1
    hears.refresh_from_db()
    assert hears.failing_since is None


@pytest.mark.parametrize(("outcome", "failing"), [(GONE, dt.timedelta()), (BROKEN, PATIENCE)], ids=["gone", "silent"])
def test_an_address_that_takes_nothing_is_paused_and_told_in_the_log(
    hears: Webhook, monitor: Officer, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, failing: dt.timedelta
) -> None:
    answer_with(monkeypatch, outcome)
    Webhook.objects.update(failing_since=timezone.now() - failing)
    send_test(hears, monitor)
    send_test(hears, monitor)
    deliver(5)
    hears.refresh_from_db()
    assert (hears.paused_at is not None, hears.paused_by) == (True, None)
    assert AuditEntry.objects.filter(action="webhook.paused_itself").count() == 1
    deliver(5)
    assert Attempt.objects.count() == 1


def test_old_events_are_forgotten_but_not_those_that_wait(hears: Webhook, monitor: Officer) -> None:
    sent, waiting = send_test(hears, monitor), send_test(hears, monitor)
    Delivery.objects.filter(pk=sent.pk).update(state="delivered")
    assert forget_before(timezone.now() - KEPT) == 0
    assert forget_before(timezone.now() + dt.timedelta(seconds=1)) == 1
    assert list(Delivery.objects.all()) == [waiting]


class Hears(BaseHTTPRequestHandler):
    """Answers 200, and elsewhere leads back to itself."""

    heard: list[dict[str, str]]

    def do_POST(self) -> None:
        self.heard.append(dict(self.headers))
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[str]:
    Hears.heard = []
    with HTTPServer(("127.0.0.1", 0), Hears) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def test_it_goes_over_the_wire_and_is_led_nowhere_else(receiver: str) -> None:
    here = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]
    outcome = post(f"{receiver}/heard", b"{}", {"webhook-id": "e-1"}, here)
    assert (outcome.status, outcome.is_taken) == (200, True)
    assert (Hears.heard[0]["Host"], Hears.heard[0]["webhook-id"]) == (receiver.removeprefix("http://"), "e-1")
    assert post(f"{receiver}/elsewhere", b"{}", {}, here).status == 302
    assert len(Hears.heard) == 2
    assert post(f"{receiver}/", b"{}", {}, []).failure == "not_public"
    assert post("http://127.0.0.1:9/", b"{}", {}, here).failure == "unreachable"


def test_an_inner_address_is_refused_when_it_is_entered(province: Unit, monitor: Officer) -> None:
    with pytest.raises(NotPublic):
        enter_webhook(let_in(province, monitor), monitor, "https://127.0.0.1/", KINDS)
