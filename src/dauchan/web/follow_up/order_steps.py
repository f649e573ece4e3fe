"""The steps of an order after its draft, each one button: signed, returned, delivered, revoked, appealed, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.follow_up.access import access_appeal, access_order
from dauchan.tracing.follow_up.appeals import answer_appeal, record_appeal
from dauchan.tracing.follow_up.order_actions import deliver_order, return_order, revoke_order, sign_order
from dauchan.units.models import Role
from dauchan.web.follow_up.forms import NoteForm
from dauchan.web.follow_up.order_forms import AnswerForm, AppealForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(Role.APPROVER)
def sign(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    return _stepped(request, order.pk, _("Đã ký."), lambda: sign_order(order, request.user))


@require_POST
@officer_required(Role.APPROVER)
def send_back(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _faulty(request, order.pk, form)
    note = form.cleaned_data["note"]
    return _stepped(request, order.pk, _("Đã trả lại người soạn."), lambda: return_order(order, request.user, note))


@require_POST
@officer_required(Role.TRACER)
def deliver(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    return _stepped(request, order.pk, _("Đã ghi việc giao quyết định."), lambda: deliver_order(order, request.user))


@require_POST
@officer_required(Role.APPROVER)
def revoke(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _faulty(request, order.pk, form)
    note = form.cleaned_data["note"]
    return _stepped(request, order.pk, _("Đã thu hồi quyết định."), lambda: revoke_order(order, request.user, note))


@require_POST
@officer_required(Role.TRACER, Role.APPROVER)
def appeal(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _faulty(request, order.pk, form)
    said = form.cleaned_data
    return _stepped(
        request,
        order.pk,
        _("Đã ghi khiếu nại."),
        lambda: record_appeal(order, request.user, said["received_on"], said["words"]),
    )


@require_POST
@officer_required(Role.APPROVER)
def answer(request: OfficerRequest, appeal_id: int) -> HttpResponse:
    row = access_appeal(request.user, appeal_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _faulty(request, row.order_id, form)
    said = form.cleaned_data
    return _stepped(
        request,
        row.order_id,
        _("Đã trả lời khiếu nại."),
        lambda: answer_appeal(row, request.user, said["answer"], is_upheld=said["decision"] == "upheld"),
    )


def _stepped(request: OfficerRequest, order_id: int, told: str, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, told)
    return redirect("follow_up:order", order_id)


def _faulty(request: OfficerRequest, order_id: int, form: forms.Form) -> HttpResponse:
    for faults in form.errors.values():
        messages.error(request, str(faults[0]))
    return redirect("follow_up:order", order_id)
