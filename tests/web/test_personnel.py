"""Accounts by invitation, roles within one's own rights (a new sign-in: test_renewals), substitutes whose work bears both names, sessions one can end."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import httpx
import pytest
from django.template import Context
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dauchan.people import sms
from dauchan.people.invitations.models import Invitation
from dauchan.units import audit
from dauchan.units.models import Appointment, AuditEntry, Officer, Proposal, Role
from dauchan.units.substitution import StoodIn
from dauchan.web.layout.tags import signed
from tests.web.conftest import PASSWORD, appointed, browser_of

if TYPE_CHECKING:
    from time_machine import TimeMachineFixture

    from dauchan.units.models import Unit

NEW = "một-mật-khẩu-rất-dài"


def invited(by: Client, unit: Unit, role: str = Role.OFFICER, **more: str) -> Officer:
    asked = {"full_name": "Trần Thị Mới", "phone": "0905 123 456", "role": role, "unit": str(unit.pk)}
    answer = by.post(reverse("personnel:new"), {**asked, "since": timezone.localdate().isoformat(), **more})
    assert answer.status_code == 302, answer.content.decode()
    return Officer.objects.latest("pk")


def link_of(by: Client, account: Officer) -> str:
    """What a demonstration shows; production sends it to the phone alone."""
    page = by.get(reverse("personnel:account", args=[account.pk])).content.decode()
    found = re.search(r"/accounts/invitation/[\w-]+/", page)
    return found[0] if found else ""


def accepted(link: str) -> Client:
    browser = Client()
    answer = browser.post(link, {"new_password1": NEW, "new_password2": NEW})
    assert answer.headers["Location"] == reverse("mfa_index")
    return browser


def actions_of(account: Officer) -> list[str]:
    lines = AuditEntry.objects.filter(subject=f"officer:{account.pk}").order_by("id")
    return list(lines.values_list("action", flat=True))


def test_a_head_invites_and_the_invited_come_in_with_a_password_of_their_own(commune: Unit) -> None:
    head = browser_of(appointed(Role.HEAD, commune))
    account = invited(head, commune)
    assert (account.username, account.is_active) == ("tran.thi.moi", False)
    link = link_of(head, account)
    assert not link_of(head, account), "the link is shown once"
    assert "Trần Thị Mới" in Client().get(link).content.decode()
    browser = accepted(link)
    assert browser.get("/officer/").status_code == 200
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200, "the second factor can be set up at once"
    assert Client().get(link).status_code == Client().post(link, {"new_password1": NEW}).status_code == 404
    assert actions_of(account) == ["account.invited", "account.appointed", "account.accepted", "account.signed_in"]
    assert audit.first_broken_entry() is None


def test_a_link_is_good_for_three_days_and_only_the_last_one(commune: Unit, time_machine: TimeMachineFixture) -> None:
    head = browser_of(appointed(Role.HEAD, commune))
    account = invited(head, commune)
    first = link_of(head, account)
    weak = Client().post(first, {"new_password1": "ngắn", "new_password2": "ngắn"})
    assert weak.status_code == 422
    head.post(reverse("personnel:link", args=[account.pk]), {"phone": ""})
    second = link_of(head, account)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    time_machine.move_to(timezone.now() + dt.timedelta(days=3, minutes=1))
    assert Client().get(second).status_code == 404


def test_the_phone_is_kept_encrypted_and_the_link_nowhere(commune: Unit) -> None:
    head = browser_of(appointed(Role.HEAD, commune))
    link = link_of(head, invited(head, commune))
    stored = str(Invitation.objects.values("phone_hash", "token_hash").get())
    assert Invitation.objects.get().phone == "+84905123456"
    assert link.split("/")[-2] not in stored
    assert "905123456" not in str(list(AuditEntry.objects.values("detail")))


def test_a_message_that_the_gateway_refuses_can_be_sent_again(commune: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise httpx.ConnectError("down")

    head = browser_of(appointed(Role.HEAD, commune))
    with monkeypatch.context() as broken:
        broken.setattr(sms.ScreenGateway, "send", fails)
        account = invited(head, commune)
    page = head.get(reverse("personnel:accounts")).content.decode()
    assert "Cần gửi lại lời mời" in page
    head.post(reverse("personnel:link", args=[account.pk]), {"phone": ""})
    assert accepted(link_of(head, account)).get("/officer/").status_code == 200


def test_nobody_grants_more_than_they_hold_until_one_who_does_confirms(province: Unit, commune: Unit) -> None:
    operator, tracer = appointed(Role.OPERATOR, province), appointed(Role.TRACER, province)
    account = invited(browser_of(operator), province, Role.TRACER)
    proposal = Proposal.objects.get()
    assert not link_of(browser_of(operator), account), "nothing is sent yet"
    decide = reverse("personnel:decide", args=[proposal.pk, "confirm"])
    browser_of(operator).post(decide)
    browser_of(appointed(Role.HEAD, province)).post(decide)
    assert not account.appointments.exists()
    other = browser_of(tracer)
    assert "Chờ bạn xác nhận" in other.get(reverse("personnel:accounts")).content.decode()
    other.post(decide)
    assert account.appointments.get().role == Role.TRACER
    browser = accepted(link_of(other, account))
    assert browser.get("/officer/").headers["Location"] == reverse("mfa_activate_totp")


def test_no_role_for_oneself_outside_one_s_area_or_beyond_one_s_own_end(commune: Unit, other_commune: Unit) -> None:
    head = appointed(Role.HEAD, commune)
    head.appointments.update(until=timezone.localdate() + dt.timedelta(days=10))
    browser, today = browser_of(head), timezone.localdate().isoformat()
    grant = {"role": Role.OFFICER, "since": today, "last_on": ""}
    own = browser.post(reverse("personnel:new_role", args=[head.pk]), {**grant, "unit": commune.pk})
    elsewhere = browser.post(
        reverse("personnel:new"), {**grant, "unit": other_commune.pk, "full_name": "Ai Đó", "phone": "0905 1"}
    )
    officer = appointed(Role.OFFICER, commune)
    address = reverse("personnel:new_role", args=[officer.pk])
    longer = browser.post(address, {**grant, "role": Role.HEAD, "unit": commune.pk})
    assert [answer.status_code for answer in (own, elsewhere, longer)] == [422, 422, 422]
    assert "Không ai tự giao" in own.content.decode()
    assert "Không giao được lâu hơn" in longer.content.decode()
    stranger = appointed(Role.OFFICER, other_commune)
    assert browser.get(reverse("personnel:account", args=[stranger.pk])).status_code == 404
    assert browser_of(officer).get(reverse("personnel:accounts")).status_code == 403


def test_closing_an_account_ends_roles_sessions_and_links(commune: Unit) -> None:
    head, officer = appointed(Role.HEAD, commune), appointed(Role.OFFICER, commune)
    browser, theirs = browser_of(head), browser_of(officer)
    assert theirs.get("/officer/").status_code == 200
    browser.post(reverse("personnel:step", args=[officer.pk, "close"]))
    assert theirs.get("/officer/").status_code == 302
    assert not officer.appointments.in_force_on(timezone.localdate()).exists()
    page = browser.get(reverse("personnel:accounts"), {"state": "closed", "q": officer.username}).content.decode()
    assert officer.full_name in page
    own = browser.post(reverse("personnel:step", args=[head.pk, "close"]), follow=True)
    assert "Không ai tự giao" in own.content.decode()


def test_a_role_ends_and_the_list_is_found_without_diacritics(province: Unit, commune: Unit) -> None:
    head, officer = appointed(Role.HEAD, province), appointed(Role.OFFICER, commune)
    Officer.objects.get(pk=officer.pk).save()
    browser = browser_of(head)
    found = browser.get(reverse("personnel:accounts"), {"q": "can bo officer", "role": "officer"}).content.decode()
    assert officer.full_name in found
    browser.post(reverse("personnel:end_role", args=[officer.appointments.get().pk]))
    assert browser_of(officer).get("/officer/").status_code == 403
    gone = browser.get(reverse("personnel:accounts"), {"role": "officer"}).content.decode()
    assert officer.full_name not in gone


def substituted(absent: Officer, substitute: Officer, days: int = 7) -> Appointment:
    today = timezone.localdate()
    asked = {"substitute": substitute.pk, "since": today, "last_on": today + dt.timedelta(days=days - 1)}
    own = absent.appointments.get(in_place_of=None)
    answer = browser_of(absent).post(reverse("personnel:new_substitute", args=[own.pk]), asked)
    assert answer.status_code == 302, answer.content.decode()
    return Appointment.objects.get(in_place_of=absent, officer=substitute)


def test_a_substitute_acts_within_the_period_and_the_log_names_both(
    commune: Unit, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC))
    head, officer = appointed(Role.HEAD, commune), appointed(Role.OFFICER, commune)
    substitution, browser = substituted(head, officer), browser_of(officer)
    assert browser.get(reverse("personnel:accounts")).status_code == 403, (
        "their own work until they take up the other's"
    )
    browser.post(reverse("personnel:take_up", args=[substitution.pk]))
    assert f"làm việc thay cho <strong>{head.full_name}" in browser.get("/officer/").content.decode()
    account = invited(browser, commune, last_on="2026-11-08")
    line = AuditEntry.objects.get(subject=f"officer:{account.pk}", action="account.invited")
    assert (line.actor, line.in_place_of) == (officer, head)
    assert line.done_by() == f"{officer.full_name} thay cho {head.full_name}"
    too_long = {"role": Role.OFFICER, "unit": commune.pk, "since": "2026-11-02", "last_on": ""}
    assert browser.post(reverse("personnel:new_role", args=[account.pk]), too_long).status_code == 422
    assert audit.first_broken_entry() is None
    time_machine.move_to(dt.datetime(2026, 11, 9, 2, 0, tzinfo=dt.UTC))
    assert browser_of(officer).get(reverse("personnel:accounts")).status_code == 403, "the period is over"


def test_a_substitute_goes_back_to_their_own_work_and_may_be_ended(commune: Unit) -> None:
    head, officer = appointed(Role.HEAD, commune), appointed(Role.OFFICER, commune)
    substitution, browser = substituted(head, officer), browser_of(officer)
    browser.post(reverse("personnel:take_up", args=[substitution.pk]))
    browser.post(reverse("personnel:lay_down"))
    assert browser.get(reverse("personnel:accounts")).status_code == 403
    assert officer.stints.get().ended_at is not None
    browser.post(reverse("personnel:take_up", args=[substitution.pk]))
    browser_of(head).post(reverse("personnel:end_substitution", args=[substitution.pk]))
    assert browser.get(reverse("personnel:accounts")).status_code == 403
    refused = browser.post(reverse("personnel:take_up", args=[substitution.pk]), follow=True)
    assert "thời gian thay đã hết" in refused.content.decode()


def test_nobody_substitutes_from_elsewhere_or_for_themselves(commune: Unit, other_commune: Unit) -> None:
    head, stranger = appointed(Role.HEAD, commune), appointed(Role.OFFICER, other_commune)
    own, today = head.appointments.get(), timezone.localdate()
    for chosen in (stranger, head):
        asked = {"substitute": chosen.pk, "since": today, "last_on": today}
        assert browser_of(head).post(reverse("personnel:new_substitute", args=[own.pk]), asked).status_code == 422
    assert browser_of(stranger).get(reverse("personnel:new_substitute", args=[own.pk])).status_code == 404


def signed_in_from(officer: Officer, network: str, agent: str) -> Client:
    browser = Client(REMOTE_ADDR=network, headers={"user-agent": agent})
    browser.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    return browser


def test_an_officer_sees_and_ends_their_sessions(officer: Officer, commune: Unit) -> None:
    here = signed_in_from(officer, "192.0.2.7", "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537")
    there = signed_in_from(officer, "198.51.100.4", "Mozilla/5.0 (Android 14) Firefox/130")
    page = here.get(reverse("account_sessions")).content.decode()
    assert "Chrome, Windows" in page
    assert "Firefox, Android" in page
    assert "Mạng khác" in page
    assert "192.0.2" not in page
    addresses = Officer.objects.filter(pk=officer.pk).values_list("usersession__ip", flat=True)
    assert sorted(cast("list[str]", list(addresses))) == ["192.0.2.0", "198.51.100.0"]
    stranger = signed_in_from(appointed(Role.OFFICER, commune), "192.0.2.9", "x")
    number = officer.usersession_set.earliest("pk").pk  # type: ignore[attr-defined]  # the library is untyped
    stranger.post(reverse("account_end_sessions"), {"session": number})
    assert here.get("/officer/").status_code == 200, "nobody ends another's"
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("account_end_sessions"), {"session": "others"})
    assert (here.get("/officer/").status_code, there.get("/officer/").status_code) == (200, 302)


def test_ending_sessions_asks_for_a_factor_again(officer: Officer) -> None:
    here = signed_in_from(officer, "192.0.2.7", "x")
    there = signed_in_from(officer, "198.51.100.4", "y")
    asked = here.post(reverse("account_end_sessions"), {"session": "others"})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert there.get("/officer/").status_code == 200
    here.post(asked.headers["Location"], {"password": PASSWORD})
    assert there.get("/officer/").status_code == 302


def test_a_head_signs_an_officer_out_everywhere(officer: Officer, commune: Unit) -> None:
    theirs = signed_in_from(officer, "192.0.2.7", "x")
    head = browser_of(appointed(Role.HEAD, commune))
    head.post(reverse("personnel:step", args=[officer.pk, "sign-out"]))
    assert theirs.get("/officer/").status_code == 302
    assert "account.sessions_ended" in actions_of(officer)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_list_costs_the_same_however_long_it_is(
    language: str, commune: Unit, django_assert_max_num_queries: object
) -> None:
    head = browser_of(appointed(Role.HEAD, commune))
    head.cookies["dauchan_language"] = language
    for _ in range(12):
        appointed(Role.OFFICER, commune)
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # a fixture
        assert head.get(reverse("personnel:accounts")).status_code == 200


def test_who_signed_is_told_with_whom_they_stood_in_for() -> None:
    officer, nine = Officer(pk=1, full_name="Lê Văn Diễn"), dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC)
    request = SimpleNamespace(stood_in={1: [StoodIn(nine, nine + dt.timedelta(hours=1), "Hoàng Đình Bày")]})
    told = [
        signed(Context({"request": request}), officer, nine + dt.timedelta(minutes=after)) for after in (-1, 0, 59, 60)
    ]
    both = "Lê Văn Diễn thay cho Hoàng Đình Bày"
    assert told == ["Lê Văn Diễn", both, both, "Lê Văn Diễn"]
    assert signed(Context(), None, nine) == ""
