"""Orders on the way of scanning: the list, making one with a look at what it touches, withdrawing one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dauchan.venues import modes
from dauchan.venues.errors import VenueRefused
from dauchan.venues.modes import ORDERS_MODES, SEES_MODES
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.mode_forms import ModeOrderForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
PERIODS = {"in-force": modes.in_force, "coming": modes.coming, "past": modes.past}


@require_GET
@officer_required(*SEES_MODES)
def mode_orders(request: OfficerRequest) -> HttpResponse:
    orders, today = modes.access_mode_orders(request.user), timezone.localdate()
    period = request.GET.get("period", "")
    period = period if period in PERIODS else "in-force"
    page = Paginator(PERIODS[period](orders, today), ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = {name.replace("-", "_"): found(orders, today).count() for name, found in PERIODS.items()}
    context = {"page": page, "period": period, "counts": counts, "may_order": _may_order(request)}
    return render(request, "officer/mode_orders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*ORDERS_MODES)
def new_mode_order(request: OfficerRequest) -> HttpResponse:
    """First what it would touch; then, `confirmed` being just that, it is laid down."""
    form = ModeOrderForm(request.POST if request.method == "POST" else None, officer=request.user)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "officer/mode_order_form.html", {"form": form}, status=status)
    new = form.order()
    if request.POST.get("confirmed") != form.mark():
        # Nothing is kept yet. What was changed below a preview is previewed anew.
        context = {"form": form, "reach": modes.reach_of(new)}
        return render(request, "officer/mode_order_form.html", context)
    order = modes.make_order(new, request.user)
    messages.success(request, _("Đã ban hành. Bảng mã in từ nay theo cách quét mới."))
    return redirect("officer:mode_order", order.pk)


@require_GET
@officer_required(*SEES_MODES)
def mode_order(request: OfficerRequest, order_id: int) -> HttpResponse:
    order = modes.access_mode_order(request.user, order_id)
    today = timezone.localdate()
    context = {
        "order": order,
        "is_coming": order.starts_on > today,
        "is_past": order.ends_on is not None and order.ends_on <= today,
        "venues": modes.venues_under(order.unit, order.categories.all()).count(),
        "may_withdraw": modes.may_withdraw(request.user, order),
    }
    return render(request, "officer/mode_order.html", context)


@require_POST
@officer_required(*ORDERS_MODES)
def withdraw_mode_order(request: OfficerRequest, order_id: int) -> HttpResponse:
    order = modes.access_mode_order(request.user, order_id)
    try:
        modes.withdraw_order(order, request.user)
    except VenueRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã thu hồi. Từ nay cách quét trở lại như trước văn bản này."))
    return redirect("officer:mode_order", order_id)


def _may_order(request: OfficerRequest) -> bool:
    return bool(request.user.units_as(*ORDERS_MODES))
