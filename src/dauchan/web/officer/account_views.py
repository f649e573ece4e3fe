"""The sign-in library's pages in our look. A refused form answers 422, as everywhere."""

from __future__ import annotations

from http import HTTPStatus
from logging import getLogger
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.shortcuts import redirect, render

from dauchan.web.officer import account_forms
from dauchan.web.officer.demonstration import shown_code

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


log = getLogger(__name__)


class Refuses:
    """A form that is not in order is unprocessable, not a success."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class FailuresToldOf:
    """Of who failed with a factor the log tells by the account's number, never what was typed."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        log.warning("a second factor failed: %s", self._whose())
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response

    def _whose(self) -> str:
        stage = getattr(self, "stage", None)
        officer = stage.login.user if stage else self.request.user  # type: ignore[attr-defined]  # the view's
        return f"officer:{officer.pk}" if officer.pk else "no account yet"


class SignIn(Refuses, account.LoginView):  # type: ignore[misc]  # the library is untyped
    form_class = account_forms.SignInForm


class SignInCode(FailuresToldOf, Refuses, mfa.AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""

    form_class = account_forms.SecondFactorForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's arguments pass through
        return {**super().get_context_data(**kwargs), "demonstration_code": shown_code(self.stage.login.user)}


class SignInWithKey(FailuresToldOf, webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class ConfirmPassword(Refuses, account.ReauthenticateView):  # type: ignore[misc]
    form_class = account_forms.ConfirmPasswordForm


class ConfirmByCode(FailuresToldOf, Refuses, mfa.ReauthenticateView):  # type: ignore[misc]
    form_class = account_forms.ConfirmByCodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        return {**super().get_context_data(**kwargs), "demonstration_code": shown_code(self.request.user)}


class ChangePassword(Refuses, account.PasswordChangeView):  # type: ignore[misc]
    form_class = account_forms.NewPasswordForm


class ActivateApp(Refuses, totp.ActivateTOTPView):  # type: ignore[misc]
    form_class = account_forms.ActivateAppForm


class GenerateRecoveryCodes(Refuses, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    pass


class AddKey(Refuses, webauthn.AddWebAuthnView):  # type: ignore[misc]
    form_class = account_forms.AddKeyForm


class RenameKey(Refuses, webauthn.EditWebAuthnView):  # type: ignore[misc]
    form_class = account_forms.RenameKeyForm


class RemoveKey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The library asks before an authenticator app is removed, but not before a key is."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


def forgotten_password(request: HttpRequest) -> HttpResponse:
    """No password goes by e-mail: the operator knows the officer and sets a new one."""
    return render(request, "account/forgotten_password.html")
