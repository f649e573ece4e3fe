"""Pages for everybody: home, search, a place, and what a poster's code opens."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dauchan.qr import make_venue_code
from dauchan.venues.actions import code_of, issue_poster
from dauchan.venues.models import VenuePicture, VenueStatus
from dauchan.vietnamese import fold
from dauchan.web.public.page import public_face

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

    from dauchan.units.models import Unit
    from dauchan.venues.models import Venue
    from tests.web.conftest import MakeVenue

HOURS = {"mon": [["07:00", "11:30"], ["13:00", "17:00"]]}
MONDAY_TEN = dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)  # 10:00 in Huế
MONDAY_NOON = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(
        commune, "Quán Cà phê Thử", phone="0234 3822 222", description="Cà phê <b>muối</b>", opening_hours=HOURS
    )


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_home_leads_everybody_on(client: Client, db: None) -> None:
    page = shown(client, "/")
    for address in (
        "/scan/",
        "/me/",
        "/places/",
        "/accounts/login/",
        "/owner/new/",
        "/owner/",
        "/visitor/notice/",
        "tel:19001075",
    ):
        assert f'"{address}"' in page, address


def test_a_place_shows_what_its_owner_wrote_and_nothing_runs(client: Client, venue: Venue) -> None:
    with time_machine.travel(MONDAY_TEN, tick=False):
        page = shown(client, f"/places/{venue.pk}/")
    words = words_of(page)
    for said in (
        "Quán Cà phê Thử",
        "12 Lê Thử, Phường Thuận Thử",
        "Chợ",
        "Đang mở cửa đến 11:30",
        "07:00–11:30, 13:00–17:00",
    ):
        assert said in words, said
    assert 'href="tel:+842343822222"' in page
    assert "<b>muối</b>" not in page
    assert "Xem bản đồ" in page


def test_between_two_openings_it_says_when_it_opens_again(client: Client, venue: Venue) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False):
        assert "Đang đóng cửa mở lúc 13:00" in words_of(shown(client, f"/places/{venue.pk}/"))
    with time_machine.travel(MONDAY_NOON + dt.timedelta(days=1), tick=False):
        assert "Đang đóng cửa mở lại Thứ 2 lúc 07:00" in words_of(shown(client, f"/places/{venue.pk}/"))


def test_a_suspended_place_says_so_everywhere(client: Client, venue: Venue) -> None:
    venue.status = VenueStatus.SUSPENDED
    venue.save()
    code = code_of(venue.posters.get())
    for path in (f"/places/{venue.pk}/", f"/q/{code}"):
        assert "đang bị tạm đình chỉ hoạt động" in shown(client, path)
    assert "Tạm đình chỉ" in shown(client, "/places/")


@pytest.mark.parametrize("status", [VenueStatus.PENDING, VenueStatus.REFUSED, VenueStatus.CLOSED])
def test_a_place_that_is_not_public_looks_like_none(client: Client, venue: Venue, status: str) -> None:
    venue.status = status
    venue.save()
    page = shown(client, f"/places/{venue.pk}/", 404)
    assert "Quán Cà phê Thử" not in page
    assert words_of(page) == words_of(shown(client, "/places/999999/", 404))
    with pytest.raises(ValueError, match="no public page"):
        public_face(venue)


@pytest.mark.parametrize("typed", ["ca phe", "CÀ PHÊ", "thu quan", "thuan thu", "lê", " le   thu "])
def test_the_search_finds_with_and_without_diacritics(client: Client, venue: Venue, typed: str) -> None:
    assert "Quán Cà phê Thử" in words_of(shown(client, f"/places/?q={typed}"))


def test_the_search_shows_exact_diacritics_first(client: Client, venue: Venue, make_venue: MakeVenue) -> None:
    make_venue(venue.unit, "Ban ghe")
    make_venue(venue.unit, "Bán ghế")
    page = shown(client, "/places/?q=bán")
    assert page.index("Bán ghế") < page.index("Ban ghe")


def test_the_search_turns_pages_and_keeps_the_question(client: Client, venue: Venue, make_venue: MakeVenue) -> None:
    for number in range(24):
        make_venue(venue.unit, f"Tạp hóa {number:02d}")
    first = shown(client, "/places/?q=tạp hóa")
    assert "1–20" in words_of(first)
    assert "page=2" in first
    assert fold("tạp hóa") in fold(shown(client, "/places/?q=tạp hóa&page=2"))
    assert "21–24" in words_of(shown(client, "/places/?q=tạp hóa&page=999"))


def test_a_page_of_places_costs_the_same_however_many_it_shows(
    client: Client, venue: Venue, make_venue: MakeVenue, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_venue(venue.unit, f"Tạp hóa {number:02d}")
    with django_assert_max_num_queries(5):
        shown(client, "/places/?q=tạp hóa")


@pytest.mark.parametrize("query", ["q='%3B--", "q=%25_", "page=abc", "category=x", "q=" + "a" * 5000])
def test_odd_questions_are_answered(client: Client, venue: Venue, query: str) -> None:
    shown(client, f"/places/?{query}")


def test_nothing_found_says_what_to_do(client: Client, venue: Venue) -> None:
    assert "Không tìm thấy địa điểm nào" in shown(client, "/places/?q=zzz")


@pytest.mark.parametrize("way", ["/q/{}", "/Q/{}", "/q/{}/", "/q/{lower}"])
def test_a_poster_s_code_opens_in_any_case(client: Client, venue: Venue, way: str) -> None:
    code = code_of(venue.posters.get())
    page = shown(client, way.format(code, lower=code.lower()))
    assert "Quán Cà phê Thử" in page
    assert "12 Lê Thử, Phường Thuận Thử" in page
    assert f'name="code" value="{code}"' in page
    assert 'action="/visitor/check-in/"' in page


@pytest.mark.parametrize("write", [str.upper, str.lower, lambda code: code.replace("-", "")])
def test_the_short_code_opens_the_same_page(client: Client, venue: Venue, write: object) -> None:
    assert callable(write)
    poster = venue.posters.get()
    assert f'value="{code_of(poster)}"' in shown(client, f"/q/{write(poster.short_code)}")


def test_an_earlier_poster_still_counts_and_says_it_is_old(client: Client, venue: Venue) -> None:
    old = code_of(venue.posters.get())
    assert "thay bằng bản mới" not in shown(client, f"/q/{old}")
    issue_poster(venue)
    page = shown(client, f"/q/{old}")
    assert "thay bằng bản mới" in page
    assert "Ghi nhận lượt vào" in page


def test_a_refused_code_says_why_and_leads_on(client: Client, venue: Venue, settings: Settings) -> None:
    code = code_of(venue.posters.get())
    forged = ("B" if code[8] != "B" else "C").join([code[:8], code[9:]])
    page = shown(client, f"/q/{forged}", 422)
    assert "không do hệ thống cấp" in page
    assert 'data-refused-scan="forged"' in page
    for way_on in ('href="/scan/"', 'href="tel:19001075"'):
        assert way_on in page
    gone = make_venue_code(4_000_000, 1, settings.VENUE_CODE_KEYS)
    assert "không còn địa điểm nào dùng mã này" in shown(client, f"/q/{gone}", 404)
    assert "Mã chữ chưa đúng" in shown(client, "/q/ABCD-EFGH", 422)


def test_a_door_that_was_never_approved_is_named_to_nobody(
    client: Client, make_venue: MakeVenue, commune: Unit
) -> None:
    waiting = make_venue(commune, "Quán Chưa Duyệt", approved=False)
    page = shown(client, f"/q/{code_of(issue_poster(waiting))}", 404)
    assert "chưa được duyệt" in page
    assert "Quán Chưa Duyệt" not in page


def test_wrong_short_codes_are_counted_by_address(
    client: Client, venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dauchan.qr import make_short_code
    from dauchan.web.misses import Misses

    monkeypatch.setattr("dauchan.web.public.codes.MISSES", Misses("code-misses", 3))
    for _ in range(3):
        shown(client, f"/q/{make_short_code()}", 404)
    poster = venue.posters.get()
    assert "quá nhiều mã sai" in shown(client, f"/q/{poster.short_code}", 422)
    shown(client, f"/q/{code_of(poster)}")
    shown(Client(REMOTE_ADDR="198.51.100.9"), f"/q/{poster.short_code}")


def test_robots_and_sitemap(client: Client, venue: Venue) -> None:
    robots = shown(client, "/robots.txt")
    assert "Disallow: /q/" in robots
    assert "Disallow: /Q/" in robots
    assert "/sitemap.xml" in robots
    assert "sitemap-places.xml" in shown(client, "/sitemap.xml")
    assert f"/places/{venue.pk}/" in shown(client, "/sitemap-places.xml")
    assert "/visitor/notice/" in shown(client, "/sitemap-pages.xml")
    answer = client.get(f"/q/{code_of(venue.posters.get())}")
    assert answer["X-Robots-Tag"] == "noindex"


def test_pictures_are_served_only_with_their_public_place(
    client: Client, venue: Venue, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "JPEG")
    picture = VenuePicture(venue=venue, caption="Quầy <pha>")
    picture.image.save("x.jpg", SimpleUploadedFile("x.jpg", drawn.getvalue()))
    page = shown(client, f"/places/{venue.pk}/")
    address = f"/places/{venue.pk}/pictures/{picture.pk}.jpg"
    assert f'src="{address}"' in page
    assert "Quầy &lt;pha&gt;" in page
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == drawn.getvalue()  # type: ignore[attr-defined]
    assert client.get(f"/places/{venue.pk}/pictures/{picture.pk + 1}.jpg").status_code == 404
    Path(picture.image.path).unlink()
    assert client.get(address).status_code == 404
    picture.image.save("x.jpg", SimpleUploadedFile("x.jpg", drawn.getvalue()))
    venue.status = VenueStatus.CLOSED
    venue.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["/", "/places/", "/places/?q=zzz", "/scan/", "/visitor/sign-in/", "/visitor/notice/"])
def test_english_is_complete(client: Client, venue: Venue, path: str) -> None:
    client.cookies["dauchan_language"] = "en"
    page = re.sub(r'<form[^>]*set_language.*?</form>|lang="vi"', "", shown(client, path))
    words = words_of(re.sub(r"Dấu Chân|Quán Cà phê Thử|12 Lê Thử, Phường Thuận Thử|Tiếng Việt", "", page))
    vietnamese = re.findall(r"\w*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", words, re.IGNORECASE)
    assert vietnamese == []


def test_the_language_of_a_refused_code_follows_the_page(client: Client, db: None) -> None:
    client.cookies["dauchan_language"] = "en"
    assert "The typed code is not right" in shown(client, "/q/ABCD-EFGH", 422)
