"""What programs of others get: their area and scopes only, nobody in clear, by page, with a limit, refused in words of a list."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dauchan.compliance.models import UnitDay
from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.reference import load_referral_rules
from dauchan.exchange.programs import actions
from dauchan.exchange.programs.models import Program, Registration, Scope, Token
from dauchan.simulation.example_outbreak import example_phone
from dauchan.tracing.actions import CaseReport, policy_for, register_case, run_trace
from dauchan.units.models import AuditEntry, Officer, Role, Unit
from dauchan.venues.holds import Grounds, hold_venues
from dauchan.venues.models import Venue
from tests.tracing.outbreak import make_disease
from tests.web.conftest import MakeOfficer, MakeVenue
from tests.web.open_programs import browser_with, let_in, token_of
from tests.web.test_signs import make_run, make_sign

STATES = "Đối chiếu ca bệnh của huyện"


@pytest.fixture
def program(province: Unit) -> Program:
    return let_in(province)


@pytest.fixture
def asks(program: Program) -> Client:
    return browser_with(token_of(program))


def said(answer: Any) -> Any:  # noqa: ANN401 - a test client's answer
    assert answer.status_code == 200, answer.content
    return answer.json()


def code(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - as above
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (answer.status_code, f"urn:dauchan:{told['reason']['code']}")
    assert all(told["reason"][language] for language in ("vi", "en"))
    return answer.status_code, told["reason"]["code"]


def test_only_a_token_that_counts_opens_anything(asks: Client, program: Program) -> None:
    assert said(asks.get("/api/v1/token"))["scopes"] == sorted(Scope.values)
    assert code(Client().get("/api/v1/token")) == (401, "unauthorized")
    assert code(browser_with("dauchan_x").get("/api/v1/token")) == (401, "unauthorized")
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        assert code(asks.get("/api/v1/token")) == (401, "token_expired")
    token = Token.objects.get()
    assert token.last_used_at is not None
    actions.revoke_token(token, program.made_by)
    assert code(asks.get("/api/v1/token")) == (401, "unauthorized")


def test_no_token_is_kept(program: Program) -> None:
    text = token_of(program)
    kept = [str(value) for row in (*Token.objects.values(), *AuditEntry.objects.values()) for value in row.values()]
    assert not any(text[8:] in value for value in kept)
    assert bytes(Token.objects.get().digest) == actions.digest_of(text)


def test_an_ended_program_is_not_answered(asks: Client, program: Program) -> None:
    actions.end_program(program, program.made_by)
    assert code(asks.get("/api/v1/units")) == (401, "unauthorized")


def test_each_address_needs_its_scope(province: Unit) -> None:
    asks = browser_with(token_of(let_in(province, scopes=[])))
    for address in (
        "units",
        "venues",
        "venues/1",
        f"registrations/{uuid4()}",
        "indicators",
        "signs",
        "referrals",
        "cases",
    ):
        assert code(asks.get(f"/api/v1/{address}")) == (403, "scope_missing"), address
    assert code(asks.post("/api/v1/registrations")) == (403, "scope_missing")


def test_the_limit_is_each_tokens_own_and_says_when_to_come_again(province: Unit) -> None:
    program = let_in(province, limit=2)
    one, other = browser_with(token_of(program)), browser_with(token_of(program))
    with time_machine.travel(dt.datetime(2026, 5, 5, 3, 0, 20, tzinfo=dt.UTC), tick=False) as clock:
        assert one.get("/api/v1/token").headers["RateLimit-Remaining"] == "1"
        one.get("/api/v1/token")
        refused = one.get("/api/v1/token")
        assert code(refused) == (429, "too_many_requests")
        assert refused.headers["Retry-After"] == "40"
        assert other.get("/api/v1/token").status_code == 200
        clock.shift(40)
        assert one.get("/api/v1/token").status_code == 200


def test_venues_of_the_area_that_are_open_to_know(
    asks: Client, commune: Unit, other_commune: Unit, make_venue: MakeVenue
) -> None:
    shown = make_venue(commune, "Chợ Mở")
    make_venue(commune, "Chợ Chờ", approved=False)
    secret = make_venue(commune, "Nhà Kín", sensitive=True)
    here, there = (said(asks.get(f"/api/v1/venues?unit_id={unit.pk}"))["items"] for unit in (commune, other_commune))
    assert ([venue["name"] for venue in here], there) == (["Chợ Mở"], [])
    assert set(here[0]) == {"venue_id", "name", "category", "address", "unit_id", "lat", "lon", "status",
                            "registered_at", "holds"}  # fmt: skip
    assert code(asks.get(f"/api/v1/venues/{secret.pk}")) == (404, "not_found")
    narrow = browser_with(token_of(let_in(other_commune)))
    assert code(narrow.get(f"/api/v1/venues/{shown.pk}")) == (404, "not_found")
    assert code(narrow.get(f"/api/v1/venues?unit_id={commune.pk}")) == (404, "not_found")


def test_a_suspension_is_a_change_and_says_why(asks: Client, commune: Unit, make_venue: MakeVenue) -> None:
    venue, since = make_venue(commune), timezone.now() + dt.timedelta(hours=1)
    address = f"/api/v1/venues?changed_since={since:%Y-%m-%dT%H:%M:%SZ}"
    assert said(asks.get(address))["items"] == []
    hold_venues([venue.pk], Grounds("test:1", "Chưa đặt bảng mã", "12/QĐ-UBND"), since + dt.timedelta(hours=1))
    (changed,) = said(asks.get(address))["items"]
    assert (changed["status"], changed["holds"][0]["document_number"]) == ("suspended", "12/QĐ-UBND")


def test_lists_are_read_by_page_whatever_comes_meanwhile(asks: Client, commune: Unit, make_venue: MakeVenue) -> None:
    made = [make_venue(commune, f"Quán {number}").pk for number in range(5)]
    seen, cursor = [], ""
    while True:
        page = said(asks.get(f"/api/v1/venues?limit=2{cursor}"))
        seen += [venue["venue_id"] for venue in page["items"]]
        if not page["next"]:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == made
    for wrong in ("cursor=x", "cursor=LTE", "limit=0", "limit=501", "unit_id=x", "colour=red", "changed_since=today"):
        assert code(asks.get(f"/api/v1/venues?{wrong}")) == (400, "bad_parameter"), wrong


def test_what_has_not_changed_is_not_sent_again(asks: Client, commune: Unit, make_venue: MakeVenue) -> None:
    venue = make_venue(commune)
    first = asks.get("/api/v1/venues")
    tag = first.headers["ETag"]
    again = asks.get("/api/v1/venues", headers={"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    Venue.objects.filter(pk=venue.pk).update(name="Chợ Mới")
    assert asks.get("/api/v1/venues", headers={"if-none-match": tag}).status_code == 200


def test_figures_are_rounded_so_that_differences_tell_nothing(asks: Client, province: Unit, commune: Unit) -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    counted = {"registered": 9, "new": 1, "active": 4, "failed": 1}
    UnitDay.objects.create(unit=commune, day=day, scans=9, people=7, **counted)
    UnitDay.objects.create(unit=province, day=day, scans=128, people=110, **counted)
    address = f"/api/v1/indicators?first_on={day}&last_on={day}"
    rows = {row["unit_id"]: (row["scans"], row["people"]) for row in said(asks.get(address))["items"]}
    assert rows == {commune.pk: (None, None), province.pk: (120, 110)}
    first = said(asks.get(f"{address}&limit=1"))
    second = said(asks.get(f"{address}&limit=1&cursor={first['next']}"))
    assert {row["unit_id"] for row in (*first["items"], *second["items"])} == set(rows)
    assert second["next"] is None
    assert code(asks.get(f"/api/v1/indicators?first_on={day}&last_on=2099-01-01")) == (400, "bad_parameter")
    assert code(asks.get("/api/v1/indicators")) == (400, "bad_parameter")
    assert asks.get("/api/v1/indicators").json()["detail"] == "first_on"
    assert asks.get("/api/v1/venues?colour=red").json()["detail"] == "colour"
    assert asks.get("/api/v1/venues?changed_since=0204-04-20T23:19:19%2B23:08").status_code == 200
    assert asks.get("/api/v1/venues?changed_since=0001-01-01T00:00:00%2B23:08").json()["detail"] == "changed_since"


def test_signs_and_referrals_say_how_things_stand_and_nothing_of_people(
    asks: Client, commune: Unit, province: Unit, make_venue: MakeVenue, make_officer: MakeOfficer
) -> None:
    venue = make_venue(commune)
    make_sign(make_run(), venue, "silent")
    (sign,) = said(asks.get("/api/v1/signs?sign=silent"))["items"]
    assert (sign["venue_id"], sign["set_aside"]) == (venue.pk, False)
    load_referral_rules()
    monitor = make_officer(Role.MONITOR, province)
    referral = refer(venue, monitor, Suspicion("observation", evidence="Không thấy bảng mã"))
    (told,) = said(asks.get("/api/v1/referrals?state=handed"))["items"]
    assert told == said(asks.get(f"/api/v1/referrals/{referral.pk}"))
    assert not {"evidence", "handed_by", "words"} & set(told)
    later = timezone.now() + dt.timedelta(minutes=1)
    assert said(asks.get(f"/api/v1/referrals?changed_since={later:%Y-%m-%dT%H:%M:%SZ}"))["items"] == []


@pytest.fixture
def traced(province: Unit, places: dict[str, Venue], tracer: Officer) -> str:
    """The code of a case whose contacts are listed."""
    case = register_case(CaseReport(example_phone("A"), make_disease(), province, timezone.localdate()), tracer)
    run_trace(case, tracer, policy_for(case))
    return case.code


def test_cases_are_read_under_pseudonyms_with_a_purpose_and_are_written_down(
    asks: Client, province: Unit, traced: str
) -> None:
    assert code(asks.get("/api/v1/cases")) == (400, "purpose_missing")
    assert code(asks.get("/api/v1/cases?purpose=x")) == (400, "purpose_missing")
    answer = asks.get("/api/v1/cases", {"purpose": STATES})
    (case,) = said(answer)["items"]
    contacts = said(asks.get(f"/api/v1/cases/{traced}/contacts", {"purpose": STATES}))["items"]
    assert (case["case_code"], answer.headers["Cache-Control"]) == (traced, "no-store")
    assert contacts
    assert {contact["source"] for contact in contacts if contact["generation"] == 1} == {case["person"]}
    assert not {"venue_id", "first_at", "overlap_seconds", "full_name", "phone"} & set(contacts[0])
    read = AuditEntry.objects.filter(action__in=["program.cases_read", "program.contacts_read"])
    assert {entry.purpose for entry in read} == {STATES}
    other = browser_with(token_of(let_in(province)))
    (same,) = said(other.get("/api/v1/cases", {"purpose": STATES}))["items"]
    assert same["person"] != case["person"]
    assert code(asks.get("/api/v1/cases/X-1/contacts", {"purpose": STATES})) == (404, "not_found")


def test_cases_stay_shut_until_a_second_person_consents(province: Unit, make_officer: MakeOfficer) -> None:
    program = let_in(province)
    Program.objects.update(approved_by=None, approved_at=None)
    asks = browser_with(token_of(program))
    assert code(asks.get("/api/v1/cases", {"purpose": STATES})) == (403, "not_approved")
    assert asks.get("/api/v1/units").status_code == 200


def new_venue(commune: Unit, **changed: object) -> dict[str, object]:
    place = {"address": "12 Lê Lợi", "unit_id": commune.pk, "lat": 16.46, "lon": 107.59, "category": "market"}
    return {"registration_id": str(uuid4()), "name": "Chợ Đầm", **place, **changed}


def test_a_venue_is_handed_in_once_and_waits_for_its_officer(
    asks: Client, commune: Unit, category: object, program: Program
) -> None:
    new = new_venue(commune, name="Chợ  Đầm", phone="0234 382 2222")
    sent = [asks.post("/api/v1/registrations", new, content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 200]
    assert sent[0].json() == sent[1].json() == said(asks.get(f"/api/v1/registrations/{new['registration_id']}"))
    venue = Registration.objects.get().venue
    assert (venue.name, venue.status, venue.phone, venue.owner) == ("Chợ Đầm", "pending", "+842343822222", None)
    other = asks.post("/api/v1/registrations", {**new, "name": "Chợ Khác"}, content_type="application/json")
    assert code(other) == (409, "id_taken")
    stranger = browser_with(token_of(let_in(commune)))
    assert code(stranger.get(f"/api/v1/registrations/{new['registration_id']}")) == (404, "not_found")


@pytest.mark.parametrize(
    ("changed", "detail"),
    [({"unit_id": 1}, "unit_id"), ({"category": "nothing"}, "category"), ({"phone": "1"}, "phone"), ({"lat": 91}, "$.lat"),
     ({"name": "\u200b\u200b\u200b"}, "name"), ({"colour": "red"}, "colour")],
)  # fmt: skip
def test_a_venue_that_cannot_be_is_refused_by_field(
    asks: Client, commune: Unit, category: object, changed: dict[str, object], detail: str
) -> None:
    answer = asks.post("/api/v1/registrations", new_venue(commune, **changed), content_type="application/json")
    assert code(answer) == (422, "malformed")
    assert detail in answer.json()["detail"]


def test_whatever_else_is_asked_is_refused_as_a_problem(asks: Client) -> None:
    assert code(asks.get("/api/v1/nothing")) == (404, "not_found")
    assert code(asks.post("/api/v1/venues")) == (405, "method_not_allowed")
    assert code(asks.post("/api/v1/registrations", b"{", content_type="application/json")) == (400, "not_json")
    assert code(asks.post("/api/v1/registrations", {"a": "b"})) == (415, "wrong_type")
    assert code(asks.post("/api/v1/registrations", b"x" * 70_000, content_type="application/json")) == (
        413,
        "too_large",
    )
    assert code(asks.get("/api/v1/venues/x")) == (404, "not_found")
