"""Officers sign in with a password and, where their role demands it, with a second factor."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dauchan.units.models import Appointment, Role
from dauchan.web.officer.demonstration import shown_code
from tests.web.conftest import PASSWORD, TOTP_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as ClientResponse
    from pytest_django import Settings
    from time_machine import TimeMachineFixture

    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeOfficer, SignIn

LOGIN = "/accounts/login/"
HOME = "/officer/"


def sign_in(client: Client, username: str, password: str = PASSWORD) -> ClientResponse:
    return client.post(LOGIN, {"login": username, "password": password})


def current_code(offset: int = 0) -> str:
    return str(format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30 + offset)))


def console_routes() -> Iterator[str]:
    """Every address under /officer/ and /tracer/, its parameters filled with ones."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) in {"officer/", "tracer/"}:
            yield from _routes_of(resolver, f"/{resolver.pattern}")


def _routes_of(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        assert isinstance(found, URLPattern)
        yield prefix + re.sub(r"<[^>]+>", "1", str(found.pattern))


def test_an_officer_signs_in_with_name_and_password(officer: Officer) -> None:
    client = Client()
    assert "Đăng nhập dành cho cán bộ" in client.get(LOGIN).content.decode()
    answer = sign_in(client, officer.username)
    assert answer.status_code == 302
    assert answer["Location"] == HOME
    assert officer.full_name in client.get(HOME).content.decode()
    # The cookie has no date: it ends with the browser.
    assert not client.cookies["dauchan_session"]["max-age"]


def test_one_comes_back_to_the_page_one_wanted(officer: Officer) -> None:
    client = Client()
    asked = client.get(HOME)
    assert asked["Location"] == f"{LOGIN}?next={HOME}"
    answer = client.post(asked["Location"], {"login": officer.username, "password": PASSWORD, "next": HOME})
    assert answer["Location"] == HOME


def test_one_is_never_sent_to_another_site(officer: Officer) -> None:
    answer = Client().post(
        LOGIN, {"login": officer.username, "password": PASSWORD, "next": "https://evil.example/officer/"}
    )
    assert answer["Location"] == HOME


def test_wrong_password_and_unknown_name_get_the_same_answer(
    officer: Officer, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [sign_in(Client(), name, "sai-mật-khẩu") for name in (officer.username, "khong-co-ai")]
    assert [answer.status_code for answer in answers] == [422, 422]
    said = [answer.content.decode().partition("error-summary")[2].partition("</section>")[0] for answer in answers]
    assert said[0] == said[1]
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in said[0]
    failed = [line for line in caplog.messages if line.startswith("a sign-in failed")]
    assert failed == [f"a sign-in failed: officer:{officer.pk}", "a sign-in failed: no such account"]


def test_guessing_is_throttled_even_for_the_right_password(officer: Officer, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC))
    for _ in range(5):
        assert sign_in(Client(), officer.username, "sai").status_code == 422
    answer = sign_in(Client(), officer.username)
    assert answer.status_code == 422
    assert "Hãy đợi năm phút" in answer.content.decode()
    time_machine.shift(dt.timedelta(minutes=6))
    assert sign_in(Client(), officer.username).status_code == 302


def test_one_address_cannot_go_on_asking(officer: Officer, time_machine: TimeMachineFixture) -> None:
    stop_the_clock(time_machine)
    for _ in range(30):
        assert Client().get(LOGIN).status_code == 200  # looking at the page costs nothing
    answers = [sign_in(Client(), f"{officer.username}{number}", "sai").status_code for number in range(40)]
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429
    page = sign_in(Client(), officer.username)
    assert page.status_code == 429
    assert "Thử quá nhiều lần" in page.content.decode()


def stop_the_clock(time_machine: TimeMachineFixture) -> None:
    """On a busy machine forty tries take longer than the minute in which they are counted."""
    time_machine.move_to(dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC), tick=False)


def test_a_forged_forwarded_address_is_still_throttled(officer: Officer, time_machine: TimeMachineFixture) -> None:
    stop_the_clock(time_machine)
    statuses = [
        Client().post(
            LOGIN,
            {"login": f"{officer.username}{number}", "password": "sai"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number in range(40)
    ]  # fmt: skip
    assert statuses[-1] == 429


def test_a_tracer_is_asked_for_a_code(make_officer: MakeOfficer, province: Unit) -> None:
    make_officer(Role.TRACER, province, "truyvet")
    client = Client()
    assert sign_in(client, "truyvet")["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(HOME).status_code == 302  # not yet
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Mã không đúng" in wrong.content.decode()
    assert client.post("/accounts/2fa/authenticate/", {"code": current_code()})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_a_code_is_taken_once(make_officer: MakeOfficer, province: Unit, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 3, 3, 0, 5, tzinfo=dt.UTC), tick=False)
    make_officer(Role.TRACER, province, "truyvet")
    code = current_code()
    statuses = []
    for _ in range(3):
        client = Client()
        sign_in(client, "truyvet")
        statuses.append(client.post("/accounts/2fa/authenticate/", {"code": code}).status_code)
        time_machine.shift(dt.timedelta(seconds=20))  # the third try is in the next half minute
    assert statuses == [302, 422, 422]


def test_codes_cannot_be_guessed_through(make_officer: MakeOfficer, province: Unit) -> None:
    make_officer(Role.TRACER, province, "truyvet")
    client = Client()
    sign_in(client, "truyvet")
    for number in range(5):
        assert client.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"}).status_code == 422
    answer = client.post("/accounts/2fa/authenticate/", {"code": current_code()})
    assert answer.status_code == 422
    assert "Hãy đợi năm phút" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.TRACER, Role.APPROVER, Role.OPERATOR])
def test_nothing_of_the_console_opens_without_the_second_factor(
    role: Role, make_officer: MakeOfficer, signed_in: SignIn, province: Unit
) -> None:
    client = signed_in(make_officer(role, province, second_factor=False))
    routes = list(console_routes())
    assert HOME in routes
    for route in routes:
        for answer in (client.get(route), client.post(route)):
            assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp")), route


def test_nothing_of_the_console_opens_to_a_stranger(db: None) -> None:
    for route in console_routes():
        for answer in (Client().get(route), Client().post(route)):
            assert answer.status_code in {302, 405}, route
            if answer.status_code == 302:
                assert answer["Location"].startswith(LOGIN), route


def test_an_account_without_an_appointment_opens_nothing(officer: Officer, officer_client: Client) -> None:
    Appointment.objects.filter(officer=officer).update(until=dt.date(2020, 1, 1))
    assert officer_client.get(HOME).status_code == 403


def test_the_second_factor_cannot_be_dropped_by_those_who_need_it(make_officer: MakeOfficer, province: Unit) -> None:
    tracer = make_officer(Role.TRACER, province, "truyvet")
    client = Client()
    sign_in(client, "truyvet")
    client.post("/accounts/2fa/authenticate/", {"code": current_code()})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert answer.status_code == 200
    assert "phải còn ít nhất một cách" in answer.content.decode()
    assert Authenticator.objects.filter(user=tracer, type="totp").exists()


def test_the_app_is_activated_and_recovery_codes_are_made(officer: Officer, officer_client: Client) -> None:
    client = officer_client
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    page = client.get("/accounts/2fa/totp/activate/")
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    shown = client.get(answer["Location"])
    recovery_code = shown.context["unused_codes"][0]
    assert recovery_code in shown.content.decode()
    assert recovery_code in client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    for authenticator in Authenticator.objects.filter(user=officer):
        assert secret not in str(authenticator.data)  # what lies in the database is encrypted
    again = Client()
    sign_in(again, officer.username)
    assert again.post("/accounts/2fa/authenticate/", {"code": recovery_code})["Location"] == HOME


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/", "/accounts/email/", "/accounts/password/reset/", "/accounts/password/set/",
        "/accounts/confirm-email/", "/accounts/login/code/", "/accounts/2fa/webauthn/signup/",
    ],
)  # fmt: skip
def test_what_officers_do_not_need_is_not_there(path: str, officer_client: Client) -> None:
    assert Client().get(path).status_code == 404
    assert officer_client.get(path).status_code == 404
    assert Client().post(path, {"username": "ai", "password1": PASSWORD}).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_signing_in_opens(language: str, officer: Officer, officer_client: Client) -> None:
    officer_client.cookies["dauchan_language"] = language
    officer_client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    paths = [
        "logout/", "inactive/", "reauthenticate/", "password/change/", "password/forgotten/", "2fa/", "2fa/totp/activate/",
        "2fa/keys/", "2fa/keys/add/",
    ]  # fmt: skip
    for path in paths:
        answer = officer_client.get(f"/accounts/{path}")
        assert answer.status_code == 200, path
        assert "style=" not in answer.content.decode()
    assert officer.full_name in officer_client.get("/accounts/2fa/").content.decode()


def test_the_password_is_changed_and_the_refusals_are_in_words(officer: Officer, officer_client: Client) -> None:
    new = "bốn-từ-hoàn-toàn-khác"
    refusals = [
        ({"oldpassword": "sai", "password1": new, "password2": new}, "Mật khẩu hiện tại không đúng."),
        ({"oldpassword": PASSWORD, "password1": new, "password2": "khác"}, "không giống nhau"),
        ({"oldpassword": PASSWORD, "password1": "ngắn", "password2": "ngắn"}, "12"),
    ]
    for fields, said in refusals:
        answer = officer_client.post("/accounts/password/change/", fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert officer_client.post("/accounts/password/change/", fields).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password(new)


def test_the_demonstration_shows_the_code_and_says_so(
    make_officer: MakeOfficer, province: Unit, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    make_officer(Role.TRACER, province, "truyvet")
    for _ in range(2):  # also when the first code has just been used
        client = Client()
        sign_in(client, "truyvet")
        page = client.get("/accounts/2fa/authenticate/")
        assert "Chỉ có ở bản trình diễn" in page.content.decode()
        code = page.context["demonstration_code"]
        assert code in page.content.decode()
        assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == HOME


def test_outside_a_demonstration_no_code_is_ever_shown(
    make_officer: MakeOfficer, province: Unit, settings: Settings
) -> None:
    assert settings.DEMONSTRATION is False
    tracer = make_officer(Role.TRACER, province, "truyvet")
    client = Client()
    sign_in(client, "truyvet")
    page = client.get("/accounts/2fa/authenticate/")
    assert shown_code(tracer) == page.context["demonstration_code"] == ""
    said = page.content.decode()
    assert "bản trình diễn" not in said.lower()
    assert not any(current_code(offset) in said for offset in (-1, 0, 1))


def test_an_idle_hour_ends_the_session(officer_client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC))
    assert officer_client.get(HOME).status_code == 200
    time_machine.shift(dt.timedelta(minutes=59))
    assert officer_client.get(HOME).status_code == 200
    time_machine.shift(dt.timedelta(minutes=61))
    ended = officer_client.get(HOME, follow=True)
    assert ended.redirect_chain[0][0].startswith(LOGIN)
    assert "Phiên làm việc đã hết hạn" in ended.content.decode()


def test_twelve_hours_end_the_session_however_busy(officer_client: Client, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC))
    statuses = []
    for _ in range(26):
        statuses.append(officer_client.get(HOME).status_code)
        time_machine.shift(dt.timedelta(minutes=30))
    assert statuses == [200] * 24 + [302] * 2


def test_a_htmx_request_whose_session_is_over_opens_the_sign_in_page(db: None) -> None:
    answer = Client().get(HOME, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/officer/?q=a"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == f"{LOGIN}?next=/officer/%3Fq%3Da"


def test_the_console_is_not_kept_by_browsers(officer_client: Client) -> None:
    assert "no-store" in officer_client.get(HOME)["Cache-Control"]
