"""South Australia: stickers over the posters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from dauchan.qr.base32 import ALPHABET
from dauchan.qr.short_code import read_short_code
from dauchan.venues.actions import code_of
from dauchan.venues.models import Poster
from tests.web.conftest import client_of

if TYPE_CHECKING:
    from dauchan.people.models import Person
    from dauchan.units.models import Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db


@pytest.fixture
def poster(make_venue: MakeVenue, commune: Unit) -> Poster:
    return make_venue(commune, "Chợ Thật").posters.get()


@given(place=st.integers(0, 30), letter=st.sampled_from(ALPHABET))
@effort(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_case_13_a_changed_letter_is_refused(poster: Poster, place: int, letter: str) -> None:
    code = code_of(poster)
    changed = code[:place] + letter + code[place + 1 :]
    answer = Client().get(f"/q/{changed}")
    assert answer.status_code == (200 if changed == code else 422)
    assert ("Chợ Thật" in answer.content.decode()) == (changed == code)


@pytest.mark.parametrize(
    "address",
    [
        "https://dauchan-hue.example/q/{}",
        "https://127.0.0.1.evil.example/q/{}",
        "https://127.0.0.1@evil.example/q/{}",
        "https://evil.example/127.0.0.1/q/{}",
        "http://１27.0.0.1/q/{}",
        "javascript:location='/q/{}'",
    ],
)
@pytest.mark.parametrize("kind", ["signed", "short"])
def test_case_13_a_look_alike_address_is_refused_even_with_a_genuine_code(
    poster: Poster, address: str, kind: str
) -> None:
    code = code_of(poster) if kind == "signed" else poster.short_code
    answer = Client().post("/visitor/venue", {"code": address.format(code)})
    assert answer.status_code == 422
    assert answer.json()["reason"] == "not_ours"
    assert "Chợ Thật" not in answer.content.decode()
    assert "Đừng mở" in answer.json()["title"]


def test_case_13_name_and_address_come_before_the_check_in(poster: Poster, owner: Person) -> None:
    client = client_of(owner)
    code = code_of(poster)
    found = client.post("/visitor/venue", {"code": f"{settings.BASE_URL}/Q/{code}"}).json()
    assert (found["name"], found["address"]) == ("Chợ Thật", "12 Lê Thử, Phường Thuận Thử")
    page = client.get(f"/q/{code}").content.decode()
    assert page.index("Chợ Thật") < page.index("12 Lê Thử, Phường Thuận Thử") < page.index("Ghi nhận lượt vào")
    assert "Không phải nơi này" in page
    assert client.get("/visitor/check-in/").status_code == 405


def test_case_13_the_readable_code_names_the_same_place(poster: Poster) -> None:
    assert read_short_code(poster.short_code) == poster.short_code
    short = Client().post("/visitor/venue", {"code": poster.short_code}).json()
    signed = Client().post("/visitor/venue", {"code": code_of(poster)}).json()
    assert short == signed
