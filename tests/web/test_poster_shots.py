"""A photo of a poster from an inspector's phone: read in full, kept once with the place, nothing told beyond the own area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.actions import issue_poster
from dauchan.venues.models import PosterReading
from tests.web.test_poster_photos import picture, url_of

if TYPE_CHECKING:
    from dauchan.venues.models import Venue
    from tests.web.conftest import MakeOfficer, MakeVenue

pytestmark = pytest.mark.django_db
SEND = "/officer/inspections/field/posters/"


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def inspector(make_officer: MakeOfficer, commune: Unit) -> Client:
    return signed_in(make_officer(Role.OFFICER, commune))


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


def sent(client: Client, photo: SimpleUploadedFile, status: int = 200, **facts: object) -> dict[str, Any]:
    said = {"taken": int(timezone.now().timestamp() * 1000), **facts}
    answer = client.post(SEND, {"photo": photo, **said})
    assert answer.status_code == status
    told: dict[str, Any] = answer.json()
    return told


def test_every_code_on_the_wall_is_told_and_the_own_one_kept_once(inspector: Client, venue: Venue) -> None:
    taken = int(timezone.now().timestamp() * 1000) - 60_000
    for _ in range(2):  # a phone that did not hear the answer sends it again
        photo = picture(url_of(venue), "https://example.vn/menu")
        told = sent(inspector, photo, taken=taken, lat=16.4605, lon=107.59, accuracy_m=12)
    own, other = told["codes"]
    assert (own["title"], own["tone"], own["name"]) == ("Mã thật, bản hiện hành", "good", venue.name)
    assert own["print"] == f"/officer/venues/{venue.pk}/poster/a4.pdf"
    lines = " ".join(own["lines"])
    for words in ("Phiên bản 1: đang có hiệu lực.", "khoảng 56 m", "Rất rõ, hạng A", "Không ước lượng được"):
        assert words in lines
    assert (other["title"], other["name"], other["print"]) == ("Không phải mã của hệ thống", "", "")
    kept = PosterReading.objects.get()
    assert (kept.venue, kept.grade, kept.metres, int(kept.read_at.timestamp() * 1000)) == (venue, "A", 56, taken)
    assert AuditEntry.objects.filter(action="poster.reading_kept").count() == 1


def test_a_clock_that_goes_wrong_is_not_believed(inspector: Client, venue: Venue) -> None:
    sent(inspector, picture(url_of(venue)), taken=int(timezone.now().timestamp() * 1000) + 10**10)
    assert PosterReading.objects.get().read_at <= timezone.now()


def test_an_old_issue_is_told_as_replaced(inspector: Client, venue: Venue) -> None:
    old = url_of(venue)
    issue_poster(venue)
    (code,) = sent(inspector, picture(old))["codes"]
    assert code["title"] == "Bảng cũ, đã có bản mới thay"
    assert "Phiên bản 1: đã có bản mới thay." in code["lines"]


def test_a_sensitive_place_of_another_area_stays_hidden(
    inspector: Client, make_venue: MakeVenue, other_commune: Unit
) -> None:
    hidden = make_venue(other_commune, "Kho Kín", sensitive=True)
    (code,) = sent(inspector, picture(url_of(hidden)))["codes"]
    assert hidden.name not in str(code)
    assert (code["name"], code["print"]) == ("", "")
    assert not PosterReading.objects.exists()


def test_what_is_no_photo_is_refused_in_words(inspector: Client, venue: Venue) -> None:
    broken = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    assert "không phải ảnh" in sent(inspector, broken, 422)["message"]
    assert "thiếu hoặc sai" in sent(inspector, picture(), 422, taken="x")["message"]
    assert "Không thấy mã QR nào" in sent(inspector, picture())["nothing"]


def test_a_leader_reads_none(make_officer: MakeOfficer, commune: Unit, venue: Venue) -> None:
    leader = signed_in(make_officer(Role.LEADER, commune))
    answer = leader.post(SEND, {"photo": picture(url_of(venue)), "taken": 0})
    assert answer.status_code == 403
