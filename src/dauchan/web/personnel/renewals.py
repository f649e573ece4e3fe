"""A new sign-in that waits: the second person's answer, and the owner's way to stop it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.people.invitations.access import access_renewal
from dauchan.people.invitations.errors import InvitationRefused, LinkNotGood
from dauchan.people.invitations.renewals import (
    confirm_renewal,
    decline_renewal,
    renewal_to_stop,
    stop_own_renewal,
    stop_renewal,
)
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.web.officer.guards import officer_required
from dauchan.web.personnel.link_forms import ConfirmForm
from dauchan.web.personnel.shown_links import keep_link

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(*KEEPS_ACCOUNTS)
def confirm(request: OfficerRequest, invitation_id: int) -> HttpResponse:
    invitation, form = access_renewal(request.user, invitation_id), ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy cho biết bạn đã xác minh người này bằng cách nào."))
        return redirect("personnel:account", invitation.officer_id)
    try:
        link = confirm_renewal(invitation, request.user, form.cleaned_data["identified"])
    except InvitationRefused as refused:
        messages.error(request, str(refused.message))
    else:
        keep_link(request, invitation.officer, link)
        messages.success(request, _("Đã đồng ý. Liên kết được gửi tới điện thoại của người này."))
    return redirect("personnel:account", invitation.officer_id)


@require_POST
@officer_required(*KEEPS_ACCOUNTS)
def decline(request: OfficerRequest, invitation_id: int) -> HttpResponse:
    invitation = access_renewal(request.user, invitation_id)
    try:
        decline_renewal(invitation, request.user)
    except InvitationRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đề nghị đã dừng lại; tài khoản giữ nguyên."))
    return redirect("personnel:account", invitation.officer_id)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Of the link in the owner's message. Looking stops nothing: messages are opened by machines too."""
    try:
        context = {"account": renewal_to_stop(token).officer, "is_stopped": request.method == "POST"}
        if request.method == "POST":
            stop_renewal(token)
    except LinkNotGood as refused:
        context = {"refused": refused}
    template = "personnel/link_not_good.html" if "refused" in context else "personnel/stop_renewal.html"
    status = HTTPStatus.NOT_FOUND if "refused" in context else HTTPStatus.OK
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


@require_POST
@officer_required()
def stop_own(request: OfficerRequest) -> HttpResponse:
    if stop_own_renewal(request.user):
        messages.success(request, _("Đã dừng. Tài khoản của bạn giữ nguyên; hãy báo cho người đứng đầu đơn vị."))
    return redirect("account_sessions")
