"""That it is the officer who signs: the second factor where they have one, else the password, at the moment of signing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.utils.translation import gettext as _

from dauchan.oversight.accountability.models import SignedBy

if TYPE_CHECKING:
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


def signs_by(officer: Officer) -> SignedBy:
    return SignedBy.CODE if is_mfa_enabled(officer, types=[Authenticator.Type.TOTP]) else SignedBy.PASSWORD


def secret_field(officer: Officer) -> forms.CharField:
    """What they type to sign; it is never shown again."""
    if signs_by(officer) == SignedBy.CODE:
        code = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"})
        return forms.CharField(label=_("Mã của ứng dụng xác thực"), max_length=20, widget=code)
    password = forms.PasswordInput({"autocomplete": "current-password", "class": "short"})
    return forms.CharField(label=_("Mật khẩu của bạn"), max_length=200, strip=False, widget=password)


def confirm(request: OfficerRequest, secret: str) -> SignedBy:
    """Raises: ValidationError if it is not theirs, or was guessed at too often."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise forms.ValidationError(_("Bạn thử quá nhiều lần. Hãy đợi năm phút rồi thử lại."))
    by = signs_by(request.user)
    if by == SignedBy.CODE:
        form = CodeForm({"code": secret}, user=request.user)
    else:
        form = PasswordForm({"password": secret}, user=request.user)
    if not form.is_valid():
        raise forms.ValidationError(next(iter(form.errors.values())))
    return by
