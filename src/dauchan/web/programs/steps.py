"""What is done on the page of a program. A token and a secret are shown in the answer to the step that makes them, never again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.exchange.programs import actions
from dauchan.exchange.programs.access import CONNECTS, CONSENTS, REVOKES, access_program, access_token
from dauchan.exchange.programs.errors import AddressRefused, ProgramRefused
from dauchan.exchange.programs.webhook_actions import enter_webhook
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.programs.forms import TokenForm, WebhookForm
from dauchan.web.programs.pages import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(*CONNECTS)
def issue(request: OfficerRequest, program_id: int) -> HttpResponse:
    program = access_program(request.user, program_id, *CONNECTS)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page_of(request, program, HTTPStatus.UNPROCESSABLE_ENTITY, token_form=form)
    try:
        token, text = actions.issue_token(program, request.user, form.cleaned_data["name"], form.cleaned_data["days"])
    except ProgramRefused as refused:
        return _refused(request, program_id, refused)
    return page_of(request, program, HTTPStatus.CREATED, new_token=token, new_text=text)


@require_POST
@officer_required(*CONNECTS)
def add_webhook(request: OfficerRequest, program_id: int) -> HttpResponse:
    program = access_program(request.user, program_id, *CONNECTS)
    form = WebhookForm(request.POST, program=program)
    if form.is_valid():
        said = form.cleaned_data
        try:
            webhook = enter_webhook(program, request.user, said["url"], said["kinds"])
        except AddressRefused as refused:
            form.add_error("url", str(refused.message))
        except ProgramRefused as refused:
            return _refused(request, program_id, refused)
        else:
            shown = {"new_webhook": webhook, "new_secret": webhook.secret}
            return page_of(request, program, HTTPStatus.CREATED, **shown)
    return page_of(request, program, HTTPStatus.UNPROCESSABLE_ENTITY, webhook_form=form)


@require_POST
@officer_required(*REVOKES)
def revoke(request: OfficerRequest, token_id: int) -> HttpResponse:
    token = access_token(request.user, token_id, *REVOKES)
    actions.revoke_token(token, request.user)
    messages.success(request, _("Đã thu hồi mã. Yêu cầu mang mã này không được trả lời nữa."))
    return redirect("programs:one", token.program_id)


@require_POST
@officer_required(*REVOKES, *CONSENTS)
def step(request: OfficerRequest, program_id: int, step: str) -> HttpResponse:
    try:
        if step == "consent":
            program = access_program(request.user, program_id, *CONSENTS)
            actions.consent(program, request.user, _seen(request))
            messages.success(
                request, _("Đã đồng ý. Hệ thống này đọc được ca bệnh dưới bí danh; mỗi lần đọc đều vào nhật ký.")
            )
        elif step == "end":
            actions.end_program(access_program(request.user, program_id, *REVOKES), request.user)
            messages.success(request, _("Đã chấm dứt kết nối; mọi mã đã bị thu hồi."))
        else:
            raise NoSuchThing
    except ProgramRefused as refused:
        return _refused(request, program_id, refused)
    return redirect("programs:one", program_id)


def _seen(request: OfficerRequest) -> int:
    """The revision that was on the page; of nonsense none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - no revision is longer


def _refused(request: OfficerRequest, program_id: int, refused: ProgramRefused) -> HttpResponse:
    messages.error(request, str(refused.message))
    return redirect("programs:one", program_id)
