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

from dauchan.qr import make_card_code, make_person_token, make_personal_code
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.registry import Source
from dauchan.web.visitor.check_in import new_id
from tests.web.conftest import client_of, make_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.door.running import RunningDoor
    from dauchan.people.models import Person
    from dauchan.units.models import Unit
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
    keys = settings.PERSON_TOKEN_KEYS
    return [
        make_card_code(person.pk, keys),
        make_personal_code(person.pk, now, keys),
        make_person_token(person.pk, now + 3600, keys),
    ]


def test_case_02_the_signed_in_person_sees_the_visit(visitor: Person) -> None:
    assert NAME in client_of(visitor).get("/me/").content.decode()


@pytest.mark.parametrize("which", [0, 1, 2], ids=["card", "personal code", "bearer token"])
def test_case_02_no_address_gives_a_visit_for_a_payload(visitor: Person, which: int) -> None:
    payload = payloads(visitor)[which]
    addresses = {
        _PARAMETER.sub(value, route) for route in routes(get_resolver()) for value in (payload, str(visitor.pk))
    }
    assert "/me/" in addresses
    client = client_with(payload)
    for address in sorted(addresses):
        for answer in (
            client.get(address, {"code": payload, "token": payload}),
            client.post(address, {"code": payload}),
        ):
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert NAME not in body.decode(errors="replace"), address


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
