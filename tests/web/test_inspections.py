"""Inspections, through HTTP: planned, drawn, handed in by a phone, numbered, put right, answered by the owner; units apart."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.oversight.inspections.keeping import keep_measure_clocks
from dauchan.oversight.inspections.models import Inspection, Measure, Round
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.units.working_days import load_holidays
from dauchan.venues.models import VenueStatus
from tests.oversight.inspected import SIGNED, told
from tests.web.conftest import MakeOfficer, MakeVenue, SignIn, client_of, make_person
from tests.web.test_signs import make_run, make_sign

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from dauchan.people.models import Person
    from dauchan.venues.models import Venue

pytestmark = pytest.mark.django_db
HOME = "/officer/inspections/"
SEND = "/officer/inspections/field/records/"


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_holidays()
    load_referral_rules()


@pytest.fixture
def venue(commune: Unit, make_venue: MakeVenue) -> Venue:
    return make_venue(commune)


def photo(name: str = "cua.jpg") -> SimpleUploadedFile:
    """With a position of the photographer in its metadata."""
    image = Image.new("RGB", (320, 240), "white")
    metadata = Image.Exif()
    metadata[0x010F] = "MÁY ẢNH CỦA AI"
    with io.BytesIO() as written:
        image.save(written, "JPEG", exif=metadata)
        return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def planned(client: Client, officer: Officer, *, venue: Venue | None = None, **facts: object) -> Round:
    today = timezone.localdate()
    said = {
        "unit": officer.current_appointments()[0].unit_id,
        "title": "Kiểm tra tuần này",
        "first_on": today.isoformat(),
        "last_on": today.isoformat(),
        "leader": officer.pk,
        **({"venue": venue.pk} if venue else {}),
        **facts,
    }
    answer = client.post(f"{HOME}new/", said)
    assert answer.status_code == 302, answer.content.decode()
    return Round.objects.latest("pk")


def sent(client: Client, record: dict[str, Any], **files: SimpleUploadedFile) -> Any:  # noqa: ANN401 - an answer of the test client
    return client.post(SEND, {"record": json.dumps(record), **files})


def handed_in(client: Client, venue: Venue, officer: Officer, **facts: object) -> Inspection:
    answer = sent(client, told(venue, officer, **facts))
    assert answer.status_code == 201, answer.content
    return Inspection.objects.get(pk=answer.json()["id"])


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_round_is_planned_by_risk_and_by_lot(
    officer_client: Client, officer: Officer, venue: Venue, commune: Unit, make_venue: MakeVenue
) -> None:
    others = [make_venue(commune, f"Quán {n}", lat=16.4 + n / 100) for n in range(3)]
    make_sign(make_run(), others[1])
    assert "Chưa có đợt kiểm tra nào" in text_of(officer_client, HOME)
    found = planned(officer_client, officer)
    own = f"{HOME}{found.pk}/"
    assert "Đợt chưa có địa điểm" in text_of(officer_client, own)
    ranked = text_of(officer_client, f"{own}choose/")
    assert ranked.index(f'value="{others[1].pk}"') < ranked.index(f'value="{venue.pk}"')
    assert "độ tin cậy × 40" in ranked
    assert "Không có địa điểm nào khớp" in text_of(officer_client, f"{own}choose/?q=khong+co")
    officer_client.post(f"{own}choose/", {"venue": [others[1].pk, "x", venue.pk]})
    officer_client.post(f"{own}draw/", {"count": 1, "seed": "hạt giống"})
    page = text_of(officer_client, own)
    assert page.count("Chưa kiểm tra") == 3
    assert "Bốc lại ra đúng kết quả này" in page
    stop = found.stops.get(venue=venue)
    officer_client.post(f"{own}stops/{stop.pk}/drop/", {"words": "Đang sửa chữa"})
    assert "Đang sửa chữa" in text_of(officer_client, own)
    assert officer_client.post(f"{own}draw/", {"count": 0}).status_code == 422
    officer_client.post(f"{own}end/", {"revision": 1, "state": "closed", "words": "Xong sớm"})
    assert "Xong sớm" in text_of(officer_client, own)
    assert officer_client.get(f"{own}stops/{stop.pk}/drop/").status_code == 405


def test_a_round_needs_sense_and_its_own_people(
    officer_client: Client, officer: Officer, other_commune: Unit, make_officer: MakeOfficer
) -> None:
    stranger = make_officer(Role.OFFICER, other_commune, "la")
    said = {
        "unit": officer.current_appointments()[0].unit_id,
        "title": "Đợt",
        "first_on": "2026-03-02",
        "last_on": "2026-03-01",
    }
    for more in ({"leader": officer.pk}, {"leader": stranger.pk, "last_on": "2026-03-05"}, {"last_on": "2026-03-05"}):
        assert officer_client.post(f"{HOME}new/", {**said, **more}).status_code == 422
    found = planned(officer_client, officer)
    edit = {**said, "first_on": "2026-03-01", "leader": officer.pk, "title": "Tên mới", "revision": 1}
    assert officer_client.post(f"{HOME}{found.pk}/edit/", edit).status_code == 302
    late = officer_client.post(f"{HOME}{found.pk}/edit/", edit)
    assert (late.status_code, "vừa được người khác cập nhật" in late.content.decode()) == (422, True)


def test_the_phone_takes_along_what_it_needs_and_hands_a_record_in_once(
    officer_client: Client, officer: Officer, venue: Venue
) -> None:
    found = planned(officer_client, officer, venue=venue)
    pack = officer_client.get(f"{HOME}field/pack/").json()
    (stop,) = pack["stops"]
    assert (stop["venue"]["name"], stop["codes"][0]["is_current"], pack["officer"]["id"]) == (
        "Chợ Thử",
        True,
        officer.pk,
    )
    assert set(pack["due"]) == {"1", "2", "3", "5", "7", "10", "15"}

    name = str(uuid4())
    finding = {"finding": "wrong_size", "words": "Mã 6 cm", "pictures": [name]}
    record = told(venue, officer, stop=stop["stop"], findings=[finding])
    first = sent(officer_client, record, **{name: photo()})
    again = sent(officer_client, record, **{name: photo()})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    kept = Inspection.objects.get()
    assert (kept.stop_id, kept.client_id) == (stop["stop"], kept.client_id)
    picture = kept.pictures.get()
    shown = officer_client.get(f"{HOME}pictures/{picture.pk}.jpg")
    assert not Image.open(io.BytesIO(shown.content)).getexif()

    other = sent(officer_client, {**record, "words": "khác"}, **{name: photo()})
    assert (other.status_code, other.json()["conflict"], other.json()["found"]["id"]) == (409, "content", kept.pk)
    second = told(venue, officer, stop=stop["stop"])
    assert sent(officer_client, second).json()["conflict"] == "already"
    assert sent(officer_client, {**second, "beside": True}).status_code == 201
    assert sent(officer_client, told(venue, officer, pictures=["missing"])).status_code == 422
    assert (
        sent(officer_client, told(venue, officer, inspector_signature=None))
        .json()["refused"]
        .startswith("Biên bản thiếu chữ ký")
    )
    assert officer_client.post(SEND, {"record": "{"}).status_code == 422
    assert "1 trong 1 địa điểm" in text_of(officer_client, HOME)
    assert officer_client.get(f"{HOME}field/pack/").json()["stops"][0]["done"]["id"] == kept.pk
    assert found.stops.get().inspections.get() == kept


def test_the_checklist_opens_without_a_session_and_says_nothing_of_anybody(
    client: Client, officer_client: Client, venue: Venue
) -> None:
    page = text_of(officer_client, f"{HOME}field/")
    assert client.get(f"{HOME}field/").status_code == 302
    shell = text_of(client, f"{HOME}field/shell/vi/")
    assert "Ký xong, gửi" in shell
    assert "Signed, send it" in text_of(client, f"{HOME}field/shell/en/")
    assert venue.name not in shell + page
    assert client.get(f"{HOME}field/app-vi.webmanifest").json()["start_url"] == f"{HOME}field/"
    assert client.get(f"{HOME}field/shell/fr/").status_code == 404


def test_a_record_is_seen_within_its_area_and_names_by_who_inspects_there(
    officer_client: Client,
    officer: Officer,
    venue: Venue,
    make_officer: MakeOfficer,
    other_commune: Unit,
    province: Unit,
    signed_in: SignIn,
) -> None:
    found = handed_in(officer_client, venue, officer)
    own = f"{HOME}records/{found.pk}/"
    page = text_of(officer_client, own)
    assert "Trần Thị Đại Diện" in page
    assert "data:image/svg+xml" in page
    assert AuditEntry.objects.filter(subject=f"inspection:{found.pk}", action="inspection.seen").exists()
    monitor = signed_in(make_officer(Role.MONITOR, province, "giamsat"))
    seen = text_of(monitor, own)
    assert ("Mã chỉ rộng 6 cm." in seen, "Trần Thị Đại Diện" in seen) == (True, False)
    assert monitor.get(f"{own}record.pdf").status_code == 403
    stranger = signed_in(make_officer(Role.OFFICER, other_commune, "la"))
    for address in (own, f"{own}record.pdf", f"{HOME}measures/pictures/1.jpg"):
        assert stranger.get(address).status_code == 404
    assert sent(stranger, told(venue, Officer.objects.get(username="la"))).status_code == 404
    assert stranger.post(f"{own}number/", {"number": "1"}).status_code == 404
    assert signed_in(make_officer(Role.AGENT, province, "tuvan")).get(own).status_code == 403


def test_a_record_gets_its_number_and_its_supplement(officer_client: Client, officer: Officer, venue: Venue) -> None:
    found = handed_in(officer_client, venue, officer)
    own = f"{HOME}records/{found.pk}/"
    assert officer_client.get(f"{own}record.pdf")["Content-Type"] == "application/pdf"
    assert "bản in là dự thảo" in text_of(officer_client, own)
    officer_client.post(f"{own}number/", {"number": "05/BB-KT"})
    assert officer_client.post(f"{own}number/", {"number": "06/BB-KT"}).status_code == 422
    assert officer_client.post(f"{own}supplement/", {"words": "ngắn"}).status_code == 422
    said = {"words": "Đo nhầm, mã rộng 16 cm", "withdrawn": [found.findings.get().pk], "finding": ""}
    page = officer_client.post(f"{own}supplement/", said, follow=True).content.decode()
    assert "<s>" in page
    assert "Không còn yêu cầu" in page
    made = found.supplements.get()
    assert officer_client.get(f"{own}supplements/{made.pk}.pdf").content.startswith(b"%PDF")


def test_the_owner_sees_signed_records_of_their_own_and_says_what_is_mended(
    officer_client: Client, officer: Officer, venue: Venue, owner_client: Client
) -> None:
    found = handed_in(officer_client, venue, officer)
    measure = found.measures.get()
    own = f"/owner/inspections/{found.pk}/"
    assert own in text_of(owner_client, f"/owner/{venue.pk}/")
    assert "Báo đã khắc phục" in text_of(owner_client, own)
    assert owner_client.get(f"{own}record.pdf").content.startswith(b"%PDF")
    stranger = client_of(make_person("+84905000009", "Người Lạ"))
    for address in (own, f"{own}record.pdf"):
        assert stranger.get(address).status_code == 404
    answer = f"/owner/measures/{measure.pk}/mended/"
    assert stranger.post(answer, {"revision": 1, "words": "Đã xong"}).status_code == 404
    assert owner_client.post(answer, {"revision": 1, "words": ""}).status_code == 422
    owner_client.post(answer, {"revision": 1, "words": "Đã in lại khổ A4", "pictures": [photo()]})
    waiting = text_of(officer_client, f"{HOME}measures/?tab=answered")
    assert "Chủ địa điểm báo đã khắc phục" in waiting
    picture = measure.events.get(kind="answered").pictures.get()
    assert officer_client.get(f"{HOME}measures/pictures/{picture.pk}.jpg").status_code == 200
    step = f"{HOME}measures/{measure.pk}/"
    officer_client.post(f"{step}return/", {"revision": 2, "words": "Chưa thấy ở cửa"})
    assert "Chưa thấy ở cửa" in text_of(owner_client, own)
    officer_client.post(f"{step}confirm/", {"revision": 3})
    assert officer_client.post(f"{step}lift/", {"revision": 3}).status_code == 404
    measure.refresh_from_db()
    assert measure.state == "mended"


def test_what_is_overdue_is_listed_and_lists_cost_the_same_however_long(
    commune: Unit,
    make_venue: MakeVenue,
    officer: Officer,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel("2026-03-11T02:00:00Z", tick=False):
        client = signed_in(officer)
        for name in ("Chợ Đông Ba", "=Quán Gạo", "Quán A", "Quán B"):
            handed_in(client, make_venue(commune, name), officer)
    with time_machine.travel("2026-03-20T02:00:00Z", tick=False):
        keep_measure_clocks(timezone.now())
        client = signed_in(officer)
        with django_assert_max_num_queries(14):
            page = text_of(client, f"{HOME}measures/")
        assert page.count("quá hạn 4 ngày làm việc") == 4
        with django_assert_max_num_queries(16):
            listed = text_of(client, f"{HOME}records/?q=cho+dong")
        assert ("Chợ Đông Ba" in listed, "Quán Gạo" in listed) == (True, False)
        assert "Không có biên bản nào khớp" in text_of(client, f"{HOME}records/?finding=none")
        exported = b"".join(client.get(f"{HOME}records/export.csv?q=gao"))
    rows = list(csv.reader(io.StringIO(exported.decode("utf-8-sig"))))
    assert (len(rows), rows[1][2]) == (2, "'=Quán Gạo")
    assert Measure.objects.exclude(overdue_at=None).count() == 4


def test_from_a_referral_to_an_answer_that_cites_the_record(
    officer_client: Client, officer: Officer, venue: Venue, province: Unit, make_officer: MakeOfficer
) -> None:
    referral = refer(
        venue,
        make_officer(Role.MONITOR, province, "giamsat"),
        Suspicion("observation", evidence="Không thấy bảng"),
        at=timezone.now() - dt.timedelta(hours=1),
    )
    page = f"/officer/referrals/{referral.pk}/"
    assert f"{HOME}new/?referral={referral.pk}" in text_of(officer_client, page)
    assert venue.name in text_of(officer_client, f"{HOME}new/?referral={referral.pk}")
    found = planned(officer_client, officer, referral=referral.pk)
    stop = found.stops.get()
    assert (stop.chosen_by, stop.source) == ("referral", f"referral:{referral.pk}")
    kept = handed_in(officer_client, venue, officer, stop=stop.pk)
    answered = text_of(officer_client, page)
    assert f"biên bản inspection:{kept.pk}" in answered
    assert f"{HOME}records/{kept.pk}/" in answered
    venue.refresh_from_db()
    assert venue.status == VenueStatus.APPROVED
    again = planned(officer_client, officer, again=kept.pk)
    assert again.stops.get().source == f"inspection:{kept.pk}"
    assert f"{HOME}records/{kept.pk}/" in text_of(officer_client, f"/officer/venues/{venue.pk}/")


def test_signatures_and_names_are_no_part_of_what_an_owner_is_shown_as_data(
    owner: Person, owner_client: Client, officer_client: Client, officer: Officer, venue: Venue
) -> None:
    found = handed_in(officer_client, venue, officer, representative_signature=SIGNED)
    page = text_of(owner_client, f"/owner/inspections/{found.pk}/")
    assert "Trần Thị Đại Diện" not in page
    assert owner.pk == venue.owner_id
