"""luca key fobs: a photo of the fob's static QR gave 30 days of its owner's visits."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from dauchan.people.cards import issue_card, replace_card
from dauchan.people.holders import Holder
from dauchan.qr import make_card_code, make_person_token, make_personal_code
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.registry import Source
from dauchan.web.visitor.check_in import new_id
from tests.web.conftest import client_of, make_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dauchan.door.running import RunningDoor
    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db

NAME = "Nơi Chỉ Một Người Biết"
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")


@pytest.fixture
def visitor(make_venue: MakeVenue, commune: Unit) -> Person:
    """Somebody who was an hour ago at a place that no public page names."""
    person = make_person("+84905000009", "Lê Thị Thử")
    venue = make_venue(commune, NAME, sensitive=True)
    entered_at = timezone.now() - dt.timedelta(hours=1)
    assert record_check_in(PageScan(new_id(), person.pk, venue.pk, 1, entered_at, Source.POSTER)) is None
    return person


def routes(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every address of the console, its parameters still in brackets."""
    for found in resolver.url_patterns:
        path = prefix + re.sub(
            r"[\^$?\\]|\(\?P<(\w+)>[^)]*\)", lambda match: f"<{match[1]}>" if match[1] else "", str(found.pattern)
        )
        if isinstance(found, URLPattern):
            yield path
        else:
            yield from routes(found, path)


def payloads(person: Person) -> list[str]:
    """All that a photo of somebody's card, code or phone could give away."""
    now = int(timezone.now().timestamp())
    return [
        make_card_code(person.pk, settings.CARD_KEYS),
        make_personal_code(person.pk, now, settings.CARD_KEYS),
        make_person_token(person.pk, now + 3600, settings.PERSON_TOKEN_KEYS),
    ]


def test_case_02_the_signed_in_person_sees_the_visit(visitor: Person) -> None:
    assert NAME in client_of(visitor).get("/me/").content.decode()


@pytest.mark.parametrize("which", [0, 1, 2], ids=["card", "personal code", "bearer token"])
def test_case_02_no_address_gives_a_visit_for_a_payload(visitor: Person, which: int) -> None:
    assert_no_route_tells(payloads(visitor)[which], [str(visitor.pk)])


def test_case_02_an_issued_card_opens_no_route(make_venue: MakeVenue, commune: Unit, officer: Officer) -> None:
    """With the whole card in hand, its printed number and its relative's telephone too, and once it is replaced."""
    holder = Holder("Lê Thị Giữ Thẻ", 1950, "+84905000019")
    card = issue_card(commune, officer, holder)
    venue = make_venue(commune, NAME, sensitive=True)
    entered_at = timezone.now() - dt.timedelta(hours=1)
    assert record_check_in(PageScan(new_id(), card.person_id, venue.pk, 1, entered_at, Source.GATE)) is None
    replace_card(card, officer, "lost")
    payload = make_card_code(card.pk, settings.CARD_KEYS)
    assert_no_route_tells(payload, [str(card.pk), str(card.person_id), card.serial, "0905000019"], ["Giữ Thẻ"])


def test_case_02_the_number_on_a_card_belongs_to_somebody_else(commune: Unit, officer: Officer) -> None:
    """Whoever signs in with the telephone number that was written on a card is not the card's holder."""
    card = issue_card(commune, officer, Holder("Lê Thị Giữ Thẻ", 1950, "+84905000019"))
    relative = make_person("+84905000019", "Người Thân")
    assert relative.pk != card.person_id
    assert relative.identity.full_name == "Người Thân"


def assert_no_route_tells(payload: str, numbers: list[str], secrets: Sequence[str] = ()) -> None:
    addresses = {_PARAMETER.sub(value, route) for route in routes(get_resolver()) for value in (payload, *numbers)}
    assert {"/me/", "/officer/cards/"} <= addresses
    client = client_with(payload)
    for address in sorted(addresses):
        for answer in (
            client.get(address, {"code": payload, "token": payload}),
            client.post(address, {"code": payload, "text": payload, "q": numbers[-1]}),
        ):
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            said = body.decode(errors="replace")
            assert not [secret for secret in (NAME, *secrets) if secret in said], address


def client_with(payload: str) -> Client:
    """A client that shows the payload wherever a server might look for one."""
    client = Client(headers={"Authorization": f"Bearer {payload}"}, raise_request_exception=False)
    for name in (settings.SESSION_COOKIE_NAME, "token", "person_id"):
        client.cookies[name] = payload
    return client


def test_case_02_the_door_takes_the_token_and_tells_nothing(door: RunningDoor) -> None:
    paths = door.client.get("/api/v1/openapi.json").json()["paths"]
    readable = {path for path, methods in paths.items() if "get" in methods}
    assert not {path for path in readable if "check" in path or "scan" in path}
    for path in paths:
        answer = door.client.get(path, headers=door.person(door.someone))
        assert str(door.someone) not in answer.text
        assert 'entered_at":"' not in answer.text
