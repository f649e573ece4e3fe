"""An installation with a telephone line, and a gateway that posts to it."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from dauchan.web.phone_line.signatures import signed_headers
from tests.web.conftest import category, commune, make_officer, make_venue, owner, province

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

__all__ = ["category", "commune", "make_officer", "make_venue", "owner", "province"]

SECRET, NEXT_SECRET = b"a secret of thirty-two bytes, 1.", b"a secret of thirty-two bytes, 2."
IDS = count(1)


@pytest.fixture(autouse=True)
def _line(settings: Settings, db: None) -> None:
    from django.core.cache import cache

    settings.PHONE_LINE = "1900 1075"
    settings.PHONE_LINE_SECRETS = {1: SECRET, 2: NEXT_SECRET}
    cache.clear()


def posted(path: str, body: bytes, **headers: str) -> Answer:
    """The answer to a request as it is, with these headers and no others."""
    return Client().post(path, body, content_type="application/json", headers=headers)


def signed(path: str, said: dict[str, Any], secret: bytes = SECRET) -> Answer:
    body = json.dumps(said).encode()
    return posted(path, body, **signed_headers(body, secret, int(timezone.now().timestamp())))


def text(words: str, sender: str = "0905123456", **more: object) -> dict[str, Any]:
    """What comes back for a text message."""
    answer = signed("/api/v1/phone-line/messages", message(sender, text=words, **more))
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def call(keys: str, sender: str = "0905123456", **more: object) -> dict[str, Any]:
    answer = signed("/api/v1/phone-line/calls", message(sender, keys=keys, **more))
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def message(sender: str, **said: object) -> dict[str, Any]:
    now = timezone.now().isoformat()
    return {"message_id": f"m{next(IDS)}", "from": sender, "received_at": now, **said}
