"""MySejahtera: its open registration API was used to send one-time passwords to strangers."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client

from dauchan.people.errors import TooManyCodes
from dauchan.people.phone_codes import LIMITS, send_code
from tests.people.test_phone_codes import Recorder

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
RECORDER = "tests.people.test_phone_codes.Recorder"


@pytest.fixture(autouse=True)
def _recorded(settings: Settings) -> None:
    settings.SMS_GATEWAY = RECORDER
    Recorder.sent.clear()


def test_case_05_the_whole_installation_has_a_cap() -> None:
    totals = [limit for limit in LIMITS if not limit.field]
    assert any(limit.only_unused and limit.most <= 3_000 for limit in totals)
    assert any(not limit.only_unused for limit in totals)


def test_case_05_ten_thousand_strangers_from_rotating_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a smaller cap, for the sake of time: what matters is that addresses and phones nobody has seen do not help."""
    cap = 200
    smaller = tuple(limit if limit.field else replace(limit, most=cap) for limit in LIMITS)
    monkeypatch.setattr("dauchan.people.phone_codes.LIMITS", smaller)
    chance = random.Random(5)  # noqa: S311 - phones of a test
    refused = 0
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(10_000):
            address = ".".join(str(chance.randrange(1, 255)) for _ in range(4))
            try:
                send_code(f"+8490{chance.randrange(10**7):07d}", "sign-in", address)
            except TooManyCodes:
                refused += 1
            clock.shift(dt.timedelta(milliseconds=300))
    assert len(Recorder.sent) == cap
    assert refused == 10_000 - cap


def test_case_05_one_address_and_one_subnet_are_stopped_early() -> None:
    for number in range(150):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/visitor/sign-in/", {"phone": f"0905{number:06d}"})
    subnet = next(limit.most for limit in LIMITS if limit.field == "subnet_hash")
    assert len(Recorder.sent) == subnet


def test_case_05_nothing_that_somebody_typed_is_ever_sent() -> None:
    bait = "Mua ngay tại evil.example"
    client = Client()
    client.post(
        "/visitor/sign-in/?next=/" + bait, {"phone": "0905000021", "full_name": bait, "text": bait, "message": bait}
    )
    client.post("/visitor/sign-in/code/again/", {"text": bait})
    assert len(Recorder.sent) == 2
    for phone, text in Recorder.sent:
        assert phone == "+84905000021"
        words = [word for word in text.split() if not word.rstrip(",").isdigit()]
        assert " ".join(words) == "Dấu Chân: mã xác nhận của bạn là có hiệu lực phút. Không đưa mã này cho bất kỳ ai."


@pytest.mark.parametrize("number", ["19001075", "113", "02343822222", "+8841234", "84" * 20])
def test_case_05_numbers_that_are_no_mobile_phone_get_nothing(number: str) -> None:
    assert Client().post("/visitor/sign-in/", {"phone": number}).status_code == 422
    assert Recorder.sent == []
