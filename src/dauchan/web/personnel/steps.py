"""Steps on one account: a new link, withdrawing it, signing its holder out everywhere, closing."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.people.invitations.access import access_account
from dauchan.people.invitations.actions import close, withdraw
from dauchan.people.invitations.errors import InvitationRefused
from dauchan.people.invitations.renewals import send_link
from dauchan.units.accounts import end_sessions_of
from dauchan.units.errors import GrantRefused, NoSuchThing, NotForOneself, NotGrantedByYou
from dauchan.units.granting import may_take_back
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.web.officer.guards import officer_required
from dauchan.web.personnel.link_forms import LinkForm
from dauchan.web.personnel.shown_links import keep_link

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*KEEPS_ACCOUNTS)
def new_link(request: OfficerRequest, account_id: int) -> HttpResponse:
    account = access_account(request.user, account_id)
    form = LinkForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid():
        try:
            link = send_link(account, request.user, form.cleaned_data["phone"], is_lost=form.is_lost)
        except InvitationRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            keep_link(request, account, link)
            messages.success(request, _asked_words() if form.is_lost else _sent_words())
            return redirect("personnel:account", account.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "personnel/new_link.html", {"form": form, "account": account}, status=status)


def _sent_words() -> str:
    return _("Đã gửi liên kết mới. Các liên kết gửi trước không dùng được nữa.")


def _asked_words() -> str:
    return _("Đã đề nghị cấp lại đăng nhập và báo cho chủ tài khoản. Liên kết được gửi khi người thứ hai đồng ý.")


def _close(account: Officer, by: Officer) -> str:
    close(account, by)
    return _("Đã khóa tài khoản. Mọi phiên làm việc và vai trò của người này đã kết thúc.")


def _sign_out(account: Officer, by: Officer) -> str:
    end_sessions_of(account, by)
    return _("Đã đăng xuất người này khỏi mọi thiết bị.")


def _withdraw(account: Officer, by: Officer) -> str:
    withdraw(account, by)
    return _("Đã thu hồi lời mời.")


STEPS: dict[str, Callable[[Officer, Officer], str]] = {"close": _close, "sign-out": _sign_out, "withdraw": _withdraw}


@require_POST
@officer_required(*KEEPS_ACCOUNTS)
def take_step(request: OfficerRequest, account_id: int, step: str) -> HttpResponse:
    account = access_account(request.user, account_id)
    if step not in STEPS:
        raise NoSuchThing
    try:
        _refuse_beyond(account, request.user)
    except GrantRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, STEPS[step](account, request.user))
    return redirect("personnel:account", account.pk)


def _refuse_beyond(account: Officer, by: Officer) -> None:
    """Raises: NotForOneself, NotGrantedByYou for an account with a role that is not one's own to end."""
    if account.pk == by.pk:
        raise NotForOneself
    if not all(may_take_back(by, each) for each in account.current_appointments()):
        raise NotGrantedByYou
