"""One zone: what holds, what is asked for, what is inside, and all that held before."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.tracing.zones.access import SEES_ZONES, access_order, access_zone, may_decide, may_draft
from dauchan.tracing.zones.actions import decide_order
from dauchan.tracing.zones.errors import SecondPersonNeeded, ZoneRefused
from dauchan.tracing.zones.models import Act, VenueEffect
from dauchan.tracing.zones.queries import log_of, orders_of
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.list_forms import DecisionForm
from dauchan.web.zones.inside import inside_of
from dauchan.web.zones.log_sentences import LogLine
from dauchan.web.zones.people import people_of
from dauchan.web.zones.pictures import bounds_of, collection, commune_points

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.zones.models import Zone, ZoneOrder
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

LINES_A_PAGE = 50


@require_safe
@officer_required(*SEES_ZONES)
def zone_page(request: OfficerRequest, zone_id: int) -> HttpResponse:
    return _render(request, access_zone(request.user, zone_id), DecisionForm())


def _render(request: OfficerRequest, zone: Zone, form: DecisionForm, status: int = HTTPStatus.OK) -> HttpResponse:
    orders = orders_of(zone)
    order = _order_shown(orders, request.GET.get("order", ""))
    now = timezone.now()
    context = {
        "zone": zone,
        "order": order,
        "orders": orders,
        "now": now,
        "holding": next((one for one in orders if one.holds_at(now)), None),
        "waiting": next((one for one in orders if one.approved is None), None),
        "form": form,
        "effects": VenueEffect,
        "points": commune_points(order),
        "bounds": bounds_of([order]),
        **_rights(request.user, zone, orders, now),
        **inside_of(request, order),
        **people_of(request.user, order),
    }
    return render(request, "zones/zone.html", context, status=status)


def _order_shown(orders: list[ZoneOrder], asked: str) -> ZoneOrder:
    """The one that was asked for by number; else what holds or waits now, else what held last."""
    by_number = {str(order.number): order for order in orders}
    now = timezone.now()
    usual = [order for order in orders if order.holds_at(now)] or [
        order for order in orders if order.approved is not False and order.act != Act.LIFT
    ]
    return by_number.get(asked) or (usual or orders)[0]


def _rights(officer: Officer, zone: Zone, orders: list[ZoneOrder], now: dt.datetime) -> dict[str, Any]:
    waits = any(order.approved is None for order in orders)
    goes_on = any(order.approved and (order.holds_to is None or order.holds_to > now) for order in orders)
    drafts = may_draft(officer, zone.unit)
    return {
        "may_draft": drafts,
        "may_change": drafts and goes_on and not waits,
        "may_decide": may_decide(officer, zone.unit),
    }


@require_safe
@officer_required(*SEES_ZONES)
def area(request: OfficerRequest, order_id: int) -> JsonResponse:
    """The outline of one order, for the map."""
    return JsonResponse(collection([access_order(request.user, order_id)]))


@require_POST
@officer_required(Role.APPROVER)
def decide(request: OfficerRequest, order_id: int) -> HttpResponse:
    order = access_order(request.user, order_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _render(request, order.zone, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    approve = form.cleaned_data["decision"] == "approve"
    try:
        decide_order(order, request.user, approve=approve, note=form.cleaned_data["note"], seen_at=_seen(request))
    except SecondPersonNeeded as refused:
        messages.error(request, str(refused.message))
        return _render(request, order.zone, form, HTTPStatus.FORBIDDEN)
    except ZoneRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã phê duyệt.") if approve else _("Đã từ chối."))
    return redirect("zones:zone", order.zone_id)


def _seen(request: OfficerRequest) -> dt.datetime:
    """Which state of the draft the approver read; nothing sensible is no state of it."""
    try:
        seen = parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        seen = None
    return seen if seen and seen.tzinfo else dt.datetime.fromtimestamp(0, dt.UTC)


@require_safe
@officer_required(*SEES_ZONES)
def log(request: OfficerRequest, zone_id: int) -> HttpResponse:
    """Everything that was done with the zone."""
    zone = access_zone(request.user, zone_id)
    page = Paginator(log_of(zone), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "zones/log.html", {"zone": zone, "page": page, "lines": [LogLine(entry) for entry in page]})
