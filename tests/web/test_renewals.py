"""A new sign-in for an account in use: a forgotten password leaves the second factor; a lost one takes two people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.people import sms
from dauchan.people.invitations.links import phone_hash_of
from dauchan.people.invitations.models import WAITS, Invitation
from dauchan.units import audit
from dauchan.units.models import Officer, Role
from tests.web.conftest import appointed, browser_of
from tests.web.test_personnel import NEW, actions_of, link_of

if TYPE_CHECKING:
    from time_machine import TimeMachineFixture

    from dauchan.units.models import Unit

KNOWN, OTHER = "+84905111111", "+84905222222"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every message: to whom, and what it said."""
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(sms.ScreenGateway, "send", lambda _self, phone, text: said.append((phone, text)))
    return said


def opened(role: str, unit: Unit) -> Officer:
    """An account in use, opened by a link at the known number, with a second factor."""
    officer, now = appointed(role, unit, second_factor=True), timezone.now()
    hashed = {"phone": KNOWN, "phone_hash": phone_hash_of(KNOWN)}
    Invitation.objects.create(officer=officer, made_by=officer, language="vi", sent_at=now, accepted_at=now, **hashed)
    return officer


def asked(by: Officer, account: Officer, what: str = "lost", phone: str = OTHER) -> int:
    answer = browser_of(by).post(reverse("personnel:link", args=[account.pk]), {"what": what, "phone": phone})
    return int(answer.status_code)


def confirmed(by: Officer, identified: str = "in_person") -> Client:
    browser, renewal = browser_of(by), Invitation.objects.latest("pk")
    browser.post(reverse("personnel:confirm_renewal", args=[renewal.pk]), {"identified": identified})
    return browser


def used(link: str) -> str:
    return str(Client().post(link, {"new_password1": NEW, "new_password2": NEW}).headers["Location"])


def factors_of(account: Officer) -> int:
    return int(Authenticator.objects.filter(user=account).count())


def test_a_forgotten_password_leaves_the_second_factor(commune: Unit, sent: list[tuple[str, str]]) -> None:
    head, account = appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    assert asked(head, account, "password", OTHER) == 422, "not to a number that nobody knows"
    browser = browser_of(head)
    browser.post(reverse("personnel:link", args=[account.pk]), {"what": "password", "phone": ""})
    assert [to for to, _ in sent] == [KNOWN]
    assert used(link_of(browser, account)) == reverse("account_login"), "the link alone signs nobody in"
    assert factors_of(account) == 1
    theirs = Client()
    answer = theirs.post(reverse("account_login"), {"login": account.username, "password": NEW})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))


def test_a_lost_phone_takes_two_people_and_its_owner_is_told(commune: Unit, sent: list[tuple[str, str]]) -> None:
    head, second, account = appointed(Role.HEAD, commune), appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    theirs = browser_of(account)
    assert asked(head, account) == 302
    assert [to for to, _ in sent] == [KNOWN], "nothing goes to the new number yet"
    assert head.full_name in theirs.get(reverse("account_sessions")).content.decode()
    for nobody in (head, account, appointed(Role.OFFICER, commune)):
        confirmed(nobody)
    confirmed(second, "by-hearsay")
    assert Invitation.objects.latest("pk").sent_at is None
    waiting = browser_of(second).get(reverse("personnel:accounts")).content.decode()
    assert "cấp lại đăng nhập" in waiting
    link = link_of(confirmed(second), account)
    assert sent[-1][0] == OTHER
    assert factors_of(account) == 1, "nothing changes before the link is used"
    assert used(link) == reverse("mfa_index")
    assert factors_of(account) == 0
    assert sent[-1] == (KNOWN, sms.renewal_used_message())
    assert theirs.get("/officer/").status_code == 302, "whoever was signed in is out"
    steps = [each for each in actions_of(account) if not each.startswith("account.signed")]
    assert steps[:2] == ["account.renewal_asked", "account.renewal_confirmed"]
    assert {"account.factor_removed", "account.accepted"} <= set(steps)
    assert audit.first_broken_entry() is None


@pytest.mark.parametrize("way", ["message", "session", "decline"])
def test_it_is_stopped(way: str, commune: Unit, sent: list[tuple[str, str]]) -> None:
    head, second, account = appointed(Role.HEAD, commune), appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    asked(head, account)
    if way == "message":
        link = re.search(r"/accounts/renewal/[\w-]+/", sent[0][1])
        assert link
        assert Client().get(link[0]).status_code == 200
        assert Invitation.objects.latest("pk").withdrawn_at is None, "looking stops nothing"
        Client().post(link[0])
        assert Client().get(link[0]).status_code == 404
    elif way == "session":
        browser_of(account).post(reverse("account_stop_own_renewal"))
    else:
        browser_of(second).post(reverse("personnel:decline_renewal", args=[Invitation.objects.latest("pk").pk]))
    assert not link_of(confirmed(second), account)
    assert actions_of(account)[-1] == ("account.renewal_declined" if way == "decline" else "account.renewal_stopped")


def test_a_confirmed_link_is_stopped_too_until_it_is_used(commune: Unit, sent: list[tuple[str, str]]) -> None:
    head, second, account = appointed(Role.HEAD, commune), appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    asked(head, account)
    link = link_of(confirmed(second), account)
    stop = re.search(r"/accounts/renewal/[\w-]+/", sent[0][1])
    assert stop
    Client().post(stop[0])
    assert Client().get(link).status_code == 404


def test_nobody_renews_an_account_with_more_rights(province: Unit, sent: list[tuple[str, str]]) -> None:
    head, account = appointed(Role.HEAD, province), opened(Role.TRACER, province)
    assert asked(head, account) == 422
    asked(appointed(Role.TRACER, province), account)
    assert not link_of(confirmed(head), account), "nor agrees to it"
    assert len(sent) == 1


def test_a_renewal_grows_stale_and_its_owner_must_have_been_told(
    commune: Unit, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    def fails(*_args: object) -> None:
        raise httpx.ConnectError("down")

    head, second, account = appointed(Role.HEAD, commune), appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    with monkeypatch.context() as broken:
        broken.setattr(sms.ScreenGateway, "send", fails)
        assert asked(head, account) == 422
    assert not Invitation.objects.waiting().exists()
    assert asked(head, account) == 302
    time_machine.move_to(timezone.now() + WAITS)
    assert not link_of(confirmed(second), account)


def test_two_people_are_a_rule_of_the_database(commune: Unit) -> None:
    head, account = appointed(Role.HEAD, commune), opened(Role.OFFICER, commune)
    asked(head, account)
    waiting = Invitation.objects.filter(pk=Invitation.objects.latest("pk").pk)
    for alone in ({"token_hash": b"1"}, {"confirmed_by": head}, {"confirmed_by": account}, {"needs_two": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            waiting.update(**alone)
