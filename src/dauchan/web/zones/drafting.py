"""Writing orders: a new zone, a change, a correction of what waits, a lifting."""

from __future__ import annotations

import dataclasses
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_cases
from dauchan.tracing.zones import actions
from dauchan.tracing.zones.access import DRAFTS_ZONES, TRACES, access_order, access_zone, require_drafter
from dauchan.tracing.zones.errors import AlreadyDecided, ZoneRefused
from dauchan.tracing.zones.models import Act, Shape, VenueEffect
from dauchan.units.errors import NoSuchThing
from dauchan.venues.access import access_venue
from dauchan.web.layout.widgets import Point
from dauchan.web.officer.guards import officer_required
from dauchan.web.zones.forms import LiftForm, NewZoneForm, OrderForm, RedraftForm, initial_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.zones.actions import Draft
    from dauchan.tracing.zones.models import Zone, ZoneOrder
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

BAD_FORM = HTTPStatus.UNPROCESSABLE_ENTITY
#: Digits that a key of the database can have.
LONGEST_KEY = 18


@officer_required(*DRAFTS_ZONES)
def new(request: OfficerRequest) -> HttpResponse:
    form = NewZoneForm(request.POST or None, officer=request.user, initial=_started(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = actions.draft_zone(said["unit"], said["disease"], form.draft(), request.user)
        messages.success(request, _("Đã lập dự thảo %(zone)s. Chờ người phê duyệt quyết định.") % {"zone": order.zone})
        return redirect("zones:zone", order.zone_id)
    return _form_page(request, form, {"heading": _("Khoanh vùng mới")})


def _started(request: OfficerRequest) -> dict[str, Any]:
    """What the page that led here knew: a case, or a venue to draw a circle around."""
    started: dict[str, Any] = {"begins_at": timezone.localtime().replace(second=0, microsecond=0)}
    if _traces(request.user):
        case = access_cases(request.user).filter(pk=_number(request, "case")).first()
        if case:
            started |= {"case_codes": case.code, "disease": case.disease_id, "unit": case.unit_id, "shape": Shape.CASES}
    try:
        venue = access_venue(request.user, _number(request, "venue"))
    except NoSuchThing:
        return started
    if venue.lat is not None and venue.lon is not None:
        started |= {"shape": Shape.CIRCLE, "centre": Point(venue.lat, venue.lon), "unit": venue.unit_id}
    return started


def _number(request: OfficerRequest, name: str) -> int:
    """A key that the address names; 0, which nothing has, where it names none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY else 0


@officer_required(*DRAFTS_ZONES)
def change(request: OfficerRequest, zone_id: int) -> HttpResponse:
    """Another outline, level, period or measures for a zone in force."""
    zone = access_zone(request.user, zone_id)
    require_drafter(request.user, zone.unit)
    last = zone.orders.filter(approved=True).exclude(act=Act.LIFT).order_by("-number").first()
    if last is None:
        messages.error(request, _("Vùng này chưa được phê duyệt nên chưa có gì để điều chỉnh hoặc gỡ bỏ."))
        return redirect("zones:zone", zone.pk)
    initial = initial_of(last, request.user) | {"begins_at": timezone.localtime().replace(second=0, microsecond=0)}
    form = OrderForm(request.POST or None, officer=request.user, area=[zone.unit], initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.draft_change(zone, _with_unseen(form.draft(), last, request.user), request.user)
        except ZoneRefused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("Đã lập dự thảo điều chỉnh. Đến khi được phê duyệt, vùng giữ nguyên như cũ."))
        return redirect("zones:zone", zone.pk)
    return _form_page(request, form, {"heading": _("Điều chỉnh vùng"), "zone": zone})


@officer_required(*DRAFTS_ZONES)
def redraft(request: OfficerRequest, order_id: int) -> HttpResponse:
    """Correct a draft that nobody has decided yet."""
    order = access_order(request.user, order_id)
    require_drafter(request.user, order.zone.unit)
    if order.approved is not None or order.act == Act.LIFT:
        messages.error(request, str(AlreadyDecided.message))
        return redirect("zones:zone", order.zone_id)
    initial = initial_of(order, request.user) | {"reason": order.reason}
    form = RedraftForm(request.POST or None, officer=request.user, area=[order.zone.unit], initial=initial)
    form.shows(order.pk, order.drafted_at)
    if request.method == "POST" and form.is_valid():
        try:
            actions.redraft(order, _with_unseen(form.draft(), order, request.user), request.user)
        except ZoneRefused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("Đã sửa dự thảo."))
        return redirect("zones:zone", order.zone_id)
    return _form_page(request, form, {"heading": _("Sửa dự thảo"), "zone": order.zone})


def _with_unseen(draft: Draft, before: ZoneOrder, officer: Officer) -> Draft:
    """Linked cases that this officer may not see stay linked."""
    seen = (
        set(access_cases(officer).filter(zone_orders=before).values_list("pk", flat=True))
        if _traces(officer)
        else set()
    )
    return dataclasses.replace(draft, cases=[*draft.cases, *before.cases.exclude(pk__in=seen)])


def _traces(officer: Officer) -> bool:
    return bool(officer.units_as(*TRACES))


def _form_page(request: OfficerRequest, form: OrderForm, more: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "is_new": isinstance(form, NewZoneForm), "effects": VenueEffect, **more}
    return render(request, "zones/form.html", context, status=BAD_FORM if form.errors else HTTPStatus.OK)


@officer_required(*DRAFTS_ZONES)
def lift(request: OfficerRequest, zone_id: int) -> HttpResponse:
    zone = access_zone(request.user, zone_id)
    require_drafter(request.user, zone.unit)
    initial = {"at": timezone.localtime().replace(second=0, microsecond=0)}
    form = LiftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        _lift(request, zone, form)
        return redirect("zones:zone", zone.pk)
    status = BAD_FORM if form.errors else HTTPStatus.OK
    return render(request, "zones/lift.html", {"form": form, "zone": zone}, status=status)


def _lift(request: OfficerRequest, zone: Zone, form: LiftForm) -> None:
    try:
        actions.draft_lift(zone, request.user, **form.cleaned_data)
    except ZoneRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã đề nghị gỡ bỏ. Chờ người phê duyệt quyết định."))


@require_POST
@officer_required(*DRAFTS_ZONES)
def withdraw(request: OfficerRequest, order_id: int) -> HttpResponse:
    order = access_order(request.user, order_id)
    try:
        actions.withdraw_draft(order, request.user)
    except ZoneRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã rút dự thảo."))
    return redirect("zones:zone", order.zone_id)
