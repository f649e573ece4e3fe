"""Handing on roles: to somebody new, one more to somebody who is here, confirming what others proposed, ending one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.people.invitations.access import access_account, access_appointment, access_proposal
from dauchan.people.invitations.actions import invite, send_confirmed
from dauchan.people.invitations.errors import InvitationRefused, MessageNotTaken, PhoneHasAccount
from dauchan.units.errors import GrantRefused, NoSuchThing
from dauchan.units.granting import decide, end_role, hand_on
from dauchan.units.models import Appointment
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.web.officer.guards import officer_required
from dauchan.web.personnel.forms import GrantForm, InviteForm
from dauchan.web.personnel.shown_links import keep_link

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

VERDICTS = {"confirm": True, "decline": False}


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*KEEPS_ACCOUNTS)
def invite_officer(request: OfficerRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None, officer=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            invited = invite(said["full_name"], said["phone"], form.grant(), request.user)
        except PhoneHasAccount as refused:
            form.add_error("phone", str(refused.message))
        except GrantRefused as refused:
            form.add_error(None, str(refused.message))
        except MessageNotTaken as refused:
            messages.error(request, str(refused.message))
            return redirect("personnel:accounts")
        else:
            keep_link(request, invited.officer, invited.link)
            messages.success(request, _invited_words(waits=invited.waits))
            return redirect("personnel:account", invited.officer.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "personnel/invite.html", {"form": form}, status=status)


def _invited_words(*, waits: bool) -> str:
    if waits:
        return _("Đã lập tài khoản. Khi vai trò được xác nhận, liên kết sẽ được gửi đi.")
    return _("Đã mời. Liên kết nhận tài khoản đã được gửi tới điện thoại của người này.")


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*KEEPS_ACCOUNTS)
def new_role(request: OfficerRequest, account_id: int) -> HttpResponse:
    account = access_account(request.user, account_id)
    form = GrantForm(request.POST if request.method == "POST" else None, officer=request.user)
    if form.is_valid():
        try:
            granted = hand_on(account, form.grant(), request.user)
        except GrantRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            is_granted = isinstance(granted, Appointment)
            messages.success(request, _("Đã giao vai trò.") if is_granted else _("Đã đề nghị; vai trò chờ xác nhận."))
            return redirect("personnel:account", account.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "personnel/new_role.html", {"form": form, "account": account}, status=status)


@require_POST
@officer_required(*KEEPS_ACCOUNTS)
def decide_proposal(request: OfficerRequest, proposal_id: int, verdict: str) -> HttpResponse:
    proposal = access_proposal(request.user, proposal_id)
    if verdict not in VERDICTS:
        raise NoSuchThing
    try:
        decide(proposal, request.user, granted=VERDICTS[verdict])
        if VERDICTS[verdict]:
            keep_link(request, proposal.officer, send_confirmed(proposal.officer))
    except (GrantRefused, InvitationRefused) as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã xác nhận vai trò.") if VERDICTS[verdict] else _("Vai trò không được giao."))
    return redirect("personnel:account", proposal.officer_id)


@require_POST
@officer_required(*KEEPS_ACCOUNTS)
def end(request: OfficerRequest, appointment_id: int) -> HttpResponse:
    appointment = access_appointment(request.user, appointment_id)
    try:
        end_role(appointment, request.user)
    except GrantRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Vai trò đã kết thúc."))
    return redirect("personnel:account", appointment.officer_id)
