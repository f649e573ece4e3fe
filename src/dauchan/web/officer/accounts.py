"""How the sign-in library behaves for officers: no sign-up, our words, secrets encrypted, the second factor kept."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dauchan.people import encryption
from dauchan.qr import qr_svg

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dauchan.units.models import Officer


class OfficerAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Accounts are made by the operator; nobody makes their own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã dùng rồi. Hãy đợi mã kế tiếp."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "rate_limited": _("Bạn thử quá nhiều lần. Hãy đợi năm phút rồi thử lại."),
        "too_many_login_attempts": _("Bạn thử quá nhiều lần. Hãy đợi năm phút rồi thử lại."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False

    def get_reauthentication_methods(self, user: Officer) -> list[dict[str, str]]:
        words = {
            "reauthenticate": gettext("Dùng mật khẩu"),
            "mfa_reauthenticate": gettext("Dùng mã của ứng dụng xác thực hoặc mã khôi phục"),
            "mfa_reauthenticate:webauthn": gettext("Dùng khóa bảo mật"),
        }
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class OfficerSecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """Secrets of authenticator apps and recovery codes lie encrypted in the database, as personal data does."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Vai trò của bạn bắt buộc có lớp xác thực thứ hai: phải còn ít nhất một cách."
        ),
        "cannot_generate_recovery_codes": _("Hãy bật ứng dụng xác thực hoặc khóa bảo mật trước khi tạo mã khôi phục."),
        "incorrect_code": _("Mã không đúng hoặc đã dùng rồi. Hãy đợi mã kế tiếp."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encryption.encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(base64.b64decode(encrypted_text))

    def build_totp_svg(self, url: str) -> str:
        return qr_svg(url, "M")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": gettext("Dấu Chân")}

    def generate_authenticator_name(self, user: Officer, type: Authenticator.Type) -> str:  # noqa: A002 - the library's signature
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Khóa số %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last way of a second factor stays where a role demands one."""
        officer: Officer = authenticator.user
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=officer, type__in=kinds).exclude(pk=authenticator.pk)
        return not officer.needs_second_factor() or others.exists()
