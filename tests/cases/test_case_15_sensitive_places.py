"""NSW published 566,318 venue addresses, shelters and defence sites among them."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from dauchan.venues.actions import code_of
from dauchan.venues.models import Category, Venue, VenuePicture
from dauchan.web.public.page import DoorFace, PublicFace, door_face, public_face
from tests.web.conftest import client_of
from tests.web.notice_world import crowd, make_team, published, yesterday

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from dauchan.people.models import Person
    from dauchan.units.models import Unit
    from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db

NAME, STREET = "Nhà Tạm Lánh Thử", "7 Ngõ Kín"
SECRETS = (NAME, STREET, "Ngõ Kín", "0905 000 041", "84905000041", "chỗ ở an toàn", "16.4637", "107.5909")


@pytest.fixture(params=["venue", "category"])
def hidden(request: pytest.FixtureRequest, make_venue: MakeVenue, commune: Unit, category: Category) -> Venue:
    """An approved venue that is sensitive by itself, or by its kind."""
    kind = category
    if request.param == "category":
        kind = Category.objects.create(
            code="shelter",
            name_vi="Nhà tạm lánh",
            name_en="Shelter",
            setting="indoor",
            default_stay_minutes=600,
            position=2,
            sensitive=True,
        )
    make_venue(commune, "Chợ Công Khai")
    venue = make_venue(commune, NAME, address=STREET, sensitive=request.param == "venue", phone="0905000041")
    venue.category = kind
    venue.description = "chỗ ở an toàn"
    venue.lat, venue.lon = 16.4637, 107.5909
    venue.opening_hours = {"mon": [["07:00", "17:00"]]}
    venue.save()
    return venue


def test_case_15_absent_from_every_public_page(hidden: Venue) -> None:
    searches = ["", "?q=tam lanh", "?q=nhà", "?q=ngo kin", "?q=thuan", "?category=shelter", "?page=2"]
    paths = ["/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-places.xml", "/robots.txt", "/scan/"]
    for path in [*paths, *(f"/places/{search}" for search in searches)]:
        page = Client().get(path).content.decode()
        for secret in (*SECRETS, f"/places/{hidden.pk}/"):
            assert secret not in page, (path, secret)
    assert "Chợ Công Khai" in Client().get("/places/").content.decode()
    assert "Nhà tạm lánh" not in Client().get("/places/").content.decode()


def test_case_15_its_page_is_no_page_word_for_word(hidden: Venue, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    picture = VenuePicture.objects.create(venue=hidden, image="venues/x.jpg")
    nothing = Client().get("/places/999999/")
    for path in (f"/places/{hidden.pk}/", f"/places/{hidden.pk}/pictures/{picture.pk}.jpg"):
        answer = Client().get(path)
        assert answer.status_code == nothing.status_code == 404
        assert words(answer.content) == words(nothing.content)


def test_case_15_at_its_door_name_and_address_and_no_more(hidden: Venue) -> None:
    """Who stands before the poster reads both on it anyway, and must see them to know a pasted-over code (case 13)."""
    code = code_of(hidden.posters.get())
    answer = Client().get(f"/q/{code}")
    page = answer.content.decode()
    assert NAME in page
    assert STREET in page
    for secret in SECRETS[3:]:
        assert secret not in page, secret
    assert "data-map" not in page
    assert "Giờ mở cửa" not in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    looked_up = Client().post("/visitor/venue", {"code": code}).json()
    assert set(looked_up) == {"code", "name", "address", "category", "status", "mode", "is_outdated"}


def test_case_15_a_guessed_or_withdrawn_code_tells_nothing(hidden: Venue) -> None:
    code = code_of(hidden.posters.get())
    forged = code[:-3] + ("AAA" if not code.endswith("AAA") else "BBA")
    for text in (forged, str(hidden.pk), NAME, "0000-0000"):
        page = Client().get(f"/q/{text}").content.decode()
        assert STREET not in page, text
        assert "Phường Thuận Thử" not in page, text


def test_case_15_a_page_has_a_list_of_allowed_fields(hidden: Venue, commune: Unit, make_venue: MakeVenue) -> None:
    """A new column of the venue appears nowhere until it is added here."""
    assert {field.name for field in dataclasses.fields(DoorFace)} == {"name", "address", "category", "status"}
    assert {field.name for field in dataclasses.fields(PublicFace)} == {
        *("name", "address", "category", "status", "venue_id", "phone", "phone_href", "description", "lat", "lon"),
        *("open_state", "week", "pictures"),
    }
    with pytest.raises(ValueError, match="no public page"):
        public_face(hidden)
    assert door_face(hidden).name == NAME
    assert public_face(make_venue(commune, "Chợ Khác")).name == "Chợ Khác"


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.decode()).split())


def test_case_15_a_notice_about_it_names_only_the_commune(hidden: Venue, province: Unit, owner: Person) -> None:
    """Not on the page, not by searching for it, not in the feed; its owner's page says nothing either."""
    team = make_team(province)
    crowd(hidden, 12, yesterday(8), yesterday(11))
    published(team, hidden, yesterday(8), yesterday(10))
    assert "Một nơi không nêu tên" in Client().get("/notices/").content.decode()
    for path in ("/notices/", "/notices/feed.jsonl", "/sitemap-pages.xml"):
        said = Client().get(path).content.decode()
        for secret in (*SECRETS, hidden.posters.get().short_code, code_of(hidden.posters.get())):
            assert secret not in said, (path, secret)
    for words_ in ("tam lanh", "ngo kin", str(hidden.pk)):
        assert "Không có thông báo nào khớp" in Client().get(f"/notices/?q={words_}").content.decode()
    assert "nơi có nguy cơ lây bệnh" not in client_of(owner).get(f"/owner/{hidden.pk}/").content.decode()
