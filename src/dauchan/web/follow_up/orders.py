"""Orders: the list, a draft for one or several, one order with its person opened for signing, and the paper."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.follow_up.access import access_order, access_orders
from dauchan.tracing.follow_up.clocks import clocks_of, limits_on
from dauchan.tracing.follow_up.models import OrderKind, Place
from dauchan.tracing.follow_up.order_actions import (
    draft_order,
    draft_release,
    holder_of,
    record_holder_seen,
    require_signer,
)
from dauchan.tracing.follow_up.order_models import OrderStatus
from dauchan.tracing.follow_up.order_paper import order_pdf
from dauchan.tracing.follow_up.order_refusals import cannot_have_orders
from dauchan.units.models import Role
from dauchan.web.follow_up.chosen import chosen_follow_ups
from dauchan.web.follow_up.forms import NoteForm
from dauchan.web.follow_up.order_forms import AnswerForm, AppealForm, DraftForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from dauchan.tracing.follow_up.models import FollowUp, Order
    from dauchan.tracing.follow_up.order_actions import Draft
    from dauchan.web.requests import OfficerRequest

ORDERS_A_PAGE = 30


@officer_required(Role.TRACER, Role.APPROVER)
def order_list(request: OfficerRequest) -> HttpResponse:
    orders = access_orders(request.user).select_related("contact__run__case")
    status = request.GET.get("status", "")
    shown = orders.filter(status=status) if status in OrderStatus.values else orders
    page = Paginator(shown, ORDERS_A_PAGE).get_page(request.GET.get("page"))
    limits = limits_on(timezone.localdate())
    context = {
        "page": page,
        "rows": [(order, clocks_of(order, limits)) for order in page],
        "status": status,
        "statuses": OrderStatus.choices,
        "waiting": orders.filter(status=OrderStatus.DRAFT).count(),
    }
    return render(request, "follow_up/orders.html", context)


@officer_required(Role.TRACER)
def draft(request: OfficerRequest) -> HttpResponse:
    """A draft for everybody chosen; who cannot have one is named with the reason, before the form is filled in and after."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = chosen_follow_ups(request, sent.getlist("chosen"))
    if not chosen:
        messages.info(request, _("Hãy chọn ít nhất một người."))
        return redirect("follow_up:today")
    initial = {
        "place": next((one.place for one in chosen if one.place != Place.NONE), Place.HOME),
        "purpose": _("Tiếp xúc gần với ca bệnh đã xác định"),
    }
    form = DraftForm(request.POST if request.method == "POST" else None, kind=OrderKind.ISOLATION, initial=initial)
    if form.is_valid() and (drafted := _drafted(request, chosen, form.draft())):
        messages.success(request, _("Đã soạn %(count)s quyết định, chờ người phê duyệt ký.") % {"count": len(drafted)})
        return redirect("follow_up:order", drafted[0].pk) if len(drafted) == 1 else redirect("follow_up:orders")
    reasons = cannot_have_orders(chosen)
    context = {
        "form": form,
        "follow_ups": [one for one in chosen if one.pk not in reasons],
        "left_out": [(one, reasons[one.pk].message) for one in chosen if one.pk in reasons],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "follow_up/draft.html", context, status=status)


def _drafted(request: OfficerRequest, follow_ups: list[FollowUp], draft: Draft) -> list[Order]:
    """The orders of those who can have one; of the others it is told why not."""
    drafted = []
    for follow_up in follow_ups:
        try:
            drafted.append(draft_order(follow_up, draft, request.user))
        except TracingRefused as refusal:
            said = {"number": follow_up.contact.number, "fault": refusal.message}
            messages.error(request, _("Người %(number)s: %(fault)s") % said)
    return drafted


@officer_required(Role.TRACER)
def release(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    order = access_order(request.user, isolation_id)
    initial = {
        "place": order.place,
        "signing_as": order.signing_as,
        "purpose": _("Đã đủ thời gian cách ly theo quy định"),
    }
    form = DraftForm(request.POST if request.method == "POST" else None, kind=OrderKind.RELEASE, initial=initial)
    for name in ("place", "until_on", "where"):
        form.fields[name].widget = form.fields[name].hidden_widget()
    if form.is_valid():
        try:
            made = draft_release(order, form.draft(), request.user)
        except TracingRefused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("follow_up:order", order.pk)
        messages.success(request, _("Đã soạn quyết định kết thúc cách ly, chờ ký."))
        return redirect("follow_up:order", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "follow_up/draft.html", {"form": form, "order": order}, status=status)


@officer_required(Role.TRACER, Role.APPROVER)
def page(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    return render_order(request, access_order(request.user, isolation_id))


@require_POST
@officer_required(Role.APPROVER)
def open_person(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    """Whom the order is about, for the one who is about to sign it; the look is logged with the order's purpose."""
    order = access_order(request.user, isolation_id)
    try:
        require_signer(request.user, order)
        holder = holder_of(order)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("follow_up:order", order.pk)
    record_holder_seen(order, request.user, "page")
    return render_order(request, order, holder)


def render_order(request: OfficerRequest, order: Order, holder: dict[str, str] | None = None) -> HttpResponse:
    officer, is_own = request.user, order.drafted_by_id == request.user.pk
    is_approver = officer.may_act_as(Role.APPROVER, order.unit)
    context = {
        "order": order,
        "holder": holder,
        "bases": order.bases.all(),
        "clocks": clocks_of(order, limits_on(timezone.localdate())),
        "appeals": order.appeals.select_related("recorded_by", "answered_by"),
        "minutes": round((order.exposure_seconds or 0) / 60),
        "release": order.released_by.first(),
        "is_own": is_own,
        "may_sign": is_approver and not is_own and order.status == OrderStatus.DRAFT,
        "may_revoke": is_approver and order.status == OrderStatus.SIGNED,
        "may_answer": is_approver,
        "may_write": officer.may_act_as(Role.TRACER, order.unit),
        "note_form": NoteForm(),
        "appeal_form": AppealForm(initial={"received_on": timezone.localdate()}),
        "answer_form": AnswerForm(),
    }
    return render(request, "follow_up/order.html", context)


@require_safe
@officer_required(Role.TRACER, Role.APPROVER)
def paper(request: OfficerRequest, isolation_id: int) -> HttpResponse:
    """The document, made now and kept nowhere. A draft names nobody; a signed order does, and every look is logged."""
    order = access_order(request.user, isolation_id)
    holder: dict[str, str] = {}
    if order.signed_by_id:
        holder = holder_of(order)
        record_holder_seen(order, request.user, "pdf")
    answer = HttpResponse(order_pdf(order, holder), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="quyet-dinh-{order.number or "du-thao"}-{order.pk}.pdf"'
    return answer
