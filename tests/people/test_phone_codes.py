"""One-time codes: who gets one, how often, and what is accepted."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection

from dauchan.people import sms
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.people.models import PhoneCode
from dauchan.people.phone_codes import LIFE, MAX_TRIES, accept_code, forget_codes, send_code

if TYPE_CHECKING:
    from pytest_django import Settings

PHONE = "+84905000001"
OTHER_PHONE = "+84905000002"
ADDRESS = "203.0.113.7"
NOON = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)


def code_for(phone: str = PHONE, purpose: str = "sign-in", address: str = ADDRESS) -> str:
    shown = send_code(phone, purpose, address).shown_code
    assert shown is not None
    return shown


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.django_db
def test_the_code_is_accepted_once() -> None:
    code = code_for()
    accept_code(PHONE, "sign-in", code)
    with pytest.raises(CodeNotAccepted):
        accept_code(PHONE, "sign-in", code)


@pytest.mark.django_db
def test_a_code_belongs_to_its_phone_and_its_purpose() -> None:
    code = code_for()
    for phone, purpose in [(OTHER_PHONE, "sign-in"), (PHONE, "erasure")]:
        with pytest.raises(CodeNotAccepted):
            accept_code(phone, purpose, code)
    accept_code(PHONE, "sign-in", code)


@pytest.mark.django_db
def test_after_five_wrong_guesses_the_right_code_is_refused() -> None:
    code = code_for()
    for _ in range(MAX_TRIES):
        with pytest.raises(CodeNotAccepted):
            accept_code(PHONE, "sign-in", wrong(code))
    with pytest.raises(CodeNotAccepted):
        accept_code(PHONE, "sign-in", code)


@pytest.mark.django_db
def test_a_code_lives_five_minutes() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        code = code_for()
        clock.shift(LIFE)
        with pytest.raises(CodeNotAccepted):
            accept_code(PHONE, "sign-in", code)


@pytest.mark.django_db
def test_a_new_code_ends_the_one_before() -> None:
    first = code_for()
    second = code_for()
    if first != second:
        with pytest.raises(CodeNotAccepted):
            accept_code(PHONE, "sign-in", first)
    accept_code(PHONE, "sign-in", second)


@pytest.mark.django_db
def test_a_phone_gets_five_codes_an_hour() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(5):
            code_for(address=f"203.0.{number}.1")
        with pytest.raises(TooManyCodes) as refused:
            code_for(address="198.51.100.1")
        assert refused.value.retry_after > 0
        clock.shift(dt.timedelta(hours=1))
        code_for()


@pytest.mark.django_db
def test_a_market_behind_one_address_may_sign_up_together() -> None:
    for number in range(60):
        phone = f"+8490510{number:04d}"
        accept_code(phone, "sign-in", code_for(phone))
    assert PhoneCode.objects.filter(used_at=None).count() == 0


@pytest.mark.django_db
def test_codes_that_nobody_types_in_are_limited_by_address_and_subnet() -> None:
    for number in range(30):
        code_for(f"+8490520{number:04d}")
    with pytest.raises(TooManyCodes):
        code_for("+84905300000")
    for number in range(90):
        code_for(f"+8490540{number:04d}", address=f"203.0.113.{number + 10}")
    with pytest.raises(TooManyCodes):
        code_for("+84905410000", address="203.0.113.250")


@pytest.mark.django_db
def test_ipv6_addresses_of_one_subscriber_are_one_subnet() -> None:
    for number in range(120):
        code_for(f"+8490550{number:04d}", address=f"2001:db8:1:{number:x}::1")
    with pytest.raises(TooManyCodes):
        code_for("+84905600000", address="2001:db8:1:ffff::1")


@pytest.mark.django_db
def test_nothing_in_a_row_tells_phone_address_or_code() -> None:
    code = code_for()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM people_phonecode AS c")
        kept = cursor.fetchone()[0]
    for secret in (PHONE, PHONE[1:], "0905000001", ADDRESS, code):
        assert secret not in kept.replace(str(PhoneCode.objects.get().pk), "")


@pytest.mark.django_db
def test_rows_are_forgotten_after_a_day() -> None:
    with time_machine.travel(NOON, tick=False):
        code_for()
    assert forget_codes(NOON + dt.timedelta(hours=23)) == 0
    assert forget_codes(NOON + dt.timedelta(hours=25)) == 1


@pytest.mark.django_db
def test_the_message_is_one_template_with_the_code_in_it(settings: Settings) -> None:
    settings.SMS_GATEWAY = f"{__name__}.Recorder"
    Recorder.sent.clear()
    assert send_code(PHONE, "sign-in", ADDRESS).shown_code is None
    ((phone, text),) = Recorder.sent
    code = next(word for word in text.replace(",", " ").split() if word.isdigit() and len(word) == 6)
    assert phone == PHONE
    assert text == sms.message_with(code)
    accept_code(PHONE, "sign-in", code)


class Recorder:
    """A gateway that only remembers."""

    shows_on_screen = False
    sent: list[tuple[str, str]] = []

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_do_not_pass_the_limit() -> None:
    outcomes: list[bool] = []

    def ask() -> None:
        try:
            send_code(PHONE, "sign-in", ADDRESS)
            outcomes.append(True)
        except TooManyCodes:
            outcomes.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True] * 5


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_share_five_tries() -> None:
    code = code_for()
    refused: list[bool] = []

    def guess() -> None:
        with pytest.raises(CodeNotAccepted):
            accept_code(PHONE, "sign-in", wrong(code))
        refused.append(True)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 10
    assert PhoneCode.objects.get().tries == MAX_TRIES
    with pytest.raises(CodeNotAccepted):
        accept_code(PHONE, "sign-in", code)
