"""The simulated telephone: in demonstrations only, and through the very interface of a gateway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from django.test import Client
from pytest_django import Settings

from dauchan.units.models import Unit
from dauchan.venues.line_codes import line_code_of
from dauchan.visits.models import CheckIn, Visit
from dauchan.visits.registry import Source
from dauchan.web.phone_line import simulator
from dauchan.web.phone_line.simulator import NUMBERS
from tests.phone_line.conftest import posted
from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db
PAGE = "/phone-line/simulator/"


@pytest.fixture
def demonstration(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration whose console is this process, reached by HTTP."""

    def handled(request: httpx.Request) -> httpx.Response:
        answer = posted(request.url.path, request.content, **request.headers)
        return httpx.Response(answer.status_code, content=answer.content)

    @contextmanager
    def console() -> Iterator[tuple[httpx.Client, str]]:
        with httpx.Client(transport=httpx.MockTransport(handled)) as client:
            yield client, "http://127.0.0.1"

    settings.DEMONSTRATION = True
    monkeypatch.setattr(simulator, "_console", console)


def sent(client: Client, **said: str) -> str:
    return client.post(PAGE, {"sender": NUMBERS[1], **said}, follow=True).content.decode()


def test_texts_and_keys_are_answered_as_a_conversation(
    demonstration: None, make_venue: MakeVenue, commune: Unit
) -> None:
    venue, client = make_venue(commune), Client()
    line_code = line_code_of(venue.pk)
    page = client.get(PAGE).content.decode()
    assert venue.posters.get().short_code in page
    assert line_code in page
    assert "Đã ghi lượt vào Chợ Thử" in sent(client, text=f"vao {line_code}", write="")
    assert "Đã ghi giờ ra Chợ Thử" in sent(client, text="RA", write="")
    assert "Bấm mã của địa điểm" in sent(client, keys="", call="")
    page = sent(client, keys=f"{line_code.replace(' ', '')}#", call="")
    assert page.count('class="bubble mine"') == 4
    assert set(CheckIn.objects.values_list("source", flat=True)) == {Source.TEXT, Source.CALL}
    assert Visit.objects.exclude(left_at=None).count() == 1


def test_what_cannot_be_sent_is_said(demonstration: None, settings: Settings) -> None:
    client = Client()
    assert client.post(PAGE, {"sender": NUMBERS[1], "keys": "12a", "call": ""}).status_code == 422
    assert client.post(PAGE, {"sender": "+84905000001", "text": "RA", "write": ""}).status_code == 422
    assert client.post(PAGE, {"sender": NUMBERS[1], "text": "", "write": ""}).status_code == 422
    settings.PHONE_LINE_SECRETS = {1: b"another one"}  # as it signs so is it checked
    assert "Chưa rõ" in sent(client, text="?", write="")


def test_a_gateway_that_is_down_is_said(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    settings.BASE_URL = "http://127.0.0.1:9"
    settings.CONSOLE_SOCKET = "/nowhere"
    assert "Tổng đài không trả lời." in sent(Client(), text="RA", write="")


def test_the_home_page_of_a_demonstration_leads_there(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    assert PAGE in Client().get("/").content.decode()


@pytest.mark.parametrize("line", ["1900 1075", ""])
def test_nowhere_else_does_it_exist(settings: Settings, line: str) -> None:
    settings.DEMONSTRATION = not line
    settings.PHONE_LINE = line
    client = Client()
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"sender": NUMBERS[1], "text": "RA"}).status_code == 404
    assert PAGE not in client.get("/").content.decode()
