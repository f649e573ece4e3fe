"""One notice with its history; the second person's decision; taking a notice back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.notices.access import access_notice
from dauchan.tracing.notices.actions import IN_THE_MAKING
from dauchan.tracing.notices.advice import advice_words
from dauchan.tracing.notices.coarsening import LEAST_PEOPLE
from dauchan.tracing.notices.decisions import approve_notice, return_notice, withdraw_notice
from dauchan.tracing.notices.errors import NoticeRefused, ReasonNeeded, SecondPersonNeeded, TooFewPeople
from dauchan.tracing.notices.models import NoticeStatus, VersionStatus
from dauchan.tracing.notices.publication import Face, face_of
from dauchan.units.models import Role
from dauchan.web.notices.forms import DecisionForm, WithdrawForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.notices.models import Notice, NoticeVersion
    from dauchan.web.requests import OfficerRequest


@officer_required(Role.TRACER, Role.APPROVER)
def notice_page(request: OfficerRequest, notice_id: int) -> HttpResponse:
    notice = access_notice(request.user, notice_id)
    return _render(request, notice, None, WithdrawForm())


@require_POST
@officer_required(Role.TRACER, Role.APPROVER)
def decide(request: OfficerRequest, notice_id: int) -> HttpResponse:
    """Approve, which publishes at once, or return with what has to be mended."""
    notice = access_notice(request.user, notice_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _render(request, notice, form, WithdrawForm(), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _decide(request, notice, form.cleaned_data)
    except SecondPersonNeeded as refused:
        form.add_error(None, refused.message)
        return _render(request, notice, form, WithdrawForm(), HTTPStatus.FORBIDDEN)
    except NoticeRefused as refused:
        form.add_error("reason" if isinstance(refused, ReasonNeeded) else None, refused.message)
        return _render(request, notice, form, WithdrawForm(), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("notices:notice", notice.pk)


def _decide(request: OfficerRequest, notice: Notice, decided: dict[str, Any]) -> None:
    if decided["decision"] == "return":
        return_notice(notice, request.user, note=decided["note"])
        messages.success(request, _("Đã trả lại để sửa."))
        return
    approve_notice(
        notice, request.user, seen_version=decided["version"], reason=decided["reason"], note=decided["note"]
    )
    messages.success(request, _("Đã công bố. Điện thoại của người dân nhận thông báo khi mở trang của mình."))


@require_POST
@officer_required(Role.TRACER, Role.APPROVER)
def withdraw(request: OfficerRequest, notice_id: int) -> HttpResponse:
    notice = access_notice(request.user, notice_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _render(request, notice, None, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        withdraw_notice(notice, request.user, form.cleaned_data["reason"])
    except NoticeRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã thu hồi thông báo."))
    return redirect("notices:notice", notice.pk)


def _render(
    request: OfficerRequest,
    notice: Notice,
    form: DecisionForm | None,
    withdraw_form: WithdrawForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    versions = list(
        notice.versions.select_related(
            "venue__category", "venue__unit", "commune", "drafted_by", "submitted_by", "decided_by"
        )
    )
    for version in versions:
        version.notice = notice
    making = next((version for version in versions if version.status in IN_THE_MAKING), None)
    shown = making or (versions[0] if versions else None)
    officer = request.user
    context = {
        "notice": notice,
        "case": notice.case,
        "versions": versions,
        "version": shown,
        "words": advice_words(shown) if shown else None,
        "is_making": making is not None,
        **_outlook(making),
        "form": form or DecisionForm(initial={"version": making.pk if making else None}),
        "withdraw_form": withdraw_form,
        "least": LEAST_PEOPLE,
        "may_write": officer.may_act_as(Role.TRACER, notice.case.unit),
        "may_decide": officer.may_act_as(Role.APPROVER, notice.case.unit),
        "is_waiting": making is not None and making.status == VersionStatus.WAITING,
        "is_own": making is not None and officer.pk in {making.drafted_by_id, making.submitted_by_id},
        "is_public": notice.status == NoticeStatus.PUBLISHED,
    }
    return render(request, "notices/notice.html", context, status=status)


def _outlook(making: NoticeVersion | None) -> dict[str, Any]:
    """How the version would be published now: as it stands, coarse and with a reason, or not at all."""
    if making is None:
        return {}
    face: Face | None = None
    try:
        face = face_of(making, reason="?")
    except TooFewPeople:
        return {"is_too_small": True}
    return {"face": face}
