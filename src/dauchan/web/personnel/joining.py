"""The page that an invitation's link opens: what one is invited to, a password, and then the second factor."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dauchan.people.invitations.actions import accept, invitation_of
from dauchan.people.invitations.errors import LinkNotGood
from dauchan.people.invitations.queries import running_roles
from dauchan.web.personnel.forms import FirstPasswordForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.people.invitations.models import Invitation


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Looking uses nothing up: messages are opened by machines too, before a person does."""
    try:
        invitation = invitation_of(token)
        form = FirstPasswordForm(invitation.officer, request.POST if request.method == "POST" else None)
        if form.is_valid():
            accept(token, form.cleaned_data["new_password1"])
            return _signed_in(request, invitation)
    except LinkNotGood as refused:
        return _shown(request, "personnel/link_not_good.html", {"refused": refused}, HTTPStatus.NOT_FOUND)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _shown(request, "personnel/join.html", {"form": form, **_told(invitation)}, status)


def _told(invitation: Invitation) -> dict[str, object]:
    is_renewal = invitation.officer.has_usable_password()
    return {
        "title": _("Đặt mật khẩu mới") if is_renewal else _("Nhận tài khoản"),
        "is_renewal": is_renewal,
        "invitation": invitation,
        "roles": running_roles(invitation.officer),
    }


def _signed_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Whoever was signed in at this browser leaves it; the invited goes on to their second factor.

    Who has one already signs in with both: the link stands for the password only.
    """
    logout(request)
    officer = type(invitation.officer).objects.get(pk=invitation.officer_id)
    if is_mfa_enabled(officer):
        messages.success(request, _("Đã đặt mật khẩu mới. Hãy đăng nhập bằng mật khẩu đó và lớp xác thực thứ hai."))
        return redirect("account_login")
    record_authentication(request, officer, method="password", reauthenticated=True)
    perform_login(request, officer)
    messages.success(request, _("Tài khoản đã sẵn sàng. Hãy bật lớp xác thực thứ hai để bảo vệ tài khoản."))
    return redirect("mfa_index")


def _shown(request: HttpRequest, template: str, context: dict[str, object], status: HTTPStatus) -> HttpResponse:
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
