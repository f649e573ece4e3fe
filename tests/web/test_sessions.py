"""A session begins when somebody signs in, belongs to them alone, and is worth nothing once they have signed out."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dauchan.units.audit import first_broken_entry
from dauchan.units.models import AuditEntry
from dauchan.web.middleware import PERSON_KEY
from tests.web.conftest import PASSWORD, make_person

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from dauchan.units.models import Officer

COOKIE = settings.SESSION_COOKIE_NAME
PHONE = "0905 000 001"
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "https://evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\x08//evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "evil",
)


def sign_in_by_phone(browser: Client, back: str = "/me/") -> HttpResponseBase:
    browser.post(f"{reverse('visitor:sign_in')}?next={quote(back)}", {"phone": PHONE})
    page = browser.get(reverse("visitor:enter_code")).content.decode()
    code = re.search(r">\s*(\d{6})\s*<", page)
    assert code, "the page of a test shows the code"
    answer = browser.post(reverse("visitor:enter_code"), {"code": code[1]})
    named = browser.post(reverse("visitor:who"), {"full_name": "Trần Thị Mẫu"})
    return answer if named.headers["Location"] == reverse("visitor:consent") else named


def sign_in_by_password(browser: Client, officer: Officer, back: str = "") -> HttpResponseBase:
    asked = {"login": officer.username, "password": PASSWORD, "next": back}
    return browser.post(reverse("account_login"), asked)


def planted(browser: Client) -> str:
    """A session that somebody else has opened and put into this browser."""
    session = browser.session
    session["planted"] = True
    session.save()
    return str(session.session_key)


def test_a_session_planted_before_is_worth_nothing_after_a_visitor_signed_in(db: None) -> None:
    make_person("+84905000001", "Trần Thị Mẫu")
    browser, attacker = Client(), Client()
    attacker.cookies[COOKIE] = planted(browser)
    assert sign_in_by_phone(browser).status_code == 302
    assert browser.session[PERSON_KEY]
    assert browser.get("/me/").status_code == 200
    assert attacker.get("/me/").status_code == 302


def test_a_session_planted_before_is_worth_nothing_after_an_officer_signed_in(officer: Officer) -> None:
    browser, attacker = Client(), Client()
    attacker.cookies[COOKIE] = planted(browser)
    assert sign_in_by_password(browser, officer).status_code == 302
    assert browser.get("/officer/").status_code == 200
    assert attacker.get("/officer/").status_code == 302


def test_a_session_planted_while_the_code_is_typed_is_worth_nothing_either(db: None) -> None:
    """Between number and name the session already says whose the number is."""
    browser, attacker = Client(), Client()
    attacker.cookies[COOKIE] = planted(browser)
    assert sign_in_by_phone(browser).headers["Location"] == reverse("visitor:consent")
    browser.post(reverse("visitor:consent"), {"full_name": "Trần Thị Mẫu", "consent": "on"})
    assert browser.get("/me/").status_code == 200
    assert attacker.get("/me/").status_code == 302
    assert attacker.get(reverse("visitor:consent")).headers["Location"] == reverse("visitor:sign_in")


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(officer: Officer) -> None:
    make_person("+84905000001", "Trần Thị Mẫu")
    visitor, officers = Client(), Client()
    sign_in_by_phone(visitor)
    sign_in_by_password(officers, officer)
    for browser, page, leave in (
        (visitor, "/me/", reverse("visitor:sign_out")),
        (officers, "/officer/", reverse("account_logout")),
    ):
        copy = Client()
        copy.cookies[COOKIE] = browser.cookies[COOKIE].value
        assert copy.get(page).status_code == 200
        assert browser.get(leave).status_code in {200, 405}, "a link or a picture must not sign anybody out"
        assert copy.get(page).status_code == 200
        assert browser.post(leave).status_code == 302
        assert (browser.get(page).status_code, copy.get(page).status_code) == (302, 302)


def test_withdrawing_consent_ends_the_session_too(db: None) -> None:
    make_person("+84905000001", "Trần Thị Mẫu")
    browser, copy = Client(), Client()
    sign_in_by_phone(browser)
    copy.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert browser.post(reverse("visitor:withdraw")).status_code == 302
    assert copy.get("/me/").status_code == 302
    assert copy.get(reverse("visitor:token")).status_code == 401


def test_a_new_password_ends_the_officer_s_other_sessions(officer: Officer) -> None:
    here, there = Client(), Client()
    sign_in_by_password(here, officer)
    sign_in_by_password(there, officer)
    fresh = "bốn-từ-khác-ghép-lại"
    typed = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    assert here.post(reverse("account_change_password"), typed).status_code == 302
    assert here.get("/officer/").status_code == 200
    assert there.get("/officer/").status_code == 302


def test_an_account_that_is_closed_is_out_at_once(officer: Officer, officer_client: Client) -> None:
    assert officer_client.get("/officer/").status_code == 200
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert officer_client.get("/officer/").status_code == 302


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site(elsewhere: str, officer: Officer) -> None:
    make_person("+84905000001", "Trần Thị Mẫu")
    visitor, officers, reader = Client(), Client(), Client()
    asked = {"next": elsewhere}
    answers = [
        sign_in_by_phone(visitor, elsewhere),
        visitor.get(reverse("visitor:sign_in"), asked),
        visitor.post(reverse("visitor:sign_out"), asked),
        sign_in_by_password(officers, officer, elsewhere),
        officers.get(reverse("account_login"), asked),
        officers.post(reverse("account_logout"), asked),
        reader.post(reverse("set_language"), {"language": "en", **asked}, headers={"referer": elsewhere}),
        reader.post("/design/theme/", {"theme": "dark", **asked}),
        reader.post(reverse("visitor:withdraw"), headers={"referer": elsewhere}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        # A path of ours; a bare word is one too, relative to the page.
        assert re.match(r"/?(?![/\\])[\w/?=%.&-]*$", answer.headers["Location"]), answer.headers["Location"]


def log_of(officer: Officer) -> list[str]:
    return list(
        AuditEntry.objects.filter(subject=f"officer:{officer.pk}").order_by("id").values_list("action", flat=True)
    )


def test_signing_in_and_out_and_a_new_password_are_in_the_log(officer: Officer) -> None:
    browser, fresh = Client(), "bốn-từ-khác-ghép-lại"
    browser.post(reverse("account_login"), {"login": officer.username, "password": "sai"})
    sign_in_by_password(browser, officer)
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    browser.post(reverse("account_logout"))
    assert log_of(officer) == ["account.signed_in", "account.password_changed", "account.signed_out"]
    assert AuditEntry.objects.get(action="account.signed_in").detail == {"ways": ["password"]}
    assert first_broken_entry() is None


def test_a_second_factor_that_comes_or_goes_is_in_the_log(
    officer: Officer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = Client()
    sign_in_by_password(browser, officer)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)
    assert secret
    code = format_hotp_value(hotp_value(secret[0], int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert "account.factor_added" in log_of(officer)
    assert "account.factor_removed" in log_of(officer)
