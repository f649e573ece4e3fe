"""South Australia: stickers over the posters."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from dauchan.compliance.posters_out_of_place import (
    CLUSTER_METRES,
    PEOPLE,
    LocatedScan,
    OutOfPlace,
    cluster_of,
    metres,
    posters_out_of_place,
)
from dauchan.door.testing import uuid7
from dauchan.qr.base32 import ALPHABET
from dauchan.qr.short_code import read_short_code
from dauchan.units.models import Role
from dauchan.venues.actions import code_of
from dauchan.venues.models import Poster, Venue
from dauchan.visits.rules import METRES_A_DEGREE
from tests.web.conftest import client_of

if TYPE_CHECKING:
    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeOfficer, MakeVenue, SignIn

pytestmark = pytest.mark.django_db
SYSTEM = secrets.SystemRandom()


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


@pytest.fixture
def here_and_there(make_venue: MakeVenue, commune: Unit) -> tuple[Venue, Venue]:
    """Two places, two kilometres from each other."""
    return (
        make_venue(commune, "Chợ Thật", lat=16.46, lon=107.59),
        make_venue(commune, "Quán Bị Dán", lat=16.46 + 2000 / METRES_A_DEGREE, lon=107.59),
    )


SCAN = """
SELECT * FROM door_check_in(ARRAY[ROW(
    %(id)s, %(person)s, %(venue)s, %(at)s, %(at)s, %(at)s, 0, 1, 1, 2, 1, 0, 0, NULL, %(lat)s, %(lon)s, 15)::door_scan])
"""


def scan(poster_of: Venue, person: int, lat: float | None, lon: float | None, ago: int = 0) -> None:
    """A check-in as the door records it."""
    at = timezone.now() - dt.timedelta(minutes=ago)
    row: dict[str, Any] = {
        "id": uuid7(at),
        "person": 2**42 + person,
        "venue": poster_of.pk,
        "at": at,
        "lat": lat,
        "lon": lon,
    }
    with connection.cursor() as cursor:
        cursor.execute(SCAN, row)


def at_the_door_of(venue: Venue, metres: float = 10) -> tuple[float, float]:
    """Somewhere before that door, as a phone sees it."""
    assert venue.lat
    assert venue.lon
    off = metres / METRES_A_DEGREE
    return venue.lat + SYSTEM.uniform(-off, off), venue.lon + SYSTEM.uniform(-off, off)


def signs() -> list[OutOfPlace]:
    return posters_out_of_place(timezone.now() + dt.timedelta(seconds=1))


def test_case_13_another_venue_s_poster_is_flagged_within_twenty_scans(here_and_there: tuple[Venue, Venue]) -> None:
    market, pasted = here_and_there
    for person in range(60):
        scan(market, 100 + person, *at_the_door_of(market, 30), ago=200)  # the market's own visitors
    flagged_after = 0
    for person in range(20):
        scan(market, person, *at_the_door_of(pasted, 40), ago=20 - person)
        if signs():
            flagged_after = person + 1
            break
    assert 1 < flagged_after <= 20
    (sign,) = signs()
    assert (sign.venue, sign.beside, sign.poster_version) == (market, pasted, 1)
    assert abs(sign.metres - 2000) < 100


def test_case_13_the_responsible_officer_sees_the_sign(
    here_and_there: tuple[Venue, Venue],
    officer: Officer,
    signed_in: SignIn,
    other_commune: Unit,
    make_officer: MakeOfficer,
) -> None:
    market, pasted = here_and_there
    for person in range(PEOPLE):
        scan(market, person, *at_the_door_of(pasted))
    client = signed_in(officer)
    for page in ("/officer/indicators/", f"/officer/venues/{market.pk}/"):
        shown = client.get(page).content.decode()
        assert "Bảng mã nghi treo sai chỗ" in shown, page
        assert "Quán Bị Dán" in shown
    assert "Bảng mã nghi" not in client.get(f"/officer/venues/{pasted.pk}/").content.decode()
    elsewhere = signed_in(make_officer(Role.OFFICER, other_commune))
    assert "Bảng mã nghi" not in elsewhere.get("/officer/indicators/").content.decode()


def test_case_13_no_sign_without_several_people_at_one_other_place(here_and_there: tuple[Venue, Venue]) -> None:
    market, pasted = here_and_there
    for n in range(20):
        scan(market, 1, *at_the_door_of(pasted), ago=n)  # one person, again and again
        scan(market, 50 + n, *at_the_door_of(market, 400))  # honest visitors
        home = at_the_door_of(market, 20_000)
        scan(market, 100 + n, *home)  # a photograph of the poster, scanned in twenty homes
        scan(market, 150 + n, None, None)
    assert signs() == []


def test_case_13_an_old_cluster_is_over_when_people_scan_at_the_place_again(
    here_and_there: tuple[Venue, Venue],
) -> None:
    market, pasted = here_and_there
    for person in range(8):
        scan(market, person, *at_the_door_of(pasted), ago=120)
    assert signs()
    for person in range(20):
        scan(market, 100 + person, *at_the_door_of(market))
    assert signs() == []


@given(st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)), min_size=20, max_size=20), st.integers(0, 4))
@effort(max_examples=100, deadline=None)
def test_case_13_the_sign_is_never_of_fewer_people_than_it_says(
    spots: list[tuple[float, float]], together: int
) -> None:
    now = timezone.now()
    far = [LocatedScan(1, 1, n, now, 16.46 + lat, 107.59 + lon, is_remote=True) for n, (lat, lon) in enumerate(spots)]
    crowd = [LocatedScan(1, 1, 100 + n, now, 17.2, 107.59, is_remote=True) for n in range(together)]
    found = cluster_of(far + crowd)
    if found is None:
        return
    middle = far[0]._replace(lat=found.lat, lon=found.lon)
    near = {scan.person_id for scan in far + crowd if metres(scan, middle) <= 2 * CLUSTER_METRES}
    assert PEOPLE <= found.people <= len(near)
