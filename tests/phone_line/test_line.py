"""The telephone line through its HTTP interface."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from dauchan.door.clock import timing
from dauchan.people.actions import has_consented, person_with_phone, withdraw_consent
from dauchan.people.models import Consent, Identity, Person
from dauchan.units.models import Unit
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.models import CheckIn, CheckOut, ScanAttempt, Visit
from dauchan.visits.registry import Assurance, AttemptReason, Label, Source
from dauchan.web.phone_line.answering import Incoming
from dauchan.web.phone_line.asked import Asked, Wish
from dauchan.web.phone_line.limits import MESSAGES, WRONG_CODES
from dauchan.web.phone_line.signatures import SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_SECONDS, signed_headers
from dauchan.web.visitor.check_in import new_id
from tests.phone_line.conftest import NEXT_SECRET, SECRET, call, message, posted, signed, text
from tests.web.conftest import MakeVenue

pytestmark = pytest.mark.django_db
MESSAGE_PATH, CALL_PATH = "/api/v1/phone-line/messages", "/api/v1/phone-line/calls"


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune)


@pytest.fixture
def short(venue: Venue) -> str:
    return venue.posters.get().short_code


# In and out


def test_a_text_message_checks_in_and_another_checks_out(venue: Venue, short: str) -> None:
    told = text(f"vào {short.lower().replace('-', ' ')} 3")
    assert told["outcome"] == "recorded"
    assert "Chợ Thử" in told["reply"]["text"]
    row = CheckIn.objects.get()
    assert (row.venue_id, row.source, row.assurance, row.party) == (venue.pk, Source.TEXT, Assurance.CLAIMED, 3)
    person = person_with_phone("+84905123456")
    assert person is not None
    assert row.person_id == person.pk
    assert text("RA")["outcome"] == "left"
    assert Visit.objects.get().left_at is not None
    assert text("RA")["outcome"] == "not_inside"


def test_look_alike_letters_and_digits_of_the_line_are_read_too(venue: Venue, short: str) -> None:
    assert text(short.replace("0", "O").replace("1", "l"))["outcome"] == "recorded"
    assert text(line_code_of(venue.pk), "0905123457")["outcome"] == "recorded"
    assert CheckIn.objects.filter(venue=venue, poster_version=1).count() == 2


def test_a_call_is_greeted_and_checks_in_and_out_by_keys(venue: Venue) -> None:
    assert (call("")["outcome"], call("")["next"]) == ("greeting", "listen")
    told = call(f"{line_code_of(venue.pk).replace(' ', '')}*2#", "+842343823456")  # a landline
    assert (told["outcome"], told["next"]) == ("recorded", "hang_up")
    assert "bấm 0" in told["reply"]["text"]
    row = CheckIn.objects.get()
    assert (row.source, row.assurance, row.party) == (Source.CALL, Assurance.CLAIMED, 2)
    assert call("0#", "+842343823456")["outcome"] == "left"


def test_a_claim_ends_only_what_a_claim_began(venue: Venue, owner: Person) -> None:
    """Whoever forges a caller's number does not end the visits that their phone recorded."""
    record_check_in(PageScan(new_id(), owner.pk, venue.pk, 1, timezone.now(), Source.POSTER))
    assert text("RA", "0905000001")["outcome"] == "not_inside"
    assert not CheckOut.objects.exists()


def test_help_and_what_is_not_understood(venue: Venue) -> None:
    assert text("TRO GIUP")["outcome"] == "help"
    assert text("chào bạn nhé")["outcome"] == "unclear"
    assert call("*#")["next"] == "listen"
    assert not Person.objects.exclude(venues__isnull=False).exists()


# States of the venue, and failures


@pytest.mark.parametrize(
    ("status", "outcome", "label"),
    [
        (VenueStatus.SUSPENDED, "recorded_suspended", Label.VENUE_SUSPENDED),
        (VenueStatus.CLOSED, "recorded_closed", Label.VENUE_CLOSED),
    ],
)
def test_a_suspended_or_closed_venue_is_recorded_and_said(
    venue: Venue, short: str, status: str, outcome: str, label: Label
) -> None:
    Venue.objects.filter(pk=venue.pk).update(status=status)
    assert text(short)["outcome"] == outcome
    assert CheckIn.objects.get().labels & label


def test_failed_ones_are_kept_with_their_reason_and_make_nobody(
    make_venue: MakeVenue, commune: Unit, venue: Venue
) -> None:
    waiting = make_venue(commune, "Chợ Chờ", approved=False)
    wanted = {
        "VAO 1234": ("mistyped", AttemptReason.UNREADABLE),
        line_code_of(9_999_999): ("venue_unknown", AttemptReason.VENUE_UNKNOWN),
        line_code_of(waiting.pk): ("venue_not_open", AttemptReason.VENUE_NOT_OPEN),
        "RA": ("not_inside", AttemptReason.NOT_INSIDE),
    }
    for words, (outcome, reason) in wanted.items():
        assert text(words)["outcome"] == outcome
        assert ScanAttempt.objects.order_by("-received_at")[0].reason == reason
    assert set(ScanAttempt.objects.values_list("source", "person_id")) == {(Source.TEXT, None)}
    assert person_with_phone("+84905123456") is None


def test_a_shelter_is_recorded_and_never_named(make_venue: MakeVenue, commune: Unit) -> None:
    shelter = make_venue(commune, "Nhà tạm lánh Thử", sensitive=True)
    told = text(shelter.posters.get().short_code)
    assert told["outcome"] == "recorded"
    assert "Nhà tạm lánh" not in json.dumps(told, ensure_ascii=False)
    assert "Nha tam lanh" not in json.dumps(told)


def test_nothing_that_was_written_comes_back(short: str) -> None:
    for words in ("xin mời vào http://evil.example/trung-thuong", f"VAO {short} <b>", "VAO TRUNG1TY"):
        reply = text(words)["reply"]
        assert all(word.lower() not in json.dumps(reply).lower() for word in ("evil", "<b>", "trung"))


# Time


def test_what_came_late_is_labelled_and_what_is_too_old_is_refused(short: str) -> None:
    now = timezone.now()
    assert text(short, received_at=(now - dt.timedelta(hours=1)).isoformat())["outcome"] == "recorded"
    assert CheckIn.objects.get().labels & Label.OFFLINE
    assert text(short, received_at=(now - dt.timedelta(days=22)).isoformat())["outcome"] == "too_old"
    assert text(short, received_at="0001-01-01T00:00:00Z")["outcome"] == "too_old"
    assert text(short, received_at="9999-01-01T00:00:00Z")["outcome"] == "recorded"
    assert CheckIn.objects.count() == 2


@pytest.mark.parametrize("seconds", [-100_000, -3600, -121, -119, -1, 0, 80, 100, 9000])
def test_labels_of_time_are_those_of_the_door(seconds: int) -> None:
    now = dt.datetime(2026, 3, 10, 5, 0, tzinfo=dt.UTC)
    sent_at = now + dt.timedelta(seconds=seconds)
    incoming = Incoming("1", "+84905123456", Source.TEXT, Asked(Wish.HELP), sent_at, now)
    micros = int(now.timestamp() * 1_000_000)
    at_the_door = timing(micros + seconds * 1_000_000, None, micros)
    assert incoming.labels == at_the_door.labels
    assert int(incoming.at.timestamp() * 1_000_000) == at_the_door.at


# Once


def test_the_same_message_again_gets_the_first_answer_and_counts_once(venue: Venue, short: str) -> None:
    said = message("0905123456", text=short)
    first = signed(MESSAGE_PATH, said).json()
    Venue.objects.filter(pk=venue.pk).update(status=VenueStatus.SUSPENDED)
    assert [signed(MESSAGE_PATH, said).json() for _ in range(20)] == [first] * 20
    assert CheckIn.objects.count() == 1


def test_a_repetition_counts_once_also_when_the_answer_was_forgotten(short: str) -> None:
    from django.core.cache import cache

    said = message("0905123456", text=short)
    outcomes = []
    for _ in range(3):
        outcomes.append(signed(MESSAGE_PATH, said).json()["outcome"])
        cache.clear()
    assert outcomes == ["recorded"] * 3
    assert CheckIn.objects.count() == 1


# Whose it is


def test_the_first_answer_tells_of_the_notice_and_the_next_ones_do_not(short: str) -> None:
    assert "/visitor/notice/" in text(short)["reply"]["plain"]
    assert "/visitor/notice/" not in text(short)["reply"]["plain"]
    person = person_with_phone("+84905123456")
    assert person is not None
    assert Consent.objects.get(person=person).notice_version == "2026-1-line"
    assert not has_consented(person)  # the whole notice is agreed to when they sign in
    assert Identity.objects.get(person=person).verified_at is None


def test_who_took_consent_back_is_not_recorded(owner: Person, short: str) -> None:
    withdraw_consent(owner)
    assert text(short, "0905000001")["outcome"] == "consent_withdrawn"
    assert not CheckIn.objects.exists()
    assert not ScanAttempt.objects.exists()


@pytest.mark.parametrize("sender", ["", "anonymous", "VIETTEL", "1900 1075", "+15005550006", "0905"])
def test_a_number_that_cannot_be_told_apart_is_never_written_to(short: str, sender: str) -> None:
    told = text(short, sender)
    assert (told["outcome"], told["reply"]) == ("no_number", None)
    assert not CheckIn.objects.exists()
    assert call("", sender)["next"] == "hang_up"


# Limits


def test_one_number_is_told_once_that_it_writes_too_often_and_then_not_answered(short: str) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 10, 5, 1, tzinfo=dt.UTC), tick=False):
        for _ in range(MESSAGES.most):
            assert text("TRO GIUP")["outcome"] == "help"
        told = [text("TRO GIUP") for _ in range(3)]
    assert [one["outcome"] for one in told] == ["too_many"] * 3
    assert [bool(one["reply"]) for one in told] == [True, False, False]
    assert text(short, "0905123457")["outcome"] == "recorded"


def test_codes_are_not_guessed_by_calling_all_day(venue: Venue) -> None:
    start = dt.datetime(2026, 3, 10, 5, 0, tzinfo=dt.UTC)
    outcomes = []
    for tenth in range(6):
        with time_machine.travel(start + dt.timedelta(minutes=10 * tenth), tick=False):
            outcomes += [call("12345671#")["outcome"] for _ in range(3)]
    assert outcomes[: WRONG_CODES.most] == ["mistyped"] * WRONG_CODES.most
    assert set(outcomes[WRONG_CODES.most :]) == {"too_many"}


# The signature


def test_either_secret_is_good_and_nothing_else(short: str) -> None:
    said = message("0905123456", text=short)
    assert signed(MESSAGE_PATH, said, NEXT_SECRET).status_code == 200
    assert signed(MESSAGE_PATH, said, b"of somebody else, thirty-two byt").status_code == 401
    body, now = json.dumps(said).encode(), int(timezone.now().timestamp())
    good = signed_headers(body, SECRET, now)
    assert posted(MESSAGE_PATH, body).status_code == 401
    assert posted(MESSAGE_PATH, body + b" ", **good).status_code == 401
    assert posted(MESSAGE_PATH, body, **{**good, TIMESTAMP_HEADER: str(now + 1)}).status_code == 401
    for nonsense in ("", "x", "sha256=", "sha256=\u0110", good[SIGNATURE_HEADER].upper()):
        assert posted(MESSAGE_PATH, body, **{**good, SIGNATURE_HEADER: nonsense}).status_code == 401
    for nonsense in ("", "x", "-1", "9" * 400, "\u0661"):
        assert posted(MESSAGE_PATH, body, **{**good, TIMESTAMP_HEADER: nonsense}).status_code == 401


def test_a_stolen_request_soon_is_worth_nothing(short: str) -> None:
    body = json.dumps(message("0905123456", text=short)).encode()
    for away in (WINDOW_SECONDS + 5, -WINDOW_SECONDS - 5):
        headers = signed_headers(body, SECRET, int(timezone.now().timestamp()) + away)
        assert posted(MESSAGE_PATH, body, **headers).status_code == 401
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"from": None},
        {"received_at": "2026-01-01T00:00:00"},
        {"received_at": "yesterday"},
        {"message_id": ""},
        {"message_id": "x" * 101},
        {"text": "x" * 2001},
        {"text": 7},
    ],
)
def test_what_is_not_described_is_a_bad_request(change: dict[str, object]) -> None:
    answer = signed(MESSAGE_PATH, message("0905123456", text="RA") | change)
    assert (answer.status_code, answer.json()["reason"]) == (400, "bad_request")
    assert answer["Content-Type"] == "application/problem+json"


def test_keys_are_keys_and_a_body_is_small() -> None:
    assert signed(CALL_PATH, message("0905123456", keys="12a#")).status_code == 400
    assert signed(CALL_PATH, message("0905123456", keys="1" * 41)).status_code == 400
    assert signed(MESSAGE_PATH, message("0905123456", text="x" * 10_000)).status_code == 413
    assert posted(MESSAGE_PATH, b"\xff\xfe{").status_code == 401


def test_without_a_line_there_is_no_interface(settings: Settings, short: str) -> None:
    settings.PHONE_LINE = ""
    assert signed(MESSAGE_PATH, message("0905123456", text=short)).status_code == 404
    assert signed(CALL_PATH, message("0905123456", keys="")).status_code == 404


def test_it_is_described() -> None:
    told = Client().get("/api/v1/phone-line/openapi.json").json()
    assert set(told["paths"]) == {MESSAGE_PATH, CALL_PATH}
    assert told["openapi"].startswith("3.1")
    sent = told["components"]["schemas"]["TextMessage"]
    assert set(sent["required"]) == {"message_id", "from", "received_at", "text"}
