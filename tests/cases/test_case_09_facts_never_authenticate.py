"""Indonesia: the president's certificate was fetched with his name and national id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import make_person

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, NAME = "0905000031", "0905000032", "Lê Văn Thử"
SIGN_IN, CODE = "/visitor/sign-in/", "/visitor/sign-in/code/"


@pytest.fixture(autouse=True)
def _somebody_known() -> None:
    make_person("+84905000031", NAME)


def walk(phone: str) -> list[tuple[int, str, list[str]]]:
    """Asks for a code and guesses three times: status and body of each answer, and the shape of what it cost."""
    client = Client()
    return [
        measured(client, SIGN_IN, {"phone": phone}),
        *(measured(client, CODE, {"code": "123456", "full_name": NAME, "phone": phone}) for _ in range(3)),
    ]


def measured(client: Client, path: str, form: dict[str, str]) -> tuple[int, str, list[str]]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(path, form)
    return answer.status_code, said(answer), [shape(query["sql"]) for query in queries]


def shape(sql: str) -> str:
    """A query without its values: the same statements take the same time."""
    return re.sub(r"'(?:[^']|'')*'|\"s\d+_x\d+\"|\b\d+\b", "?", sql)


def said(answer: Answer) -> str:
    page = answer.content.decode() + answer.headers.get("Location", "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|0905 000 03\d|\b\d{6}\b', "", page)


def test_case_09_a_known_number_is_answered_like_an_unknown_one() -> None:
    known, unknown = walk(KNOWN), walk(UNKNOWN)
    for (status, body, cost), (other_status, other_body, other_cost) in zip(known, unknown, strict=True):
        assert status == other_status
        assert body == other_body
        assert cost == other_cost


def test_case_09_all_the_right_facts_open_nothing() -> None:
    client = Client()
    facts = {
        "phone": KNOWN,
        "full_name": NAME,
        "code": "",
        "consent": "on",
        "id_number": "046090012345",
        "born_on": "1990-09-02",
    }
    for path in (SIGN_IN, CODE, "/visitor/sign-in/consent/", "/me/account/", "/visitor/token"):
        client.post(path, facts)
        client.get(path, facts)
        client.get("/me/", facts)
    assert client.get("/me/").status_code == 302
    assert client.get("/visitor/token").status_code == 401
    assert NAME not in client.get("/me/account/", follow=True).content.decode()
