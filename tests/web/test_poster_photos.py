"""An officer photographs a poster: what it is, where it belongs, how good it is, and what is kept of it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image

from dauchan.project.poster_register import look_up
from dauchan.qr import Keyring, VenueCode, make_venue_code, qr_png, venue_url
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.actions import code_of, issue_poster
from dauchan.venues.models import PosterReading, Venue

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

    from tests.web.conftest import MakeOfficer, MakeVenue

PAGE = "/officer/posters/read/"
BASE = "http://testserver"


def picture(*texts: str, position: tuple[float, float] | None = None) -> SimpleUploadedFile:
    codes = [Image.open(io.BytesIO(qr_png(text, "Q", 6))).convert("L") for text in texts]
    wall = Image.new("L", (sum(code.width + 40 for code in codes) + 40, 360), 150)
    left = 40
    for code in codes:
        wall.paste(code, (left, 40))
        left += code.width + 40
    exif = Image.Exif()
    if position:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLongitude] = ((value, 0.0, 0.0) for value in position)
    with io.BytesIO() as written:
        wall.save(written, "JPEG", exif=exif)
        return SimpleUploadedFile("cua.jpg", written.getvalue(), "image/jpeg")


def url_of(venue: Venue, version: int | None = None) -> str:
    poster = venue.posters.first()
    assert poster is not None
    poster.version = version or poster.version
    return venue_url(code_of(poster), BASE)


@pytest.fixture
def officer(make_officer: MakeOfficer, commune: Unit) -> Officer:
    return make_officer(Role.OFFICER, commune)


@pytest.fixture
def browser(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


def read(browser: Client, *photos: SimpleUploadedFile, status: int = 200, **fields: object) -> str:
    answer = browser.post(PAGE, {"photos": list(photos), **fields})
    assert answer.status_code == status
    return answer.content.decode()


def kept_result(page: str) -> str:
    return page.partition('name="result" value="')[2].partition('"')[0]


def test_a_good_poster_in_its_place(browser: Client, venue: Venue) -> None:
    page = read(browser, picture(url_of(venue)), lat=16.4605, lon=107.59, accuracy_m=12)
    for words in ("Mã thật, bản hiện hành", venue.name, venue.full_address, "khoảng 56 m", "sai số 12 m", "Rất rõ"):
        assert words in page
    assert f"/officer/venues/{venue.pk}/poster/a4.pdf" in page
    entry = AuditEntry.objects.get(action="poster.photo_read")
    assert (entry.subject, entry.detail) == (f"venue:{venue.pk}", {"version": 1, "grade": "A", "metres": 56})
    assert not PosterReading.objects.exists()


def test_the_printed_size_is_told_with_what_it_rests_on(browser: Client, venue: Venue) -> None:
    assert "Không ước lượng được: trong ảnh không có gì để so" in read(browser, picture(url_of(venue)))
    page = read(browser, picture(url_of(venue)), distance_m="0,1")
    assert "do người chụp cho biết" in page
    assert re.search(r"khoảng \d+,\d–\d+,\d cm mỗi cạnh", page)
    assert "Nếu đây là bảng ở cửa: in lại trên giấy A4" in page
    read(browser, picture(url_of(venue)), distance_m="500", status=422)


def test_the_register_tells_the_standing_of_an_issue_and_of_a_sensitive_place_no_more(
    make_venue: MakeVenue, commune: Unit
) -> None:
    venue, hidden = make_venue(commune), make_venue(commune, "Kho Kín", sensitive=True)
    issue_poster(venue)
    codes = [VenueCode(venue.pk, 2, 1), VenueCode(venue.pk, 1, 1), VenueCode(venue.pk, 9, 1), VenueCode(10**6, 1, 1)]
    current, replaced, unissued, unknown = look_up(codes, (16.4605, 107.59))
    assert (current["standing"], current["name"], current["metres"]) == ("current", venue.name, 56)
    assert (replaced["standing"], replaced["current_version"]) == ("replaced", 2)
    assert [unissued["standing"], unknown["standing"]] == ["unknown", "unknown"]
    assert "name" not in unknown
    assert look_up(codes[:1], None)[0]["metres"] is None
    (closed,) = look_up([VenueCode(hidden.pk, 1, 1)], None)
    assert closed == {"standing": "current", "current_version": 1, "vi": "đang có hiệu lực", "en": "in force"}
    Venue.objects.filter(pk=venue.pk).update(status="closed")
    venue.posters.update(withdrawn_at=timezone.now())
    hidden.posters.update(withdrawn_at=timezone.now())
    standings = [told["standing"] for told in look_up([codes[0], VenueCode(hidden.pk, 1, 1)], None)]
    assert standings == ["closed", "revoked"]


def test_the_position_in_the_photo_goes_before_the_phone_s(browser: Client, venue: Venue) -> None:
    page = read(browser, picture(url_of(venue), position=(16.0, 107.0)), lat=16.46, lon=107.59)
    assert "Mã thật nhưng treo sai chỗ" in page
    assert "Gỡ bảng này" in page


def test_without_a_position_the_distance_is_unknown(browser: Client, venue: Venue) -> None:
    assert "chưa rõ, thiếu vị trí" in read(browser, picture(url_of(venue)))


def test_an_old_issue_and_a_suspended_place_are_told(browser: Client, venue: Venue) -> None:
    old = url_of(venue)
    issue_poster(venue)
    Venue.objects.filter(pk=venue.pk).update(status="suspended")
    page = read(browser, picture(old))
    for words in ("Bảng cũ, đã có bản mới thay", "(hiện hành là 2)", "In bảng mới ở dưới", "đang bị tạm đình chỉ"):
        assert words in page


def test_forged_and_foreign_codes_are_told_apart_on_one_wall(browser: Client, venue: Venue) -> None:
    forged = venue_url(make_venue_code(venue.pk, 1, Keyring(1, {1: b"x" * 32})), BASE)
    page = read(
        browser, picture(url_of(venue), forged, "https://example.vn/menu", url_of(venue).replace("SERVER", "SERVEP"))
    )
    places = [page.index(words) for words in ("Mã thật, bản hiện hành", "Mã giả", "Mã nhái", "Không phải mã")]
    assert places == sorted(places)


def test_a_place_of_another_area_shows_what_is_public_and_no_more(
    browser: Client, make_venue: MakeVenue, other_commune: Unit
) -> None:
    public = make_venue(other_commune, "Quán Ngoài Địa Bàn")
    hidden = make_venue(other_commune, "Kho Kín", sensitive=True)
    page = read(browser, picture(url_of(public), url_of(hidden)))
    assert public.name in page
    assert hidden.name not in page
    assert "Mã thật, của địa điểm ngoài địa bàn" in page
    assert kept_result(page) == ""
    assert AuditEntry.objects.get(action="poster.photo_read").detail == {"others": 2}


def test_why_nothing_was_read(browser: Client, settings: Settings) -> None:
    page = read(browser, picture(), SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg"))
    assert "Không thấy mã QR nào trong ảnh" in page
    assert "không phải ảnh JPEG" in page
    settings.MAX_PICTURE_BYTES = 100
    assert "lớn hơn 10 MB" in read(browser, picture())
    assert "ít nhất một ảnh" in read(browser, status=422)
    assert "tối đa 4 ảnh" in read(browser, *(picture() for _ in range(5)), status=422)
    assert "Đọc bảng mã từ ảnh" in browser.get(PAGE).content.decode()


def test_a_result_is_kept_once_and_seen_on_the_venue_s_page(browser: Client, officer: Officer, venue: Venue) -> None:
    result = kept_result(read(browser, picture(url_of(venue)), lat=16.46, lon=107.59))
    for _ in range(2):
        answer = browser.post(f"{PAGE}keep/", {"result": result})
        assert answer.headers["Location"] == f"/officer/venues/{venue.pk}/"
    kept = PosterReading.objects.get()
    assert (kept.venue, kept.version, kept.grade, kept.reasons, kept.metres) == (venue, 1, "A", [], 0)
    assert kept.officer == officer
    assert AuditEntry.objects.filter(action="poster.reading_kept").count() == 1
    page = browser.get(f"/officer/venues/{venue.pk}/").content.decode()
    assert "phiên bản 1, hạng A" in page
    assert "Ghi kết quả xem bảng mã" in page


def test_a_result_that_was_not_read_is_not_kept(browser: Client, venue: Venue) -> None:
    result = kept_result(read(browser, picture(url_of(venue))))
    for text in ("", "x", result[:-1] + ("A" if result[-1] != "A" else "B")):
        assert browser.post(f"{PAGE}keep/", {"result": text}).headers["Location"] == PAGE
    assert not PosterReading.objects.exists()


def test_somebody_else_s_result_is_not_kept_outside_the_own_area(
    browser: Client, venue: Venue, make_officer: MakeOfficer, other_commune: Unit
) -> None:
    result = kept_result(read(browser, picture(url_of(venue))))
    stranger = Client()
    stranger.force_login(make_officer(Role.OFFICER, other_commune))
    assert stranger.post(f"{PAGE}keep/", {"result": result}).status_code == 404
    stranger.force_login(make_officer(Role.LEADER, other_commune))
    assert stranger.get(PAGE).status_code == 403
    assert not PosterReading.objects.exists()


def test_more_codes_cost_no_more_queries(
    browser: Client, make_venue: MakeVenue, commune: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    venues = [make_venue(commune, f"Quán {number}") for number in range(3)]
    with django_assert_max_num_queries(34):  # five of them a line of the audit log
        read(browser, picture(*map(url_of, venues)))


def test_in_english(browser: Client, venue: Venue) -> None:
    browser.cookies["dauchan_language"] = "en"
    page = read(browser, picture(url_of(venue)), picture())
    for words in ("Genuine, the current issue", "Very clear", "No QR code was found"):
        assert words in page
