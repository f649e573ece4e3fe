"""A visitor signs in by phone, checks in, reads their diary, leaves."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from dauchan.people.actions import has_consented, person_with_phone, withdraw_consent
from dauchan.people.models import Consent, Person, PhoneCode
from dauchan.qr import read_person_token
from dauchan.qr.tokens import open_person_token
from dauchan.venues.actions import code_of
from dauchan.venues.models import Venue, VenueStatus
from dauchan.visits.console_scans import PageScan, record_check_in
from dauchan.visits.models import CheckIn, CheckOut, ScanAttempt, Visit
from dauchan.visits.registry import Assurance, Closer, Label, Source
from dauchan.web.layout.assets import entry
from dauchan.web.middleware import PERSON_KEY
from dauchan.web.visitor.check_in import new_id
from dauchan.web.visitor.session import SIGNED_IN_SECONDS, mark_of
from tests.web.conftest import client_of, make_person

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import Settings

    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeVenue, SignIn

PHONE = "0905 000 007"
E164 = "+84905000007"
NAME = "Nguyễn Văn Thử"
SIGN_IN = "/visitor/sign-in/"
CODE = "/visitor/sign-in/code/"
CONSENT = "/visitor/sign-in/consent/"
WHO = "/visitor/sign-in/name/"
DIARY = "/me/"


@pytest.fixture
def venue(make_venue: MakeVenue, commune: Unit) -> Venue:
    return make_venue(commune, "Chợ Thử", phone="0234 3822 222")


@pytest.fixture
def code(venue: Venue) -> str:
    return code_of(venue.posters.get())


@pytest.fixture
def person(db: None) -> Person:
    return make_person(E164, NAME)


def text_of(answer: Answer) -> str:
    return unescape(answer.content.decode())


def shown_code(client: Client) -> str:
    """The code that a demonstration shows on the screen."""
    page = text_of(client.get(CODE))
    assert "Bản trình diễn: tin nhắn không được gửi đi. Mã của bạn là" in page
    found = re.search(r'<strong class="mono">(\d{6})</strong>', page)
    assert found is not None
    return found[1]


def prove_phone(client: Client, back: str = "") -> Answer:
    client.post(f"{SIGN_IN}?next={back}", {"phone": PHONE})
    answer = client.post(CODE, {"code": shown_code(client)})
    named = client.post(WHO, {"full_name": NAME})  # asked of who is known, in a browser nobody knows
    return answer if named.headers["Location"] in {CONSENT, SIGN_IN} else named


def visit_at(venue: Venue, person: Person, entered_at: dt.datetime, party: int = 1) -> uuid.UUID:
    identifier = new_id()
    assert record_check_in(PageScan(identifier, person.pk, venue.pk, 1, entered_at, Source.POSTER, party)) is None
    return identifier


# Signing in


def test_first_use_asks_for_number_code_consent_and_name(client: Client, db: None) -> None:
    answer = client.post(SIGN_IN, {"phone": PHONE})
    assert answer.headers["Location"] == CODE
    assert "0905 000 007" in text_of(client.get(CODE))
    answer = client.post(CODE, {"code": shown_code(client)})
    assert answer.headers["Location"] == CONSENT
    assert Person.objects.count() == 0
    page = text_of(client.get(CONSENT))
    for said in ("21 ngày", "91/2025/QH15", "mã hóa", "rút lại đồng ý"):
        assert said in page, said
    answer = client.post(CONSENT, {"full_name": f"  {NAME} ", "consent": "on"})
    assert answer.headers["Location"] == DIARY
    person = person_with_phone(E164)
    assert person is not None
    assert person.identity.full_name == NAME
    assert client.session[PERSON_KEY] == person.pk
    assert Consent.objects.get().language == "vi"
    assert "Chưa có lượt nào" in text_of(client.get(DIARY))


def test_who_was_here_before_gives_number_code_and_in_a_new_browser_the_name(client: Client, person: Person) -> None:
    answer = prove_phone(client, "/me/account/")
    assert answer.headers["Location"] == "/me/account/"
    assert client.session[PERSON_KEY] == person.pk


def test_consent_must_be_marked_and_nothing_typed_is_lost(client: Client, db: None) -> None:
    prove_phone(client)
    answer = client.post(CONSENT, {"full_name": NAME})
    assert answer.status_code == 422
    assert "Cần đánh dấu đồng ý" in text_of(answer)
    assert f'value="{NAME}"' in text_of(answer)
    assert Person.objects.count() == 0


@pytest.mark.parametrize("name", ["-Thử", "O'Thử", "Y", "Nguyễn 2", "Ng.Thị-Thử"])
def test_a_name_is_what_its_bearer_says(client: Client, db: None, name: str) -> None:
    prove_phone(client)
    client.post(CONSENT, {"full_name": name, "consent": "on"})
    person = person_with_phone(E164)
    assert person is not None
    assert person.identity.full_name == name


@pytest.mark.parametrize("name", ["", "   ", "123", "x" * 81])
def test_what_is_no_name_is_refused(client: Client, db: None, name: str) -> None:
    prove_phone(client)
    assert client.post(CONSENT, {"full_name": name, "consent": "on"}).status_code == 422
    assert Person.objects.count() == 0


def test_nobody_reaches_the_consent_without_the_code(client: Client, db: None) -> None:
    assert client.get(CONSENT).headers["Location"] == SIGN_IN
    client.post(SIGN_IN, {"phone": PHONE})
    assert client.post(CONSENT, {"full_name": NAME, "consent": "on"}).headers["Location"] == SIGN_IN
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"), [("", "trường này"), ("12", "thiếu chữ số"), ("abc", "chỉ gồm chữ số"), ("19001075", "tổng đài")]
)
def test_a_number_that_cannot_be_used_is_explained(client: Client, db: None, typed: str, said: str) -> None:
    answer = client.post(SIGN_IN, {"phone": typed})
    assert answer.status_code == 422
    assert said in text_of(answer).lower()
    assert PhoneCode.objects.count() == 0


def test_a_code_may_be_typed_in_groups(client: Client, db: None) -> None:
    client.post(SIGN_IN, {"phone": PHONE})
    code = shown_code(client)
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).headers["Location"] == CONSENT


def test_another_code_can_be_asked_for(client: Client, db: None) -> None:
    client.post(SIGN_IN, {"phone": PHONE})
    first = shown_code(client)
    answer = client.post("/visitor/sign-in/code/again/", follow=True)
    assert "Đã gửi mã mới" in text_of(answer)
    assert PhoneCode.objects.count() == 2
    second = shown_code(client)
    if first != second:
        assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": second}).headers["Location"] == CONSENT


def test_a_gateway_that_fails_is_said_in_words(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr("dauchan.people.sms.ScreenGateway.send", fail)
    answer = client.post(SIGN_IN, {"phone": PHONE})
    assert answer.status_code == 422
    assert "Chưa gửi được tin nhắn" in text_of(answer)
    assert f'value="{PHONE}"' in text_of(answer)


def test_too_many_codes_are_refused_in_words(client: Client, db: None) -> None:
    for _ in range(5):
        client.post(SIGN_IN, {"phone": PHONE})
    answer = client.post(SIGN_IN, {"phone": PHONE})
    assert answer.status_code == 422
    assert "Đã gửi quá nhiều mã" in text_of(answer)


def test_a_sign_in_under_way_ends_after_half_an_hour(client: Client, db: None) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC), tick=False) as clock:
        prove_phone(client)
        clock.shift(dt.timedelta(minutes=31))
        assert client.get(CONSENT).headers["Location"] == SIGN_IN


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, person: Person, back: str) -> None:
    assert prove_phone(client, back).headers["Location"] == DIARY


def test_the_session_s_key_changes_with_the_sign_in_and_lasts_180_days(client: Client, person: Person) -> None:
    client.post(SIGN_IN, {"phone": PHONE})
    before = client.session.session_key
    client.post(CODE, {"code": shown_code(client)})
    assert client.session.session_key != before
    client.post(WHO, {"full_name": NAME})
    assert client.session.get_expiry_age() == pytest.approx(SIGNED_IN_SECONDS, abs=60)
    assert not Client(headers={"Cookie": f"dauchan_session={before}"}).get(DIARY).content


def test_an_officer_s_session_stays_short(officer: Officer, signed_in: SignIn, person: Person) -> None:
    client = signed_in(officer)
    before = client.session.get_expiry_age()
    prove_phone(client)
    assert client.session.get_expiry_age() == before
    client.post("/visitor/sign-out/")
    assert PERSON_KEY not in client.session
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_no_personal_detail_stands_in_the_session(client: Client, db: None) -> None:
    client.post(SIGN_IN, {"phone": PHONE})
    kept = str(client.session.load())
    assert "905000007" not in kept.replace(" ", "")
    assert "phone_sign_in" in kept


def test_signing_out_ends_the_session(client: Client, person: Person) -> None:
    prove_phone(client)
    assert client.get("/visitor/sign-out/").status_code == 405
    client.post("/visitor/sign-out/")
    assert client.get(DIARY).status_code == 302
    assert client.get("/visitor/token").status_code == 401


def test_a_new_notice_asks_again_without_a_new_code(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(person)
    person.consents.update(notice_version="2025-1")
    assert client.get(DIARY).headers["Location"] == f"{SIGN_IN}?next=%2Fme%2F"
    assert client.get(f"{SIGN_IN}?next=/me/").headers["Location"] == CONSENT
    assert f'value="{NAME}"' in text_of(client.get(CONSENT))
    assert client.post(CONSENT, {"full_name": NAME, "consent": "on"}).headers["Location"] == DIARY
    assert has_consented(person)


# Looking up a code, the token


def test_the_camera_page_learns_name_address_and_state(client: Client, venue: Venue, code: str) -> None:
    short = venue.posters.get().short_code
    for text in (code, f"HTTP://TESTSERVER/Q/{code}".replace("TESTSERVER", "127.0.0.1:8000"), short, short.lower()):
        found = client.post("/visitor/venue", {"code": text}).json()
        assert found == {
            "code": code,
            "name": "Chợ Thử",
            "address": "12 Lê Thử, Phường Thuận Thử",
            "category": "Chợ",
            "status": "approved",
            "mode": "poster",
            "is_outdated": False,
            "lat": 16.46,
            "lon": 107.59,
        }


def test_of_a_sensitive_place_the_phone_learns_neither_hours_nor_position(
    client: Client, venue: Venue, code: str
) -> None:
    Venue.objects.filter(pk=venue.pk).update(opening_hours={"mon": [["07:00", "17:00"]]})
    assert client.post("/visitor/venue", {"code": code}).json()["hours"] == {"mon": [["07:00", "17:00"]]}
    assert 'data-lat="16.46"' in client.get(f"/q/{code}").content.decode()
    Venue.objects.filter(pk=venue.pk).update(sensitive=True)
    assert not {"hours", "lat", "lon"} & client.post("/visitor/venue", {"code": code}).json().keys()
    assert "data-lat" not in client.get(f"/q/{code}").content.decode()


@pytest.mark.parametrize(
    ("text", "reason", "attempt"),
    [
        ("https://evil.example/q/{code}", "not_ours", "foreign"),
        ("046090012345|191234567|Trần Thị Thử|02091990|Nữ|12 Lê Lợi|15042021", "malformed", "foreign"),
        ("ABCD-EFGH", "mistyped", ""),
        ("", "mistyped", ""),
        ("x" * 5000, "malformed", "foreign"),
    ],
)
def test_a_refusal_is_a_problem_with_its_reason(
    client: Client, code: str, text: str, reason: str, attempt: str
) -> None:
    answer = client.post("/visitor/venue", {"code": text.format(code=code)})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["reason"], said["attempt"]) == (reason, attempt)
    assert len(said["title"]) > 20


def test_the_look_up_is_not_by_address(client: Client, code: str) -> None:
    assert client.get("/visitor/venue", {"code": code}).status_code == 405


def test_the_token_is_for_the_signed_in_person_and_two_weeks(person: Person, settings: Settings) -> None:
    answer = client_of(person).get("/visitor/token")
    given = answer.json()
    now = int(timezone.now().timestamp())
    assert read_person_token(given["token"], settings.PERSON_TOKEN_KEYS, now) == person.pk
    assert open_person_token(given["token"], settings.PERSON_TOKEN_KEYS).phone_id == person.phones.get().pk
    assert 13 * 86_400 < given["expires_at"] - now <= 14 * 86_400
    assert given["mark"] == mark_of(person)
    assert "no-store" in answer["Cache-Control"]
    assert Client().get("/visitor/token").status_code == 401


def test_the_camera_page_takes_a_typed_code_without_script(client: Client, venue: Venue, code: str) -> None:
    assert client.get("/scan/", {"text": venue.posters.get().short_code}).headers["Location"] == f"/q/{code}"
    answer = client.get("/scan/", {"text": f"https://evil.example/q/{code}"})
    assert answer.status_code == 422
    assert "không phải hệ thống này" in text_of(answer)


# Checking in and out


def test_a_signed_in_visitor_checks_in_without_script(person: Person, venue: Venue, code: str) -> None:
    client = client_of(person)
    answer = client.post("/visitor/check-in/", {"code": code, "source": "link", "party": "3"})
    stored = CheckIn.objects.get()
    assert answer.headers["Location"] == f"/me/visits/{stored.check_in_id}/"
    assert (stored.person_id, stored.venue_id, stored.party) == (person.pk, venue.pk, 3)
    assert (stored.source, stored.assurance, stored.poster_version) == (Source.LINK, Assurance.PHONE, 1)
    page = text_of(client.get(answer.headers["Location"]))
    assert "Đã ghi nhận lượt vào" in page
    assert "Tôi rời đi" in page
    assert "0234 3822 222" in page


def test_a_newcomer_comes_back_to_the_very_check_in(client: Client, venue: Venue, code: str) -> None:
    noon = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with time_machine.travel(noon, tick=False) as clock:
        answer = client.post("/visitor/check-in/", {"code": code})
        assert answer.headers["Location"].startswith(SIGN_IN)
        client.post(answer.headers["Location"], {"phone": PHONE})
        clock.shift(dt.timedelta(minutes=4))
        client.post(CODE, {"code": shown_code(client)})
        answer = client.post(CONSENT, {"full_name": NAME, "consent": "on"}, follow=True)
    stored = CheckIn.objects.get()
    assert stored.entered_at == noon
    assert answer.redirect_chain[-1][0] == f"/me/visits/{stored.check_in_id}/"
    assert client.get("/visitor/check-in/finish/").headers["Location"] == DIARY
    assert CheckIn.objects.count() == 1


def test_a_check_in_needs_the_page_s_own_form(person: Person, code: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(person).cookies
    assert client.post("/visitor/check-in/", {"code": code}).status_code == 403
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("party", ["0", "21", "abc"])
def test_an_odd_party_is_not_recorded(person: Person, code: str, party: str) -> None:
    answer = client_of(person).post("/visitor/check-in/", {"code": code, "party": party})
    assert answer.headers["Location"] == "/scan/"
    assert CheckIn.objects.count() == 0


def test_a_refused_code_is_not_checked_in_at(person: Person, code: str) -> None:
    answer = client_of(person).post("/visitor/check-in/", {"code": f"https://evil.example/q/{code}"})
    assert answer.status_code == 422
    assert CheckIn.objects.count() == 0


def test_a_suspended_venue_is_recorded_and_marked(person: Person, venue: Venue, code: str) -> None:
    venue.status = VenueStatus.SUSPENDED
    venue.save()
    client_of(person).post("/visitor/check-in/", {"code": code})
    assert CheckIn.objects.get().label_names == ("venue_suspended",)


def test_the_ledger_refuses_a_venue_that_was_never_approved(person: Person, venue: Venue) -> None:
    venue.status = VenueStatus.PENDING
    venue.save()
    scan = PageScan(new_id(), person.pk, venue.pk, 1, timezone.now(), Source.LINK)
    reason = record_check_in(scan)
    assert reason is not None
    assert reason.name == "VENUE_NOT_OPEN"
    assert ScanAttempt.objects.get().venue_id == venue.pk


def test_leaving_by_the_button(person: Person, venue: Venue) -> None:
    identifier = visit_at(venue, person, timezone.now() - dt.timedelta(minutes=20))
    client = client_of(person)
    assert "Đang ở đây" in text_of(client.get(DIARY))
    answer = client.post(f"/me/visits/{identifier}/check-out/", follow=True)
    assert "Đã ghi nhận giờ ra." in text_of(answer)
    assert CheckOut.objects.get().closed_by == Closer.VISITOR
    assert Visit.objects.get().left_by == Closer.VISITOR
    page = text_of(client.get(DIARY))
    assert "bạn bấm rời đi" in page
    assert "check-out" not in page.replace("data-answer", "").split("<template")[0]


def test_nobody_closes_or_sees_another_s_visit(person: Person, owner_client: Client, venue: Venue) -> None:
    identifier = visit_at(venue, person, timezone.now())
    assert owner_client.post(f"/me/visits/{identifier}/check-out/").status_code == 404
    assert owner_client.get(f"/me/visits/{identifier}/").status_code == 404
    assert "Chợ Thử" not in text_of(owner_client.get(DIARY))
    assert CheckOut.objects.count() == 0


# The diary


def test_the_diary_goes_by_local_days_and_says_how_each_visit_ended(
    person: Person, venue: Venue, make_venue: MakeVenue, commune: Unit
) -> None:
    other = make_venue(commune, "Quán Khác")
    now = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0)
    evening = now - dt.timedelta(days=2)  # 12:00 in Huế
    before_midnight = evening.replace(hour=16, minute=50)  # 23:50 of the same day
    after_midnight = evening.replace(hour=17, minute=10)  # 00:10 of the next
    visit_at(venue, person, evening, party=2)
    visit_at(venue, person, before_midnight)
    visit_at(other, person, after_midnight)
    page = " ".join(re.sub(r"<[^>]*>", " ", text_of(client_of(person).get(DIARY))).split())
    day = timezone.localtime(evening)
    next_day = timezone.localtime(after_midnight)
    assert page.index(f"{next_day:%d/%m/%Y}") < page.index(f"{day:%d/%m/%Y}")
    assert "00:10 – 00:55 , ước tính: theo thời gian thường ở lại" in page
    assert "23:50 – 00:10 , ước tính: lúc bạn vào nơi tiếp theo" in page
    assert "12:00 – 12:45" in page


def test_the_diary_ends_where_retention_does(person: Person, venue: Venue) -> None:
    visit_at(venue, person, timezone.now() - dt.timedelta(days=23))
    assert "Chưa có lượt nào" in text_of(client_of(person).get(DIARY))


def test_the_page_of_one_visit_names_its_party_and_day(person: Person, venue: Venue) -> None:
    identifier = visit_at(venue, person, timezone.now() - dt.timedelta(days=1), party=4)
    page = " ".join(re.sub(r"<[^>]*>", " ", text_of(client_of(person).get(f"/me/visits/{identifier}/"))).split())
    assert "Số người 4" in page
    assert "Tôi rời đi" not in page.split("Đang gửi")[0]


# The person's own details


def test_name_is_corrected_and_the_phone_shown_masked(person: Person) -> None:
    client = client_of(person)
    page = text_of(client.get("/me/account/"))
    assert "090•••••07" in page
    assert "0905 000 007" not in page
    assert client.post("/me/account/", {"full_name": " "}).status_code == 422
    client.post("/me/account/", {"full_name": "Nguyễn Văn Đúng"})
    found = person_with_phone(E164)
    assert found is not None
    assert found.identity.full_name == "Nguyễn Văn Đúng"


def test_consent_is_withdrawn_at_once(person: Person, code: str) -> None:
    client = client_of(person)
    answer = client.post("/me/account/withdraw/", follow=True)
    assert "Đã rút lại đồng ý" in text_of(answer)
    assert not has_consented(person)
    assert client.get("/visitor/token").status_code == 401


def test_without_consent_no_session_checks_in(person: Person, code: str) -> None:
    client = client_of(person)
    withdraw_consent(person)
    answer = client.post("/visitor/check-in/", {"code": code})
    assert answer.headers["Location"].startswith(SIGN_IN)
    assert client.get("/visitor/check-in/finish/").status_code == 302
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("path", ["/me/", "/me/account/"])
def test_english_is_complete_behind_the_sign_in(person: Person, venue: Venue, path: str) -> None:
    visit_at(venue, person, timezone.now() - dt.timedelta(minutes=5))
    visit_at(venue, person, timezone.now() - dt.timedelta(days=1))
    client = client_of(person)
    client.cookies["dauchan_language"] = "en"
    words = re.sub(r"<[^>]*>", " ", text_of(client.get(path)))
    for name in ("Dấu Chân", NAME, "Chợ Thử", "12 Lê Thử, Phường Thuận Thử", "Tiếng Việt"):
        words = words.replace(name, "")
    assert re.findall(r"\w*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", words, re.IGNORECASE) == []


# The phone without a network


@pytest.mark.parametrize("path", ["/sw.js", "/visitor/shell/vi/", "/visitor/shell/en/", "/visitor/vi.webmanifest"])
def test_what_a_phone_keeps_is_the_same_for_everybody(client: Client, person: Person, path: str) -> None:
    theirs, nobodys = client_of(person).get(path), client.get(path)
    assert theirs.content == nobodys.content
    assert not theirs.cookies
    assert b"csrfmiddlewaretoken" not in theirs.content


def test_the_service_worker_is_checked_at_every_visit_and_names_the_build(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    build = json.loads(answer.content.split(b"=", 1)[1].split(b";\n", 1)[0])
    assert {kind for file in build["files"] for kind in (".js", ".css", ".woff2", ".wasm", ".svg") if kind in file} == {
        ".js",
        ".css",
        ".woff2",
        ".wasm",
        ".svg",
    }
    assert all(is_served(client, file) for file in build["files"])
    assert set(build["shells"]) == {"vi", "en"}


def test_a_shell_in_another_language_does_not_exist(client: Client) -> None:
    assert client.get("/visitor/shell/fr/").status_code == 404
    assert client.get("/visitor/fr.webmanifest").status_code == 404


def test_the_app_has_a_name_and_icons_in_both_languages(client: Client) -> None:
    for language, name in (("vi", "Dấu Chân: quét mã tại cửa"), ("en", "Dấu Chân: scan at the door")):
        app = client.get(f"/visitor/{language}.webmanifest").json()
        assert app["name"] == name
        assert app["start_url"] == "/scan/"
        assert {icon["purpose"] for icon in app["icons"]} == {"any", "maskable"}
        assert all(is_served(client, icon["src"]) for icon in app["icons"])


def test_files_with_a_hash_are_kept_for_ever_and_sent_compressed(client: Client) -> None:
    script = entry("public.ts").script
    plain = client.get(script)
    assert plain.getvalue()  # read to its end, a file is closed
    assert "immutable" in plain["Cache-Control"]
    for accepted, given in (("gzip, br", "br"), ("gzip", "gzip")):
        small = client.get(script, headers={"accept-encoding": accepted})
        assert small.getvalue()
        assert small["Content-Encoding"] == given


def is_served(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == HTTPStatus.OK and bool(answer.getvalue())


def test_the_diary_as_a_file_is_the_person_s_own(person: Person, venue: Venue) -> None:
    visit_at(venue, person, timezone.now())
    answer = client_of(person).get("/me/diary.json")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert [visit["place"] for visit in answer.json()["visits"]] == [venue.name]
    assert Client().get("/me/diary.json").status_code == 302


def test_the_diary_says_labels_in_plain_words_and_keeps_the_others_to_itself(owner: Person, venue: Venue) -> None:
    at = timezone.now() - dt.timedelta(hours=3)
    labels = Label.OFFLINE | Label.LATE | Label.CLOCK_SKEW | Label.REMOTE | Label.CROWD | Label.BESIDE_GATE
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO check_in (check_in_id, person_id, venue_id, entered_at, device_at, received_at, labels, source, assurance)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 1, 2)",
            [uuid.UUID(int=7 << 76 | 2 << 62), owner.pk, venue.pk, at, at, at, int(labels)],
        )
    for page in ("/me/", f"/me/visits/{uuid.UUID(int=7 << 76 | 2 << 62)}/"):
        text = client_of(owner).get(page).content.decode()
        for said in ("sau hơn một ngày", "Đồng hồ trên máy sai", "máy ở xa nơi này"):
            assert said in text, page
        assert "lúc không có mạng, máy gửi sau" not in text
        assert "dồn dập" not in text
