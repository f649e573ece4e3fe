"""An account of the authority opens the account it was joined to, and makes no account and no right."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from dauchan.project.errors import CannotStart
from dauchan.project.single_sign_on import SingleSignOn, read_single_sign_on
from dauchan.units.models import AuditEntry, Officer, Role
from tests.web.conftest import PASSWORD, appointed
from tests.web.issuer import CLIENT, SECRET, TestIssuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase
    from pytest_django import Settings

    from dauchan.units.models import Unit


@pytest.fixture(scope="module")
def running_issuer() -> Iterator[TestIssuer]:
    issuer = TestIssuer()
    yield issuer
    issuer.server.shutdown()
    issuer.server.server_close()


@pytest.fixture
def issuer(running_issuer: TestIssuer, settings: Settings) -> TestIssuer:
    running_issuer.claims, running_issuer.signing_key = {}, None
    settings.SINGLE_SIGN_ON = SingleSignOn(running_issuer.address, CLIENT, SECRET, "tỉnh")
    settings.BASE_URL = "http://testserver"
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    told = {**app["settings"], "server_url": running_issuer.address}
    known = {**app, "name": "tỉnh", "client_id": CLIENT, "secret": SECRET, "settings": told}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [known]}}
    return running_issuer


def asked_at(page: HttpResponseBase) -> str:
    """Where the page leads to: the issuer, with the question."""
    found = re.search(r'content="0; url=([^"]+)"', page.content.decode())  # type: ignore[attr-defined]  # not streamed
    assert found, page.content.decode()  # type: ignore[attr-defined]
    return html.unescape(found[1])


def joined(browser: Client, issuer: TestIssuer, subject: str) -> HttpResponseBase:
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    asked = asked_at(browser.post(reverse("account_join_authority")))
    return browser.get(reverse("openid_connect_callback"), issuer.agrees(asked, subject), follow=True)


def signed_in(issuer: TestIssuer, subject: str, browser: Client | None = None) -> tuple[Client, HttpResponseBase]:
    browser = browser or Client()
    asked = asked_at(browser.post(reverse("openid_connect_login")))
    return browser, browser.get(reverse("openid_connect_callback"), issuer.agrees(asked, subject))


def test_a_joined_account_signs_in_and_nothing_more_is_kept_of_it(
    issuer: TestIssuer, officer: Officer, officer_client: Client
) -> None:
    issuer.claims = {"email": "canbo@example.vn", "name": "Cán bộ Thử", "groups": ["leader"]}
    page = joined(officer_client, issuer, "subject-1")
    assert "Đã kết nối" in page.content.decode()  # type: ignore[attr-defined]
    browser, answer = signed_in(issuer, "subject-1")
    assert answer.headers["Location"] == "/officer/"
    assert browser.get("/officer/").status_code == 200
    assert (officer.roles(), Officer.objects.count()) == ({Role.OFFICER}, 1)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("subject-1", {})
    assert AuditEntry.objects.filter(action="account.authority_joined").count() == 1


def test_the_question_bears_state_nonce_and_proof_of_the_code(issuer: TestIssuer, db: None) -> None:
    asked = asked_at(Client().post(reverse("openid_connect_login")))
    assert asked.startswith(f"{issuer.address}/authorization_endpoint?")
    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "scope=openid"):
        assert part in asked


def test_an_account_that_is_joined_to_nobody_makes_nothing(issuer: TestIssuer, officer: Officer) -> None:
    issuer.claims = {"email": officer.email, "email_verified": True, "preferred_username": officer.username}
    browser, answer = signed_in(issuer, "stranger")
    assert answer.status_code == 403
    assert "chưa được kết nối" in answer.content.decode()  # type: ignore[attr-defined]
    assert browser.get("/officer/").status_code == 302
    assert (Officer.objects.count(), SocialAccount.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "forged",
    [{"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"iss": "http://evil.example"}, {"exp": 1}],
    ids=lambda forged: next(iter(forged)),
)
def test_a_forged_answer_signs_nobody_in(forged: dict[str, Any], issuer: TestIssuer, officer: Officer) -> None:
    SocialAccount.objects.create(user=officer, provider="authority", uid="subject-1")
    issuer.claims = forged
    browser, answer = signed_in(issuer, "subject-1")
    assert answer.status_code == 401
    assert browser.get("/officer/").status_code == 302


def test_the_configured_address_must_say_that_it_is_that_issuer(
    issuer: TestIssuer, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    SocialAccount.objects.create(user=officer, provider="authority", uid="subject-1")
    honest = issuer.discovery()
    monkeypatch.setattr(issuer, "discovery", lambda: {**honest, "issuer": "http://evil.example"})
    issuer.claims = {"iss": "http://evil.example"}
    browser, answer = signed_in(issuer, "subject-1")
    assert answer.status_code == 401
    assert browser.get("/officer/").status_code == 302


def test_another_key_another_browser_and_a_used_code_sign_nobody_in(issuer: TestIssuer, officer: Officer) -> None:
    SocialAccount.objects.create(user=officer, provider="authority", uid="subject-1")
    issuer.signing_key = rsa.generate_private_key(65537, 2048)
    assert signed_in(issuer, "subject-1")[1].status_code == 401
    issuer.signing_key = None
    asked = asked_at(Client().post(reverse("openid_connect_login")))
    elsewhere = Client().get(reverse("openid_connect_callback"), issuer.agrees(asked, "subject-1"))
    assert elsewhere.status_code == 401, "the state belongs to the browser that asked"
    browser = Client()
    answer = issuer.agrees(asked_at(browser.post(reverse("openid_connect_login"))), "subject-1")
    assert browser.get(reverse("openid_connect_callback"), answer).status_code == 302
    assert Client().get(reverse("openid_connect_callback"), answer).status_code == 401


def test_the_second_factor_and_a_closed_account_hold_here_too(issuer: TestIssuer, province: Unit) -> None:
    tracer = appointed(Role.TRACER, province)
    SocialAccount.objects.create(user=tracer, provider="authority", uid="tracer")
    assert signed_in(issuer, "tracer")[1].headers["Location"] == reverse("mfa_authenticate")
    Officer.objects.filter(pk=tracer.pk).update(is_active=False)
    assert signed_in(issuer, "tracer")[1].headers["Location"] == reverse("account_inactive")


def test_one_account_of_the_authority_belongs_to_one_officer_and_can_be_parted(
    issuer: TestIssuer, officer: Officer, officer_client: Client, commune: Unit
) -> None:
    other = appointed(Role.OFFICER, commune)
    SocialAccount.objects.create(user=other, provider="authority", uid="subject-1")
    page = joined(officer_client, issuer, "subject-1")
    assert "đã kết nối với một cán bộ khác" in page.content.decode()  # type: ignore[attr-defined]
    joined(officer_client, issuer, "subject-2")
    officer_client.post(reverse("account_part_authority"))
    assert not SocialAccount.objects.filter(user=officer).exists()


def test_without_an_issuer_there_is_nothing(db: None) -> None:
    assert "openid_connect" not in Client().get(reverse("account_login")).content.decode()
    assert Client().post(reverse("openid_connect_login")).status_code == 404


def test_an_issuer_is_https_or_here_and_knows_the_installation() -> None:
    known = {"DAUCHAN_OIDC_CLIENT_ID": "a", "DAUCHAN_OIDC_CLIENT_SECRET": "b"}
    good = read_single_sign_on({"DAUCHAN_OIDC_ISSUER": "https://id.example/", **known})
    assert replace(good, client_secret="") == SingleSignOn("https://id.example", "a", "", "id.example")
    assert read_single_sign_on({}).issuer == ""
    for wrong in ({"DAUCHAN_OIDC_ISSUER": "http://id.example", **known}, {"DAUCHAN_OIDC_ISSUER": "https://id.example"}):
        with pytest.raises(CannotStart):
            read_single_sign_on(wrong)
