"""The sign-in library's forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from dauchan.web.layout.widgets import CodeInput

MAX_KEY_NAME = 60


class InOurWords:
    """Gives fields their labels and help; what the library says inside an empty field goes."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's arguments pass through
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class SignInForm(InOurWords, LoginForm):  # type: ignore[misc]  # the library is untyped
    labels = {"login": _("Tên đăng nhập"), "password": _("Mật khẩu")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": ""}


class ConfirmPasswordForm(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Mật khẩu")}


class NewPasswordForm(InOurWords, ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": _("Mật khẩu hiện tại"),
        "password1": _("Mật khẩu mới"),
        "password2": _("Mật khẩu mới, nhập lại lần nữa"),
    }
    helps = {
        "password1": _(
            "Ít nhất 12 ký tự; không trùng tên bạn, không phải mật khẩu thông dụng. Nên dùng vài từ ghép lại."
        )
    }

    def clean(self) -> Any:  # noqa: ANN401
        cleaned = forms.Form.clean(self)
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != self.cleaned_data.get("password2"):
            self.add_error("password2", _("Hai lần nhập mật khẩu mới không giống nhau."))
        return cleaned


class CodeForm(InOurWords):
    labels = {"code": _("Mã")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = CodeInput({"autocomplete": "one-time-code", "autofocus": ""})

    def clean_code(self) -> str:
        """The library forgets after half a minute that a code was used, but takes neighbouring codes for longer."""
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator = getattr(self, "authenticator", None)
        if authenticator is not None and authenticator.type == Authenticator.Type.TOTP:
            key = authenticator.wrap()._get_used_cache_key(code)  # noqa: SLF001 - the library's mark of a used code
            cache.set(key, "y", timeout=app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1))
        return code


class SecondFactorForm(CodeForm, AuthenticateForm):  # type: ignore[misc]
    helps = {"code": _("Sáu chữ số trong ứng dụng xác thực, hoặc một mã khôi phục.")}


class ConfirmByCodeForm(CodeForm, ReauthenticateByCodeForm):  # type: ignore[misc]
    helps = SecondFactorForm.helps


class ActivateAppForm(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": _("Mã sáu chữ số mà ứng dụng đang hiện")}


class AddKeyForm(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("Tên để nhận ra khóa"), "passwordless": _("Dùng khóa này để đăng nhập mà không cần mật khẩu")}
    helps = {"passwordless": _("Khóa phải có mã PIN, vân tay hoặc nhận diện khuôn mặt.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(MAX_KEY_NAME))


class RenameKeyForm(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("Tên để nhận ra khóa")}
