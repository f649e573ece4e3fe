"""luca: the phone code was not bound to the phone, came from a weak generator, and was never checked at registration."""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from dauchan.people import phone_codes
from dauchan.people.errors import CodeNotAccepted
from dauchan.people.models import Person
from dauchan.people.phone_codes import MAX_TRIES, send_code

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

PHONE, OTHER_PHONE = "0905000011", "0905000012"
SIGN_IN, CODE, CONSENT = "/visitor/sign-in/", "/visitor/sign-in/code/", "/visitor/sign-in/consent/"


def asked_for(phone: str) -> tuple[Client, str]:
    """A browser that has asked for a code, and the code."""
    client = Client()
    client.post(SIGN_IN, {"phone": phone})
    found = re.search(r'<strong class="mono">(\d{6})</strong>', client.get(CODE).content.decode())
    assert found is not None
    return client, found[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def said(answer: Answer) -> tuple[int, str]:
    """The whole answer but for what differs by nature: the forgery token, the number, what was typed and what is shown."""
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|0905 000 01\d|\d{6}',
        "",
        answer.content.decode(),
    )
    return answer.status_code, page


def test_case_04_every_way_of_being_wrong_looks_the_same() -> None:
    assert MAX_TRIES <= 5
    client, code = asked_for(PHONE)
    _, other_code = asked_for(OTHER_PHONE)
    refusals = [said(client.post(CODE, {"code": wrong(code)}))]
    refusals.append(said(client.post(CODE, {"code": other_code if other_code != code else wrong(code)})))
    while len(refusals) < MAX_TRIES:
        refusals.append(said(client.post(CODE, {"code": wrong(code)})))
    refusals.append(said(client.post(CODE, {"code": code})))  # the sixth guess is right, and too late
    assert refusals[0][0] == 422
    assert len(set(refusals)) == 1
    assert client.get("/me/").status_code == 302
    assert Person.objects.count() == 0


def test_case_04_a_replayed_code_is_refused() -> None:
    client, code = asked_for(PHONE)
    assert client.post(CODE, {"code": code}).headers["Location"] == CONSENT
    thief, _ = asked_for(PHONE)
    assert thief.post(CODE, {"code": code}).status_code in {422, 302}
    second, later = asked_for("0905000013")
    assert second.post(CODE, {"code": later}).headers["Location"] == CONSENT
    replay = Client()
    replay.cookies = second.cookies
    with pytest.raises(CodeNotAccepted):
        phone_codes.accept_code("+84905000013", "sign-in", later)


def test_case_04_nobody_is_registered_without_a_code() -> None:
    client, _ = asked_for(PHONE)
    for address in (CONSENT, "/me/", "/me/account/", "/visitor/check-in/finish/"):
        client.post(address, {"full_name": "Lê Thị Thử", "consent": "on"})
    assert client.post(CODE, {}).status_code == 422
    assert Person.objects.count() == 0


def test_case_04_codes_come_from_the_system_s_generator() -> None:
    source = inspect.getsource(phone_codes)
    names = {
        node.name for found in ast.walk(ast.parse(source)) if isinstance(found, ast.Import) for node in found.names
    }
    assert "secrets" in names
    assert "random" not in names
    codes = {send_code(f"+8490511{number:04d}", "sign-in", f"10.{number}.0.1").shown_code for number in range(60)}
    assert len(codes) > 55
