"""luca: the default configuration accepted any code, carried development keys, and skipped limits for 'internal' addresses."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import psycopg
import pytest

from dauchan.project.keys import fresh_keys
from dauchan.simulation.accounts import PASSWORD, TOTP_SECRET, demonstration_accounts
from tests.cases.production import (
    FORM_COOKIE,
    HOST,
    PROXY,
    STRANGER,
    Browser,
    Production,
    new_database,
    production_variables,
)
from tests.project.installation import UP, refusal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NO_DATABASE = "postgresql://someone@127.0.0.1:1/dauchan"
SAME = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DAUCHAN_SECRET_KEY", "", "is not set"),
        ("DAUCHAN_PERSONAL_DATA_KEYS", "", "is not set"),
        ("DAUCHAN_SECRET_KEY", "django-insecure-" + "x" * 50, "no random key"),
        ("DAUCHAN_LOOKUP_KEY", "A" * 43 + "=", "no random key"),
        ("DAUCHAN_LOOKUP_KEY", SAME, "hold the same key"),
        ("DAUCHAN_SMS_GATEWAY_URL", "", "is not set"),
        ("DAUCHAN_SMS_GATEWAY_URL", "http://sms.example/send", "https"),
        ("DAUCHAN_BASE_URL", "", "full address"),
        ("DAUCHAN_BASE_URL", "http://dauchan.example", "https"),
        ("DAUCHAN_HOSTS", "*", "name each host"),
        ("DAUCHAN_TRUSTED_PROXIES", "0.0.0.0/0", "believes everybody"),
        ("DAUCHAN_TRUSTED_PROXIES", "proxy", "neither an address nor a network"),
        ("DATABASE_URL", "", "is not set"),
        ("DATABASE_URL", "postgresql://someone@db.example/dauchan", "TLS"),
        ("DAUCHAN_DATABASE_DOOR_URL", "", "is not set"),
    ],
)
def test_case_07_production_does_not_start(tmp_path: Path, name: str, value: str, word: str) -> None:
    variables = production_variables(NO_DATABASE, "https://sms.example/send")
    if value == SAME:
        variables["DAUCHAN_PERSON_TOKEN_KEYS"] = f"1:{SAME}"
    told = refusal(tmp_path / "var", **variables | {name: value})
    assert name in told
    assert word in told
    assert not value or len(value) < 30 or value not in told
    assert list((tmp_path / "var").rglob("*.json")) == []


def test_case_07_production_does_not_open_a_demonstration(tmp_path: Path, demonstration_database: str) -> None:
    variables = production_variables(demonstration_database, "https://sms.example/send")
    for command in ("up", "prepare", "worker"):
        told = refusal(tmp_path / "var", *UP[:-1], command, **variables)
        assert told.startswith("The database was made for demonstration, and DAUCHAN_ENV is production")


def test_case_07_a_forgotten_variable_does_not_make_production_a_demonstration(
    tmp_path: Path, production: Production
) -> None:
    """Else every one-time code would stand on the screen of whoever asks for it."""
    told = refusal(tmp_path / "var", DATABASE_URL=production.database_url)
    assert told.startswith("The database was made for production, and DAUCHAN_ENV is demonstration")


def test_case_07_nobody_is_served_with_the_settings_of_a_test_run(tmp_path: Path) -> None:
    told = refusal(tmp_path / "var", DAUCHAN_ENV="test", DATABASE_URL=NO_DATABASE, **fresh_keys())
    assert "for the test run only" in told


def test_case_07_other_keys_do_not_open_the_database(tmp_path: Path, production: Production) -> None:
    told = refusal(tmp_path / "var", **production_variables(production.database_url, "https://sms.example/send"))
    assert told.startswith("DAUCHAN_LOOKUP_KEY is not the key this database was made with")


def test_case_07_nothing_of_the_demonstration_is_there(production: Production) -> None:
    said = production.installation.output()
    assert "Accounts" not in said
    assert PASSWORD not in said
    assert TOTP_SECRET not in said
    with psycopg.connect(production.database_url) as database:
        for table in ("units_officer", "people_person", "venues_venue", "check_in"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 named above
    browser = production.browser()
    for path in ("/", "/visitor/sign-in/", "/accounts/login/"):
        assert "trình diễn" not in browser.get(path).text.lower()
    for account in demonstration_accounts()[:3]:
        form = {"login": account.sign_in, "password": PASSWORD}
        assert production.browser(address="198.51.100.9").send("/accounts/login/", form).status_code == 422


def test_case_07_a_code_goes_to_its_phone_and_to_no_screen(production: Production) -> None:
    browser = production.browser()
    browser.send("/visitor/sign-in/", {"phone": "0905 700 001"})
    page = browser.get("/visitor/sign-in/code/").text
    code = production.messages.code_for("+84905700001")
    assert re.search(r"(?<!\d)\d{6}(?!\d)", re.sub(r"<[^>]+>", " ", page)) is None
    assert code not in page
    for wrong in {"000000", "123456", "999999"} - {code}:
        assert browser.send("/visitor/sign-in/code/", {"code": wrong}).status_code == 422
    assert browser.send("/visitor/sign-in/code/", {"code": code}).status_code == 302


def test_case_07_an_officer_s_first_sign_in(production: Production) -> None:
    """The operator's way from an empty installation to somebody who may trace, and to the end of it."""
    printed = production.command(
        "officer", "add", "truyvet7", "--name", "Võ Ngọc Mô", "--role", "tracer", "--unit", "46"
    )
    password = printed.strip().partition(": ")[2]
    with psycopg.connect(production.database_url) as database:
        kept = database.execute("SELECT password FROM units_officer WHERE username = 'truyvet7'").fetchone()
    assert kept
    assert kept[0].startswith("argon2$argon2id$")
    browser = production.browser(address="198.51.100.1")
    assert browser.send("/accounts/login/", {"login": "truyvet7", "password": password}).status_code == 302
    assert browser.get("/tracer/").headers["location"] == "/accounts/2fa/totp/activate/"
    renewed = production.command("officer", "password", "truyvet7").strip().partition(": ")[2]
    assert browser.get("/tracer/").headers["location"].startswith("/accounts/login/")
    again = production.browser(address="198.51.100.2")
    assert again.send("/accounts/login/", {"login": "truyvet7", "password": password}).status_code == 422
    assert again.send("/accounts/login/", {"login": "truyvet7", "password": renewed}).status_code == 302
    production.command("officer", "close", "truyvet7")
    assert again.get("/tracer/").headers["location"].startswith("/accounts/login/")
    verified = json.loads(production.command("audit", "verify", "--json"))
    assert verified["first_broken"] is None
    with pytest.raises(AssertionError):
        production.command("audit", "verify", "--noted", "0" * 64)


def test_case_07_a_header_does_not_lead_around_the_second_factor(production: Production) -> None:
    printed = production.command(
        "officer", "add", "truyvet8", "--name", "Võ Ngọc Mô", "--role", "tracer", "--unit", "46"
    )
    browser = production.browser(address="198.51.100.3")
    browser.send("/accounts/login/", {"login": "truyvet8", "password": printed.strip().partition(": ")[2]})
    for name in ("SCRIPT_NAME", "script_name", "PATH_INFO", "Script-Name"):
        answer = browser.get("/x/tracer/", headers={name: "/x"})
        assert (name, answer.status_code) == (name, 404)


def test_case_07_by_tls_cookies_are_secure_and_the_browser_stays_with_it(production: Production) -> None:
    browser = production.browser()
    answer = browser.get("/visitor/sign-in/")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    assert [line for line in cookies if "; Secure" not in line or "SameSite=Lax" not in line] == []
    assert all(line.startswith("__Host-") for line in cookies)
    for path, name in (("/design/theme/", "__Host-dauchan_theme"), ("/i18n/setlang/", "__Host-dauchan_language")):
        lines = browser.post(path, {"theme": "dark", "language": "en"}).headers.get_list("set-cookie")
        assert any(line.startswith(name) and "; Secure" in line for line in lines)
    assert answer.headers.get_list("server") == []
    assert len(answer.headers.get_list("date")) == 1


def test_case_07_what_a_stranger_says_of_tls_and_of_hosts_is_not_believed(production: Production) -> None:
    stranger = production.browser(STRANGER)
    assert "strict-transport-security" not in stranger.get("/").headers
    assert all("; Secure" in line for line in stranger.get("/visitor/sign-in/").headers.get_list("set-cookie"))
    for headers in ({"host": "evil.example"}, {"host": f"{PROXY}"}):
        assert stranger.get("/", headers=headers).status_code == 400
    page = stranger.get("/sitemap.xml", headers={"x-forwarded-host": "evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.text


TOO_OFTEN = "quá nhiều"


def posts(browser: Browser, path: str, forms: list[dict[str, str]], headers: list[dict[str, str]]) -> Counter[bool]:
    """How often forms, each with headers of their own, were answered with `too often`."""
    browser.get(path)
    own = {"csrfmiddlewaretoken": browser.cookies[FORM_COOKIE]}
    site = {"origin": f"https://{HOST}", "referer": f"https://{HOST}{path}"}
    pairs = zip(forms, headers, strict=True)
    return Counter(TOO_OFTEN in browser.ask("POST", path, site | said, data=form | own).text for form, said in pairs)


def test_case_07_guesses_from_forged_addresses_are_limited_through_the_gateway(production: Production) -> None:
    forms = [{"login": f"ai-do-{number}", "password": "sai"} for number in range(25)]
    claims = [f"10.1.{number}.1" for number in range(25)]
    headers = [
        {"x-forwarded-for": at, "x-real-ip": at, "forwarded": f"for={at}", "x_forwarded_for": at} for at in claims
    ]
    assert posts(production.browser(STRANGER), "/accounts/login/", forms, headers) == {False: 20, True: 5}


def numbers(first: int, count: int) -> list[dict[str, str]]:
    return [{"phone": f"09057{first + number:05d}"} for number in range(count)]


MOST_CODES = 30  # an hour to one address


def test_case_07_behind_the_proxy_each_client_has_a_limit_of_its_own(production: Production) -> None:
    count = MOST_CODES + 5
    many = [{"x-forwarded-for": f"198.51.{100 + number}.1"} for number in range(count)]
    assert posts(production.browser(), "/visitor/sign-in/", numbers(100, count), many) == {False: count}
    one = [{"x-forwarded-for": f"10.2.0.{number}, 192.0.2.20"} for number in range(count)]
    assert posts(production.browser(), "/visitor/sign-in/", numbers(200, count), one) == {False: MOST_CODES, True: 5}
    forged = [{"x-forwarded-for": f"10.3.{number}.1, {PROXY}"} for number in range(count)]
    assert posts(production.browser(STRANGER), "/visitor/sign-in/", numbers(300, count), forged)[True] == 5


def test_case_07_a_new_database_is_marked_once(production: Production, database_url: str) -> None:
    with psycopg.connect(production.database_url) as database:
        lines = database.execute("SELECT detail->>'kind' FROM units_auditentry WHERE action = 'installation.made'")
        assert lines.fetchall() == [("production",)]
    with new_database(database_url) as empty, psycopg.connect(empty) as database:
        assert database.execute("SELECT to_regclass('units_auditentry')").fetchone() == (None,)


REWRITINGS = (
    "UPDATE units_auditentry SET purpose = 'khác'",
    "DELETE FROM units_auditentry",
    "TRUNCATE units_auditentry",
    "ALTER TABLE units_auditentry DISABLE TRIGGER ALL",
    "DROP TABLE units_auditentry",
    "DROP SCHEMA public CASCADE",
    "SET ROLE dauchan_audit",
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
)


def test_case_11_who_writes_into_the_log_cannot_rewrite_it(production: Production) -> None:
    with psycopg.connect(production.database_url, autocommit=True) as database:
        for rewriting in REWRITINGS:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(rewriting)
    assert json.loads(production.command("audit", "verify", "--json"))["belongs_to_another_role"]


def test_case_11_an_edited_line_is_named_by_the_command(production: Production) -> None:
    """Whoever holds the other role too can edit, and the chain shows where."""
    with psycopg.connect(production.installation.variables["DAUCHAN_DATABASE_AUDIT_URL"]) as database:
        edit = "UPDATE units_auditentry SET purpose = %s WHERE id = (SELECT min(id) FROM units_auditentry) RETURNING id"
        database.execute("ALTER TABLE units_auditentry DISABLE TRIGGER audit_is_append_only")
        (edited,) = database.execute(edit, ["khác"]).fetchone() or (0,)
        database.commit()
        try:
            found = json.loads(production.command("audit", "verify", "--json", status=1))
        finally:
            database.execute(edit, [""])
            database.execute("ALTER TABLE units_auditentry ENABLE TRIGGER audit_is_append_only")
    assert found["first_broken"] == edited
    assert json.loads(production.command("audit", "verify", "--json"))["first_broken"] is None
