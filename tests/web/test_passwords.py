"""Passwords that everybody here would try first, and factors that were wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from dauchan.units.models import Role
from dauchan.units.passwords import OwnWords
from tests.web.conftest import PASSWORD, appointed

if TYPE_CHECKING:
    from dauchan.units.models import Officer, Unit


@pytest.mark.parametrize(
    "password", ["dauchan20262026", "Dấu-Chân-Huế-2026!", "UBND.thuathienhue1", "MậtKhẩu-kiểm-dịch"]
)
def test_a_password_of_our_own_words_is_refused(password: str, officer: Officer) -> None:
    with pytest.raises(ValidationError, match="tên hệ thống"):
        OwnWords().validate(password, officer)
    browser = Client()
    browser.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    asked = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = browser.post(reverse("account_change_password"), asked)
    assert answer.status_code == 422
    assert "tên hệ thống" in answer.content.decode()


@pytest.mark.parametrize("password", [PASSWORD, "cầu gỗ lim sông nhỏ", "thuê nhà bên sông 9", "xk3!Tq9vLw2z"])
def test_other_passwords_are_not(password: str) -> None:
    OwnWords().validate(password)


def test_a_wrong_factor_is_in_the_console_s_log(commune: Unit, caplog: pytest.LogCaptureFixture) -> None:
    officer = appointed(Role.OFFICER, commune, second_factor=True)
    browser = Client()
    browser.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    with caplog.at_level(logging.WARNING, "dauchan"):
        assert browser.post(reverse("mfa_authenticate"), {"code": "123123"}).status_code == 422
        assert Client().post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 302
    assert f"a second factor failed: officer:{officer.pk}" in caplog.text
    assert "a second factor failed: no account yet" in caplog.text
    assert "123123" not in caplog.text
