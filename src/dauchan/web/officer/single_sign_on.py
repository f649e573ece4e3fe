"""Signing in with the account an officer has at their authority, by OpenID Connect.

An account there opens the account here that it was joined to, and nothing else: it makes no account and no right, and one
that is joined to nobody is turned away. The library does discovery, state, PKCE and the exchange of the code; here the
nonce is added, and the signature of the ID token is checked though it came straight from the issuer.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.web.requests import OfficerRequest

PROVIDER = "authority"
NONCE_BYTES = 16


class OfficerSingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Accounts are joined by their holders, once they are signed in; nothing else comes of an account elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002 - the library's signature
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401
        """An account that is joined to nobody is turned away before the library thinks of making one."""
        if sociallogin.state.get("process") != AuthProcess.CONNECT and not sociallogin.is_existing:
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ANN401, ARG002
        return reverse("mfa_index")


class Issuer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The authority's issuer."""

    #: What was sent along with the question; the answer must bear it.
    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ANN401, ARG002
        """The one address that the issuer knows, whatever host the request names."""
        return f"{settings.BASE_URL}{reverse('openid_connect_callback')}"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("no ID token")
        login = super().complete_login(request, app, token, **kwargs)
        login.account.extra_data = {}  # who they are is known here; nothing more of them is kept
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:  # noqa: ANN401
        self.did_fetch_access_token = False  # have the signature checked in any case
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        if self.openid_config["issuer"].rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("another issuer")
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("another nonce")
        return claims


class Answer(OAuth2CallbackView):  # type: ignore[misc]
    """Where the issuer sends the browser back to."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:  # noqa: ANN401
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refusal


def _issuer(request: HttpRequest) -> Issuer:
    if not settings.SINGLE_SIGN_ON.issuer:
        raise Http404
    return Issuer(request, PROVIDER)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Sign in with the account of the authority."""
    return _asked(request, AuthProcess.LOGIN)


@require_POST
@officer_required()
@reauthentication_required  # type: ignore[untyped-decorator]
def join(request: OfficerRequest) -> HttpResponse:
    """Join the authority's account to one's own, here."""
    return _asked(request, AuthProcess.CONNECT)


def _asked(request: HttpRequest, process: str) -> HttpResponse:
    """A page that leads on to the issuer: a form may not lead away from here, by our own policy."""
    provider, nonce = _issuer(request).get_provider(), secrets.token_urlsafe(NONCE_BYTES)
    provider.oauth2_adapter_class = Issuer
    try:
        leads = provider.redirect(request, process, next_url=None, auth_params={"nonce": nonce}, nonce=nonce)
    except RequestException:
        messages.error(request, _("Chưa kết nối được với nơi cấp tài khoản. Hãy thử lại, hoặc dùng mật khẩu."))
        return redirect("account_login" if process == AuthProcess.LOGIN else "mfa_index")
    response = render(request, "socialaccount/leads.html", {"address": leads["Location"]})
    add_never_cache_headers(response)
    return response


@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = Answer.adapter_view(_issuer(request))(request)
    return response


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Bạn đã dừng đăng nhập bằng tài khoản cơ quan."))
    return redirect("account_login")


@require_POST
@officer_required()
@reauthentication_required  # type: ignore[untyped-decorator]
def part(request: OfficerRequest) -> HttpResponse:
    """The account of the authority opens nothing here any more."""
    account = SocialAccount.objects.filter(user=request.user).first()
    if account is not None:
        disconnect(request, account)
    return redirect("mfa_index")
