"""An owner registers a place on a phone, changes it, prints its poster, closes it; and sees numbers, never people."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dauchan.units.models import Role
from dauchan.venues.actions import approve_venue, send_back_venue
from dauchan.venues.models import Venue, VenuePicture, VenueStatus
from tests.web.conftest import client_of, make_person, make_unit

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries, Settings

    from dauchan.people.models import Person
    from dauchan.units.models import Officer, Unit
    from dauchan.venues.models import Category
    from tests.web.conftest import MakeOfficer, MakeVenue

NEW = "/owner/new/"


@pytest.fixture(autouse=True)
def _uploads(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def typed(commune: Unit, category: Category) -> dict[str, Any]:
    """A registration as it is typed."""
    return {
        "name": "Quán Bún Thử",
        "category": category.pk,
        "address": "12 Lê Thử",
        "unit": commune.pk,
        "point_lat": "16.4637",
        "point_lon": "107,5909",
        "pattern": "daily",
        "daily_from": "06:30",
        "daily_to": "21:00",
        "closed_on": ["sun"],
        "phone": "0234.3823.456",
        "description": "Bún bò, cơm hến.",
    }


def photo(name: str = "anh.jpg", size: tuple[int, int] = (800, 600)) -> SimpleUploadedFile:
    with BytesIO() as written:
        Image.new("RGB", size, "teal").save(written, "JPEG")
        return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def errors_of(answer: Any) -> str:  # noqa: ANN401 - the test client's response
    """The list above the form."""
    return str(answer.content.decode().partition('class="error-summary"')[2].partition("</section>")[0])


def edited(client: Client, venue: Venue, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """The edit form as a browser would send it back, with *changes*."""
    form = client.get(f"/owner/{venue.pk}/edit/").context["form"]
    values = {bound.html_name: bound.value() for bound in form if bound.name not in {"point", "pictures"}}
    point = form["point"].value()
    values |= {"point_lat": str(point.lat), "point_lon": str(point.lon)} | changes
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_venue_is_registered_and_waits(owner_client: Client, owner: Person, typed: dict[str, Any]) -> None:
    page = owner_client.get(NEW)
    assert page.status_code == 200
    assert "style=" not in page.content.decode()
    answer = owner_client.post(NEW, typed)
    assert re.findall(r"<a href=.*", errors_of(answer)) == []
    venue = Venue.objects.get()
    assert answer["Location"] == f"/owner/{venue.pk}/"
    assert (venue.owner, venue.status) == (owner, VenueStatus.PENDING)
    assert (venue.lat, venue.lon, venue.phone) == (16.4637, 107.5909, "+842343823456")
    assert venue.opening_hours["sat"] == [["06:30", "21:00"]]
    assert "sun" not in venue.opening_hours
    assert venue.search_key == "quan bun thu 12 le thu"
    shown = owner_client.get(answer["Location"]).content.decode()
    assert "Đang chờ Phường Thuận Thử duyệt." in shown
    assert "poster/" not in shown


def test_a_stranger_is_led_through_the_sign_in(typed: dict[str, Any]) -> None:
    client = Client()
    for path in ("/owner/", NEW, "/owner/1/", "/owner/1/edit/", "/owner/1/poster/a4.pdf", "/owner/pictures/1.jpg"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/visitor/sign-in/?next=%2Fowner%2F")
    assert client.post(NEW, typed).status_code == 302
    assert not Venue.objects.exists()


def test_a_refused_form_says_what_is_wrong_and_loses_nothing(owner_client: Client, typed: dict[str, Any]) -> None:
    wrong = typed | {"name": " ", "point_lat": "", "phone": "không có", "daily_to": "", "pictures": photo()}
    answer = owner_client.post(NEW, wrong)
    assert answer.status_code == 422
    said = errors_of(answer)
    for sentence in (
        "Hãy nhập tên địa điểm.",
        "nhập cả vĩ độ và kinh độ",
        "chỉ gồm chữ số",
        "Thiếu một trong hai giờ.",
    ):
        assert sentence in said
    shown = answer.content.decode()
    for text in ("12 Lê Thử", "không có", "Bún bò, cơm hến.", "06:30", "107,5909"):
        assert text in shown
    # The picture has arrived: it is shown, and goes with the corrected form.
    picture = VenuePicture.objects.get()
    assert f'name="picture" value="{picture.pk}"' in shown
    assert owner_client.get(f"/owner/pictures/{picture.pk}.jpg").content.startswith(b"\xff\xd8\xff")
    answer = owner_client.post(NEW, typed | {"picture": picture.pk, f"caption_{picture.pk}": "Mặt tiền"})
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.venue, picture.caption) == (Venue.objects.get(), "Mặt tiền")


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("x.jpg", b"MZ not a picture"), "không phải ảnh"),
        (SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "không phải ảnh"),
        (SimpleUploadedFile("x.heic", b"\0\0\0\x18ftypheic" + bytes(200)), "HEIC"),
        (SimpleUploadedFile("x.gif", b"GIF89a" + bytes(100)), "không phải ảnh"),
        (SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024)), "10 MB"),
        (photo(size=(100, 100)), "quá nhỏ"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words(
    upload: SimpleUploadedFile, sentence: str, owner_client: Client, typed: dict[str, Any]
) -> None:
    upload.seek(0)
    answer = owner_client.post(NEW, typed | {"pictures": upload})
    assert answer.status_code == 422
    assert sentence in errors_of(answer)
    assert not VenuePicture.objects.exists()
    assert "Quán Bún Thử" in answer.content.decode()


def test_six_pictures_are_taken_and_the_seventh_is_not(owner_client: Client, typed: dict[str, Any]) -> None:
    answer = owner_client.post(NEW, typed | {"pictures": [photo(f"{n}.jpg") for n in range(7)]})
    assert answer.status_code == 422
    assert "Tối đa 6 ảnh" in errors_of(answer)
    assert VenuePicture.objects.count() == 6


def test_somebody_elses_picture_cannot_be_taken_or_seen(owner_client: Client, typed: dict[str, Any]) -> None:
    stranger = client_of(make_person("+84905000009", "Người Khác"))
    stranger.post(NEW, typed | {"name": "", "pictures": photo()})
    picture = VenuePicture.objects.get()
    assert owner_client.get(f"/owner/pictures/{picture.pk}.jpg").status_code == 404
    owner_client.post(NEW, typed | {"picture": [picture.pk, "99999999999999999999", "-1", "x"]})
    assert Venue.objects.get().pictures.count() == 0


def test_a_double_is_pointed_out_and_may_be_insisted_on(
    owner_client: Client, typed: dict[str, Any], make_venue: MakeVenue, commune: Unit
) -> None:
    other = make_person("+84905000009", "Người Khác")
    make_venue(commune, "Quán bún Thử", address="12 Lê Thử")
    make_venue(commune, "Quán Bún Thứ", sensitive=True)
    make_venue(commune, "Quán Bùn Thử", approved=False)
    Venue.objects.update(owner=other)
    answer = owner_client.post(NEW, typed)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Có thể địa điểm này đã được đăng ký" in said
    # Neither a sensitive place nor one that nobody has approved is told to strangers.
    assert [venue.name for venue in answer.context["similar"]] == ["Quán bún Thử"]
    assert "Bún bò, cơm hến." in said
    assert owner_client.post(NEW, typed | {"is_another": "on"}).status_code == 302


def test_sending_twice_registers_once(owner_client: Client, typed: dict[str, Any]) -> None:
    assert owner_client.post(NEW, typed).status_code == 302
    assert owner_client.post(NEW, typed).status_code == 409
    assert Venue.objects.count() == 1


def test_registrations_without_end_are_refused(
    owner_client: Client, typed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dauchan.venues.actions.MOST_WAITING", 1)
    owner_client.post(NEW, typed)
    answer = owner_client.post(NEW, typed | {"name": "Nhà sách"})
    assert answer.status_code == 409
    assert "quá nhiều đăng ký chờ duyệt" in errors_of(answer)


@pytest.mark.parametrize(
    ("lines", "stored"),
    [
        ({"pattern": "always"}, {"mon": [["00:00", "24:00"]], "sun": [["00:00", "24:00"]]}),
        ({"pattern": "unstated"}, {}),
        (
            {
                "pattern": "weekly",
                "mon_from_0": "13:00",
                "mon_to_0": "17:00",
                "mon_from_1": "07:00",
                "mon_to_1": "11:30",
            },
            {"mon": [["07:00", "11:30"], ["13:00", "17:00"]]},
        ),
        ({"pattern": "weekly", "sat_from_0": "18:00", "sat_to_0": "02:00"}, {"sat": [["18:00", "02:00"]]}),
    ],
)
def test_opening_hours_are_kept_and_shown_again(
    lines: dict[str, str], stored: dict[str, Any], owner_client: Client, typed: dict[str, Any]
) -> None:
    assert owner_client.post(NEW, typed | lines).status_code == 302
    venue = Venue.objects.get()
    assert {day: venue.opening_hours.get(day) for day in stored} == stored
    assert set(venue.opening_hours) in ({*stored}, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
    hours = venue.opening_hours
    owner_client.post(f"/owner/{venue.pk}/edit/", edited(owner_client, venue))
    venue.refresh_from_db()
    assert venue.opening_hours == hours


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ({"pattern": "daily", "daily_from": "", "daily_to": ""}, "Nhập giờ mở cửa và giờ đóng cửa"),
        ({"pattern": "daily", "daily_from": "25:00"}, "Mở cửa lúc"),
        ({"pattern": "daily", "daily_from": "07:00", "daily_to": "07:00"}, "Giờ đóng trùng giờ mở"),
        ({"pattern": "weekly"}, "Chưa nhập giờ của ngày nào"),
        ({"pattern": "weekly", "mon_from_0": "07:00"}, "Thiếu một trong hai giờ."),
        (
            {
                "pattern": "weekly",
                "mon_from_0": "07:00",
                "mon_to_0": "12:00",
                "mon_from_1": "11:00",
                "mon_to_1": "13:00",
            },
            "chồng lên nhau",
        ),
        ({"pattern": "sometimes"}, "Giờ mở cửa"),
    ],
)
def test_impossible_hours_are_refused(
    lines: dict[str, str], sentence: str, owner_client: Client, typed: dict[str, Any]
) -> None:
    answer = owner_client.post(NEW, typed | lines)
    assert answer.status_code == 422
    assert sentence in errors_of(answer)


def test_names_with_signs_are_taken_and_shown_as_text(owner_client: Client, typed: dict[str, Any]) -> None:
    name = "-Bún <b>'Mụ'</b> & \"Ốc\"; DROP TABLE"
    owner_client.post(NEW, typed | {"name": f"  {name} \u200b"})
    assert Venue.objects.get().name == name
    shown = owner_client.get("/owner/").content.decode()
    assert "<b>&#x27;Mụ" not in shown
    assert "-Bún &lt;b&gt;" in shown


def test_a_communes_name_is_found_without_diacritics(commune: Unit, province: Unit) -> None:
    make_unit("90003", "commune", "Phường Đông Ba", province)
    found = Client().get("/owner/communes.json", {"q": "dong ba"}).json()
    assert [choice["text"] for choice in found] == ["Phường Đông Ba"]
    assert found[0]["hint"] == "Thành phố Thử"
    assert len(Client().get("/owner/communes.json").json()) == 2
    assert Client().get("/owner/communes.json", {"q": "x" * 5000}).json() == []


def test_a_district_or_a_unit_of_a_past_map_cannot_be_chosen(
    owner_client: Client, typed: dict[str, Any], province: Unit
) -> None:
    answer = owner_client.post(NEW, typed | {"unit": province.pk})
    assert answer.status_code == 422
    assert "Phường, xã" in errors_of(answer)


def test_sent_back_mended_and_handed_in_again(
    owner_client: Client, make_venue: MakeVenue, commune: Unit, officer: Officer
) -> None:
    venue = make_venue(commune, approved=False)
    send_back_venue(venue, officer, "Thiếu số nhà.")
    assert "Thiếu số nhà." in owner_client.get(f"/owner/{venue.pk}/").content.decode()
    answer = owner_client.post(f"/owner/{venue.pk}/edit/", edited(owner_client, venue, address="14 Lê Thử"))
    assert answer.status_code == 302
    venue.refresh_from_db()
    assert (venue.status, venue.address) == (VenueStatus.PENDING, "14 Lê Thử")


def test_a_new_name_waits_while_the_door_goes_on(
    owner_client: Client, make_venue: MakeVenue, commune: Unit, officer: Officer
) -> None:
    venue = make_venue(commune, "Chợ Cũ")
    fields = edited(owner_client, venue, name="Chợ Mới", description="Chợ họp sáng.")
    assert owner_client.post(f"/owner/{venue.pk}/edit/", fields).status_code == 302
    venue.refresh_from_db()
    assert (venue.status, venue.name, venue.description) == (VenueStatus.APPROVED, "Chợ Cũ", "Chợ họp sáng.")
    assert venue.proposal == {"name": "Chợ Mới"}
    assert venue.posters.count() == 1
    assert "đang chờ duyệt" in owner_client.get(f"/owner/{venue.pk}/").content.decode()
    assert 'value="Chợ Mới"' in owner_client.get(f"/owner/{venue.pk}/edit/").content.decode()
    approve_venue(venue, officer)
    venue.refresh_from_db()
    assert (venue.name, venue.proposal, venue.posters.count()) == ("Chợ Mới", None, 2)


def test_taking_a_proposal_back_leaves_nothing_to_decide(
    owner_client: Client, make_venue: MakeVenue, commune: Unit
) -> None:
    venue = make_venue(commune, "Chợ Cũ")
    for name in ("Chợ Mới", "Chợ Cũ"):
        owner_client.post(f"/owner/{venue.pk}/edit/", edited(owner_client, venue, name=name))
    venue.refresh_from_db()
    assert venue.proposal is None
    assert not venue.is_waiting


def test_saving_what_was_shown_asks_for_nothing(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    """A point with more digits than the form shows has not moved."""
    venue = make_venue(commune, lat=16.463712345678, lon=107.590987654321)
    owner_client.post(f"/owner/{venue.pk}/edit/", edited(owner_client, venue))
    venue.refresh_from_db()
    assert venue.proposal is None
    assert (venue.lat, venue.lon) == (16.463712345678, 107.590987654321)
    moved = edited(owner_client, venue, point_lat="16.5")
    owner_client.post(f"/owner/{venue.pk}/edit/", moved)
    venue.refresh_from_db()
    assert venue.proposal is not None
    assert venue.proposal["lat"] == 16.5


def test_two_editors_never_lose_a_change_in_silence(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune, "Chợ Thử", description="Một.")
    mine = edited(owner_client, venue, description="Bản của tôi.")
    theirs = edited(owner_client, venue, description="Bản kia.")
    assert owner_client.post(f"/owner/{venue.pk}/edit/", theirs).status_code == 302
    answer = owner_client.post(f"/owner/{venue.pk}/edit/", mine)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Có người khác vừa sửa địa điểm này" in errors_of(answer)
    assert "Bản của tôi." in said
    assert "Bản kia." in said
    again = mine | {"revision": answer.context["form"]["revision"].value()}
    assert owner_client.post(f"/owner/{venue.pk}/edit/", again).status_code == 302
    venue.refresh_from_db()
    assert venue.description == "Bản của tôi."


def test_pictures_are_removed_and_captions_changed(owner_client: Client, typed: dict[str, Any]) -> None:
    owner_client.post(NEW, typed | {"pictures": [photo("1.jpg"), photo("2.jpg")]})
    venue = Venue.objects.get()
    first, second = venue.pictures.all()
    path = first.image.path
    fields = edited(owner_client, venue) | {
        "picture": [first.pk, second.pk], f"remove_{first.pk}": "on", f"caption_{second.pk}": "Bếp",
    }  # fmt: skip
    owner_client.post(f"/owner/{venue.pk}/edit/", fields)
    assert [(picture.pk, picture.caption) for picture in venue.pictures.all()] == [(second.pk, "Bếp")]
    assert path  # its file goes when the transaction is over, which a test's never is


def test_numbers_are_shown_and_never_people(
    owner_client: Client, owner: Person, make_venue: MakeVenue, commune: Unit
) -> None:
    make_venue(commune)
    shown = owner_client.get("/owner/").content.decode()
    assert "Chợ Thử" in shown
    assert re.search(r'<td class="number">0</td>\s*<td class="number">0</td>', shown)
    assert owner.identity.phone not in shown


def test_posters_are_downloaded_by_their_owner_only(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune, "Chợ Đông Ba")
    for sheet in ("a4", "a5", "stickers"):
        answer = owner_client.get(f"/owner/{venue.pk}/poster/{sheet}.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="bang-ma-cho-dong-ba-{sheet}.pdf"'
        assert answer.content.startswith(b"%PDF-")
    assert owner_client.get(f"/owner/{venue.pk}/poster/a3.pdf").status_code == 404
    waiting = make_venue(commune, "Quán chờ", approved=False)
    assert owner_client.get(f"/owner/{waiting.pk}/poster/a4.pdf").status_code == 404
    stranger = client_of(make_person("+84905000009", "Người Khác"))
    assert stranger.get(f"/owner/{venue.pk}/poster/a4.pdf").status_code == 404


def test_a_poster_is_reissued(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune)
    first = venue.posters.get()
    assert owner_client.post(f"/owner/{venue.pk}/poster/reissue/").status_code == 302
    newest = venue.posters.first()
    assert newest is not None
    assert (newest.version, newest.withdrawn_at) == (2, None)
    assert newest.short_code != first.short_code
    assert newest.short_code in owner_client.get(f"/owner/{venue.pk}/").content.decode()


def test_a_venue_is_closed_and_opened_again(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune)
    owner_client.post(f"/owner/{venue.pk}/close/")
    venue.refresh_from_db()
    assert venue.status == VenueStatus.CLOSED
    assert owner_client.get(f"/owner/{venue.pk}/poster/a4.pdf").status_code == 404
    refused = owner_client.post(f"/owner/{venue.pk}/close/", follow=True)
    assert "Trạng thái hiện tại" in refused.content.decode()
    owner_client.post(f"/owner/{venue.pk}/reopen/")
    venue.refresh_from_db()
    assert venue.status == VenueStatus.PENDING


def test_a_suspended_venue_cannot_be_closed_away(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    venue = make_venue(commune)
    Venue.objects.update(status=VenueStatus.SUSPENDED)
    owner_client.post(f"/owner/{venue.pk}/close/")
    venue.refresh_from_db()
    assert venue.status == VenueStatus.SUSPENDED


def test_the_list_asks_as_often_for_many_venues_as_for_one(
    owner_client: Client, make_venue: MakeVenue, commune: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_venue(commune)
    owner_client.get("/owner/")
    with django_assert_num_queries(5):  # session, person, consent, venues, counts
        owner_client.get("/owner/")
    for number in range(5):
        make_venue(commune, f"Quán {number}")
    with django_assert_num_queries(5):
        owner_client.get("/owner/")


def test_the_pages_speak_english(owner_client: Client, make_venue: MakeVenue, commune: Unit) -> None:
    owner_client.cookies["dauchan_language"] = "en"
    venue = make_venue(commune)
    for path, words in (
        ("/owner/", "My places"),
        (NEW, "Register a place"),
        (f"/owner/{venue.pk}/", "Close the place"),
    ):
        assert words in owner_client.get(path).content.decode()


def test_an_officer_is_no_owner(
    make_officer: MakeOfficer, make_venue: MakeVenue, commune: Unit, officer_client: Client
) -> None:
    make_officer(Role.OFFICER, commune)
    venue = make_venue(commune)
    assert officer_client.get(f"/owner/{venue.pk}/").status_code == 302
