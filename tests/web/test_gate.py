"""A gate through HTTP: enrolling, what it takes and refuses, undoing, and that no card's text stays anywhere."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
import uuid_utils
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg import sql

from dauchan.people.models import Credential, Identity, Person
from dauchan.qr import make_card_code, make_personal_code
from dauchan.units.models import Unit
from dauchan.venues.actions import code_of
from dauchan.venues.models import GateDevice, GateInvitation, Venue
from dauchan.visits.models import CheckIn, CheckOut, ScanAttempt, Visit
from dauchan.visits.registry import Assurance, AttemptReason, Closer, Source
from tests.web.conftest import MakeVenue, client_of, make_person

pytestmark = pytest.mark.django_db

ID_CARD = "046090012345|191234567|Trần Thị Thử|02091990|Nữ|12 Lê Lợi, Vĩnh Ninh, Thành phố Huế, Thừa Thiên Huế|15042021"
# What a hand scanner types for "Trương": GLOSSARY, section 3.
GARBLED = "046090012345|191234567|Tr0198017601980161ng Thu|02091990|Nu|12 Le Loi, Hue|15042021"
ID_CARD_2024 = "046090012345||Trần Thị Thử|02091990|Nữ|12 Lê Lợi, Huế|15042025||Trần Văn Cha|Lê Thị Mẹ|"
NATIONAL = "001093029317|NGUYEN LE KHA HAN|1987-01-18|0|162979388586171100|<1<<<"
OLD_INSURANCE = (
    "GD4464600000001|5472e1baa76e205468e1bb8b205468e1bbad|02/09/1990|2|5068c6b0e1bb9d6e672056c4a96e68204e696e68"
    "|46 - 001|01/01/2021|-|05/01/2021|46014600000001|-|4| 01/01/2025|0123456789abcdef-7102|$"
)
NEW_INSURANCE = (
    "4600000001|5472e1baa76e205468e1bb8b205468e1bbad|02/09/1990|2|-|46 - 001|01/05/2021|-|05/05/2021|46014600000001|-|4"
    "| 01/01/2025|0123456789abcdef-7102|4|5068c6b0e1bb9d6e672056c4a96e68204e696e68|$"
)


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


@pytest.fixture
def gate(venue: Venue, owner_client: Client) -> Client:
    return enrolled(venue, owner_client)


@pytest.fixture
def visitor() -> Person:
    return make_person("+84905111222", "Lê Thị Khách")


def invited(venue: Venue, owner_client: Client, name: str = "Cổng trước") -> str:
    page = owner_client.post(f"/owner/{venue.pk}/gates/", {"name": name})
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.content.decode())
    assert code is not None, page.content.decode()
    return code[0]


def enrolled(venue: Venue, owner_client: Client) -> Client:
    device = Client()
    answer = device.post("/gate/enrol/", {"code": invited(venue, owner_client)})
    assert answer.status_code == 302
    return device


def new_id() -> str:
    return str(uuid_utils.uuid7())


def scan(gate: Client, text: str, direction: str = "in", scan_id: str = "") -> dict[str, Any]:
    body = {"scan_id": scan_id or new_id(), "direction": direction, "text": text}
    answer: dict[str, Any] = gate.post("/gate/scan/", body).json()
    return answer


def personal_code(person: Person) -> str:
    return make_personal_code(person.pk, int(timezone.now().timestamp()), settings.CARD_KEYS)


def test_a_code_enrols_one_device_once(venue: Venue, owner_client: Client) -> None:
    code = invited(venue, owner_client)
    device = Client()
    answer = device.post("/gate/enrol/", {"code": code.lower()})
    cookie = answer.cookies["dauchan_gate"]
    assert cookie["httponly"]
    assert cookie["path"] == "/gate/"
    assert "Chợ Thử" in device.get("/gate/").content.decode()
    again = Client().post("/gate/enrol/", {"code": code})
    assert again.status_code == 422
    assert "đã dùng hoặc đã hết hạn" in again.content.decode()
    assert "Cổng trước" in owner_client.get(f"/owner/{venue.pk}/gates/").content.decode()


def test_a_code_is_good_for_ten_minutes(venue: Venue, owner_client: Client) -> None:
    code = invited(venue, owner_client)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=10, seconds=1)):
        assert Client().post("/gate/enrol/", {"code": code}).status_code == 422
    assert not GateDevice.objects.exists()


def test_codes_cannot_be_guessed_for_long(venue: Venue, owner_client: Client) -> None:
    code = invited(venue, owner_client)
    for _ in range(30):
        assert Client().post("/gate/enrol/", {"code": "0000-0000"}).status_code == 422
    assert Client().post("/gate/enrol/", {"code": code}).status_code == 422


def test_only_the_owner_sees_and_makes_gates(venue: Venue, visitor: Person) -> None:
    stranger = client_of(visitor)
    assert stranger.get(f"/owner/{venue.pk}/gates/").status_code == 404
    assert stranger.post(f"/owner/{venue.pk}/gates/", {"name": "Trộm"}).status_code == 404
    assert not GateInvitation.objects.exists()


def test_a_pending_venue_has_no_gates(make_venue: MakeVenue, commune: Unit, owner_client: Client) -> None:
    venue = make_venue(commune, approved=False)
    assert owner_client.post(f"/owner/{venue.pk}/gates/", {"name": "Cổng"}).status_code == 422
    assert not GateInvitation.objects.exists()


def test_a_revoked_device_records_nothing(venue: Venue, owner_client: Client, gate: Client, visitor: Person) -> None:
    device = GateDevice.objects.get()
    owner_client.post(f"/owner/{venue.pk}/gates/{device.pk}/revoke/")
    body = {"scan_id": new_id(), "direction": "in", "text": personal_code(visitor)}
    answer = gate.post("/gate/scan/", body)
    assert (answer.status_code, answer.json()["reason"]) == (401, "unknown_device")
    assert gate.get("/gate/").headers["Location"] == "/gate/enrol/"
    assert not CheckIn.objects.exists()


def test_a_personal_code_goes_in_and_out(venue: Venue, gate: Client, visitor: Person) -> None:
    answer = scan(gate, personal_code(visitor))
    assert (answer["tone"], answer["word"], answer["who"]) == ("good", "Mời vào", "L••• T••• Khách 090•••••22")
    assert (answer["inside"], answer["entries"], answer["exits"]) == (1, 1, 0)
    entry = CheckIn.objects.get()
    assert (entry.person_id, entry.venue_id, entry.device_id) == (visitor.pk, venue.pk, GateDevice.objects.get().pk)
    assert (entry.source, entry.assurance) == (Source.GATE, Assurance.PHONE)
    answer = scan(gate, personal_code(visitor), "out")
    assert (answer["tone"], answer["word"]) == ("good", "Đã ra")
    assert (answer["inside"], answer["entries"], answer["exits"]) == (0, 1, 1)
    assert Visit.objects.get().left_by == Closer.GATE


def test_case_14_a_screenshot_after_a_minute_is_red_with_its_reason(gate: Client, visitor: Person) -> None:
    code = personal_code(visitor)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=61)):
        answer = scan(gate, code)
    assert (answer["tone"], answer["reason"]) == ("critical", "expired")
    assert "ảnh chụp màn hình" in answer["sentence"]
    assert not CheckIn.objects.exists()


def test_case_14_a_forged_code_is_red_and_kept_as_an_attempt(gate: Client, visitor: Person) -> None:
    code = personal_code(visitor)
    answer = scan(gate, code[:-3] + ("AAA" if code[-3:] != "AAA" else "BBB"))
    assert (answer["tone"], answer["reason"]) == ("critical", "bad_signature")
    attempt = ScanAttempt.objects.get()
    assert (attempt.reason, attempt.source) == (AttemptReason.FORGED, Source.GATE)


@pytest.mark.parametrize(
    ("text", "assurance", "who"),
    [
        (ID_CARD, Assurance.CARD, "T••• T••• Thử ••••••012345"),
        (ID_CARD_2024, Assurance.CARD, "T••• T••• Thử ••••••012345"),
        (GARBLED, Assurance.CARD, "T••• Thu ••••••012345"),
        (OLD_INSURANCE, Assurance.CARD, "T••• T••• Thử ••••••0001"),
        (NEW_INSURANCE, Assurance.CARD, "T••• T••• Thử ••••••0001"),
        (NATIONAL, Assurance.CLAIMED, "N••• L••• K••• HAN ••••••029317"),
        ("0905 333 444", Assurance.CLAIMED, "090•••••44"),
    ],
)
def test_what_people_carry_is_taken_with_its_assurance(gate: Client, text: str, assurance: Assurance, who: str) -> None:
    answer = scan(gate, text)
    assert (answer["tone"], answer["who"]) == ("good", who)
    assert CheckIn.objects.get().assurance == assurance
    assert scan(gate, text, "out")["word"] == "Đã ra"


def test_a_card_stands_for_one_person_and_leaves_only_a_hash(gate: Client) -> None:
    scan(gate, ID_CARD)
    scan(gate, ID_CARD, "out")
    scan(gate, ID_CARD_2024)
    credential = Credential.objects.get()
    assert CheckIn.objects.values_list("person_id", flat=True).distinct().get() == credential.person_id
    assert not Identity.objects.filter(person=credential.person).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            planted = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ~ %s").format(sql.Identifier(table))
            cursor.execute(planted, ["046090012345|Trần Thị Thử"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_a_typed_number_is_the_person_who_later_signs_in_with_it(gate: Client) -> None:
    scan(gate, "0905333444")
    identity = Identity.objects.get(phone_hash__isnull=False, verified_at=None)
    assert make_person("+84905333444", "Lê Thị Sau").pk == identity.pk
    identity.refresh_from_db()
    assert identity.verified_at is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("vneid://abc", "vneid"),
        ("HC1:NCFOXN", "eu_certificate"),
        ("WIFI:S:quan;T:WPA;P:1234;;", "unknown_card"),
        ("02343 825 999", "not_mobile"),
        ("", "empty"),
        (make_card_code(5, settings.CARD_KEYS), "card_unknown"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(gate: Client, text: str, reason: str) -> None:
    answer = scan(gate, text)
    assert (answer["tone"], answer["reason"]) == ("critical", reason)
    assert answer["sentence"]
    assert not CheckIn.objects.exists()


def test_refusals_speak_english(gate: Client) -> None:
    gate.cookies["dauchan_language"] = "en"
    assert "by hand" in scan(gate, "HC1:NCFOXN")["sentence"]


def test_a_repeated_request_changes_nothing(gate: Client, visitor: Person) -> None:
    code, first, second = personal_code(visitor), new_id(), new_id()
    assert [scan(gate, code, scan_id=first)["word"] for _ in range(2)] == ["Mời vào"] * 2
    assert [scan(gate, code, "out", second)["word"] for _ in range(2)] == ["Đã ra"] * 2
    assert (CheckIn.objects.count(), CheckOut.objects.count()) == (1, 1)


def test_who_is_inside_is_not_counted_twice_and_who_is_not_cannot_leave(gate: Client, visitor: Person) -> None:
    assert scan(gate, personal_code(visitor), "out")["reason"] == "not_inside"
    scan(gate, personal_code(visitor))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5)):
        answer = scan(gate, personal_code(visitor))
    assert (answer["tone"], answer["reason"]) == ("caution", "already_inside")
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize("direction", ["in", "out"])
def test_the_last_scan_is_taken_back(gate: Client, visitor: Person, direction: str) -> None:
    scan_id = new_id()
    if direction == "out":
        scan(gate, personal_code(visitor))
    assert scan(gate, personal_code(visitor), direction, scan_id)["can_undo"]
    body = {"scan_id": scan_id, "undo_id": new_id(), "direction": direction}
    answer = gate.post("/gate/undo/", body).json()
    assert (answer["tone"], answer["inside"]) == ("caution", 0 if direction == "in" else 1)
    if direction == "in":
        visit = Visit.objects.get()
        assert visit.ended_at == visit.entered_at


def test_a_gate_undoes_only_its_own_and_only_soon(
    venue: Venue, owner_client: Client, gate: Client, visitor: Person
) -> None:
    scan_id = new_id()
    scan(gate, personal_code(visitor), scan_id=scan_id)
    body = {"scan_id": scan_id, "undo_id": new_id(), "direction": "in"}
    assert enrolled(venue, owner_client).post("/gate/undo/", body).json()["reason"] == "nothing_to_undo"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert gate.post("/gate/undo/", body).json()["reason"] == "nothing_to_undo"


def test_a_full_place_is_said(venue: Venue, owner_client: Client, gate: Client, visitor: Person) -> None:
    assert owner_client.post(f"/owner/{venue.pk}/gates/capacity/", {"capacity": "-1"}).status_code == 422
    owner_client.post(f"/owner/{venue.pk}/gates/capacity/", {"capacity": "2"})
    assert scan(gate, personal_code(visitor))["fullness"] == "nearly"
    assert scan(gate, ID_CARD)["fullness"] == "full"
    late = owner_client.post(f"/owner/{venue.pk}/gates/capacity/", {"capacity": "9", "seen": "read-before"})
    assert (late.status_code, "Người khác vừa sửa" in late.content.decode()) == (422, True)


@pytest.mark.parametrize(("capacity", "warned_at"), [(1, 1), (3, 2), (9, 8), (10, 9), (20, 18), (25, 23), (100, 90)])
def test_the_warning_comes_before_a_place_is_full(
    venue: Venue, owner_client: Client, gate: Client, capacity: int, warned_at: int
) -> None:
    owner_client.post(f"/owner/{venue.pk}/gates/capacity/", {"capacity": str(capacity)})

    said = [scan(gate, f"0905 200 {number:03}") for number in range(capacity + 1)]

    assert [answer["inside"] for answer in said] == list(range(1, capacity + 2))
    nearly, full = ([one["inside"] for one in said if one["fullness"] == word] for word in ("nearly", "full"))
    assert (nearly, full) == (list(range(warned_at, capacity)), [capacity, capacity + 1])


def test_the_gate_s_page_warns_of_parties_at_the_poster_and_stops_when_they_leave(
    venue: Venue, owner_client: Client, gate: Client, visitor: Person
) -> None:
    def warnings() -> list[str]:
        return re.findall(r'data-gate-full="(\w+)">', gate.get("/gate/").content.decode())

    owner_client.post(f"/owner/{venue.pk}/gates/capacity/", {"capacity": "20"})
    scan(gate, "0905 200 001")
    client_of(visitor).post("/visitor/check-in/", {"code": code_of(venue.posters.get()), "party": "16"})
    assert warnings() == []
    scan(gate, "0905 200 002")
    assert warnings() == ["nearly"]
    scan(gate, "0905 200 003")
    assert warnings() == ["nearly"]
    scan(gate, "0905 200 004")
    assert warnings() == ["full"]
    for number in (2, 3, 4):
        scan(gate, f"0905 200 00{number}", "out")
    assert warnings() == []


def test_a_visitor_s_code_page_needs_a_sign_in_and_is_kept_nowhere(visitor: Person) -> None:
    assert Client().get("/me/code/").status_code == 302
    page = client_of(visitor).get("/me/code/")
    assert "<svg" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    picture = client_of(visitor).get("/me/code.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
