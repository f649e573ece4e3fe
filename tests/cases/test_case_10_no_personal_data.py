"""PC-Covid's QR held id number, birth date and phone in clear; gates showed them. Here nothing does, and nothing keeps them."""

from __future__ import annotations

import base64
import re
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pypdfium2
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.utils import timezone
from psycopg import sql

from dauchan.door.testing import uuid7
from dauchan.people.cards import issue_card, replace_card
from dauchan.people.holders import Holder
from dauchan.people.models import ControlCard
from dauchan.project.keys import read_ring
from dauchan.qr import Keyring, make_card_code, read_person_token, read_venue_code
from tests.cases.production import HOST, Browser, Production
from tests.qr_codes import qr_codes_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dauchan.units.models import Officer, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CASE, CONTACT, CALLER = "+84905791353", "+84905791354", "+84905791355"
NAMES = ("Nguyễn Thị Kiểm Rò", "Đặng Văn Rỉ Thử")
ID_NUMBER, OLD_NUMBER, BIRTH = "046191234567", "191234567", "01011991"
ID_CARD = f"{ID_NUMBER}|{OLD_NUMBER}|{NAMES[0]}|{BIRTH}|Nữ|12 Lê Thử|01012021"
VENUE = "Quán Công Khai"

SEED = f"""
from dauchan.units.models import Unit, Officer
from dauchan.people.models import Identity
from dauchan.people.actions import person_with_phone
from dauchan.venues.actions import register_venue, approve_venue, code_of
from dauchan.venues.models import Category, Venue
unit = Unit.objects.filter(level="commune", valid_to=None).first()
venue = Venue(name="{VENUE}", category=Category.objects.filter(sensitive=False).first(), address="1 Lê Thử", unit=unit)
register_venue(venue, person_with_phone("{CASE}").pk)
officer = Officer.objects.create_user("duyet10", full_name="Cán bộ duyệt")
print(venue.pk, code_of(approve_venue(venue, officer).posters.get()))
"""


@dataclass(frozen=True)
class Told:
    """What the people of the flow have told the system, and what it gave them."""

    venue_id: int
    venue_code: str
    visitor: Browser
    token: str
    pages: dict[str, str]


@pytest.fixture(scope="module")
def told(production: Production) -> Told:
    """Sign-up, check-ins, a card scanned where it should not be, a ticket, a case, its trace, names opened and exported."""
    visitor, contact = (production.sign_in(phone, name) for phone, name in zip((CASE, CONTACT), NAMES, strict=True))
    venue_id, venue_code = production.do(SEED).split()
    token = ""
    for browser in (contact, visitor):
        token = browser.get("/visitor/token").json()["token"]
        _stay(browser, token, venue_code)
    _show_a_card_everywhere(visitor, token)
    sent = production.browser().send("/help/", {"topic": "cannot_scan", "words": "Gọi lại giúp tôi", "phone": CALLER})
    assert sent.status_code == 302
    return Told(int(venue_id), venue_code, visitor, token, _trace(production))


def _stay(browser: Browser, token: str, venue_code: str) -> None:
    began = datetime.now(UTC) - timedelta(hours=3)
    check_in = {"check_in_id": uuid7(began), "venue_code": venue_code, "entered_at": began.isoformat()}
    left = {"check_out_id": uuid7(), "check_in_id": check_in["check_in_id"]}
    left["left_at"] = (began + timedelta(hours=1)).isoformat()
    for path, item in (("check-ins", check_in), ("check-outs", left)):
        answer = browser.ask("POST", f"/api/v1/{path}", {"authorization": f"Bearer {token}"}, json=item)
        assert answer.status_code == 201, answer.text


def _show_a_card_everywhere(browser: Browser, token: str) -> None:
    """People hold whatever they have before a camera, and type it into whatever field there is."""
    now = datetime.now(UTC)
    bearer = {"authorization": f"Bearer {token}"}
    for item in ({"venue_code": ID_CARD}, {"venue_code": ID_NUMBER}, {"check_in_id": ID_CARD}, {"entered_at": ID_CARD}):
        whole = {"check_in_id": uuid7(), "venue_code": "X", "entered_at": now.isoformat()} | item
        assert browser.ask("POST", "/api/v1/check-ins", bearer, json=whole).status_code >= 400
    failed = {"attempt_id": uuid7(), "attempted_at": now.isoformat(), "reason": "foreign", "code": ID_CARD}
    assert browser.ask("POST", "/api/v1/scan-attempts", bearer, json=failed).status_code == 201
    browser.ask("POST", "/api/v1/check-ins", bearer, content=ID_CARD.encode())
    browser.ask("POST", "/visitor/venue", data={"code": ID_CARD})
    browser.send("/visitor/check-in/", {"code": ID_CARD}, on="/me/account/")
    browser.send("/visitor/check-in/", {"code": ID_NUMBER}, on="/me/account/")
    for path in ("/scan/?text=", "/q/", "/places/?q=", "/follow/?code=", "/help/", "/reports/", "/no-such-page/"):
        for text in (ID_NUMBER, ID_CARD.replace("/", "")):
            assert browser.get(f"{path}{text}").status_code < 500
    stranger = Browser(browser.port)
    stranger.send("/visitor/sign-in/", {"phone": ID_NUMBER})
    stranger.send("/visitor/sign-in/", {"phone": f"{CASE}{ID_NUMBER}"})
    stranger.http.close()


def _officer(production: Production, username: str, role: str, address: str) -> Browser:
    """An officer who has signed in and set up the second factor, as `dauchan officer add` leaves them."""
    printed = production.command("officer", "add", username, "--name", "Cán bộ Thử", "--role", role, "--unit", "46")
    password = printed.strip().partition(": ")[2]
    browser = production.browser(address=address)
    browser.send("/accounts/login/", {"login": username, "password": password})
    browser.send("/accounts/reauthenticate/", {"password": password})
    page = browser.get("/accounts/2fa/totp/activate/").text
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)
    assert secret, page
    code = format_hotp_value(hotp_value(secret[0], int(time.time()) // 30))
    assert browser.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    return browser


def _trace(production: Production) -> dict[str, str]:
    """From the phone call of a laboratory to the file with names."""
    tracer = _officer(production, "truyvet10", "tracer", "198.51.100.31")
    approver = _officer(production, "pheduyet10", "approver", "198.51.100.32")
    page = tracer.get("/tracer/new/").text
    chosen = {name: _first_option(page, name) for name in ("disease", "unit")}
    form = {"phone": CASE, "sampled_on": str(timezone.localdate()), **chosen}
    preview = tracer.send("/tracer/new/", form).text
    reading = re.search(r'name="reading"\s+value="(\w+)"', preview)
    assert reading, preview
    case = tracer.send("/tracer/new/", form | {"reading": reading[1]}).headers["location"]
    run = tracer.send(f"{case}trace/", {"generations": "2", "crowd_limit": "0"}, on=case).headers["location"]
    tracer.send(f"{run}disclosure/", {"usual": "call", "words": ""}, on=run)
    asked = re.search(r"/tracer/approvals/\d+/", approver.get("/tracer/approvals/").text)
    assert asked
    assert approver.send(asked[0], {"decision": "approve", "note": "Đồng ý"}).status_code == 302
    shown = {path: tracer.get(f"{run}{path}") for path in ("", "contacts.csv", "contacts.xlsx")}
    assert {path: answer.status_code for path, answer in shown.items()} == dict.fromkeys(shown, 200)
    return {path: answer.text for path, answer in shown.items() if path != "contacts.xlsx"} | {"preview": preview}


def _first_option(page: str, name: str) -> str:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert select, page
    found = re.search(r'<option value="(\w+)" selected', select[0]) or re.search(r'<option value="(\w+)"', select[0])
    assert found, select[0]
    return found[1]


def spellings() -> list[bytes]:
    """Everything that must be found nowhere, as text and as PostgreSQL prints bytes."""
    said = [ID_NUMBER, OLD_NUMBER, *NAMES, *(name.upper() for name in NAMES)]
    for phone in (CASE, CONTACT, CALLER):
        rest = phone.removeprefix("+84")
        said += [rest, f"0{rest[:3]} {rest[3:6]} {rest[6:]}", f"0{rest[:2]} {rest[2:5]} {rest[5:]}"]
    return [form for text in said for form in (text.encode(), text.encode().hex().encode())]


def tables(url: str) -> Iterator[tuple[str, bytes]]:
    """Every table of the database as text, partitions included, sessions unfolded."""
    with psycopg.connect(url) as database:
        names = database.execute(
            "SELECT relnamespace::regnamespace::text, relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, name in names:
            with database.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, name))) as rows:
                yield name, b"".join(bytes(piece) for piece in rows)
        for (kept,) in database.execute("SELECT session_data FROM django_session").fetchall():
            yield "session", _unfolded(kept)


def _unfolded(session: str) -> bytes:
    """What Django packed: base64, and where it begins with a dot deflated before."""
    packed = session.removeprefix(".").partition(":")[0].encode()
    content = base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4))
    return zlib.decompress(content) if session.startswith(".") else content


def test_case_10_the_flow_was_a_real_one(told: Told) -> None:
    """Else the searches below would find nothing in nothing."""
    assert NAMES[1] in told.pages[""]
    assert NAMES[1] in told.pages["contacts.csv"]
    assert "0905 791 354" in told.pages["contacts.csv"]
    assert NAMES[0] not in told.pages["preview"]


def test_case_10_the_database_holds_nobody_s_data_in_clear(production: Production, told: Told) -> None:
    dump = list(tables(production.database_url))
    everything = b"".join(content for _, content in dump)
    assert VENUE.encode() in everything, "the search does not find what is there"
    assert b"_auth_user_id" in everything, "the sessions were not unfolded"
    assert len({name for name, content in dump if content}) > 15
    found = {(name, form.decode()) for name, content in dump for form in spellings() if form in content}
    assert found == set()


def test_case_10_neither_logs_nor_files_hold_it(production: Production, told: Told) -> None:
    installation = production.installation
    files = [path for path in installation.var.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"console.log", "door.log", "worker.log"}
    assert "Not Found: /no-such-page/…".encode() in (installation.var / "log" / "console.log").read_bytes()
    found = [
        (path.name, form.decode())
        for path in [*files, installation.said]
        for form in spellings()
        if form in path.read_bytes()
    ]
    assert found == []


def test_case_10_a_poster_s_code_names_a_place_and_nobody(production: Production, told: Told) -> None:
    for sheet in ("a4", "stickers"):
        pdf = told.visitor.get(f"/owner/{told.venue_id}/poster/{sheet}.pdf")
        assert pdf.status_code == 200
        document = pypdfium2.PdfDocument(pdf.content)
        codes = qr_codes_in(document[0].render(scale=3).to_pil())
        document.close()
        assert codes
        for code in codes:
            assert re.fullmatch(rf"HTTPS://{HOST}/Q/[A-Z2-7]{{10,40}}", code.text, re.IGNORECASE), code.text
            ring = read_ring(production.installation.variables, "DAUCHAN_VENUE_CODE_KEYS")
            assert read_venue_code(code.text, Keyring(1, ring), [HOST]).venue_id == told.venue_id


def test_case_10_a_control_card_s_code_is_a_random_number(commune: Unit, officer: Officer) -> None:
    """Two cards of one person share nothing but the key, and no byte of either is about them."""
    card = issue_card(commune, officer, Holder(NAMES[0], 1991, CASE, "12 Lê Thử"))
    codes = [make_card_code(one.pk, settings.CARD_KEYS) for one in (card, replace_card(card, officer, "lost"))]
    for code, one in zip(codes, ControlCard.objects.order_by("issued_at"), strict=True):
        raw = base64.b32decode(code[4:] + "=" * (-len(code[4:]) % 8))
        assert raw[1:9] == one.pk.to_bytes(8, "big")
        assert one.pk != card.person_id
        assert [
            form for form in (*spellings(), b"1991", str(card.person_id).encode()) if form in raw + code.encode()
        ] == []
    assert len({card.person_id, *ControlCard.objects.values_list("pk", flat=True)}) == 3


def test_case_10_a_visitor_s_token_is_a_random_number(production: Production, told: Told) -> None:
    ring = read_ring(production.installation.variables, "DAUCHAN_PERSON_TOKEN_KEYS")
    person_id = read_person_token(told.token, Keyring(1, ring), int(time.time()))
    with psycopg.connect(production.database_url) as database:
        assert database.execute("SELECT count(*) FROM people_person WHERE id = %s", [person_id]).fetchone() == (1,)
    assert person_id > 2**40
    plain = told.token.encode() + base64.urlsafe_b64decode(told.token.rpartition(".")[2] + "===")
    assert [form for form in spellings() if form in plain] == []
