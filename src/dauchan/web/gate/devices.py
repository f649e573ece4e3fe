"""The owner's page of a venue's gates: a one-time code for a new device, the list, revoking, the capacity."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.venues.access import access_own_venue
from dauchan.venues.errors import VenueRefused
from dauchan.venues.gates import INVITATION_MINUTES, TOKEN_DAYS, access_gate_device, invite_device, revoke_device
from dauchan.venues.modes import mode_in_force
from dauchan.visits.gate_shifts import refusals_of, shifts_of, total_of
from dauchan.visits.quarantine import waiting_scans
from dauchan.web.gate.forms import CapacityForm, InvitationForm
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import PersonRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def devices(request: PersonRequest, venue_id: int) -> HttpResponse:
    """The list; by POST a code for one more device, shown once."""
    venue = access_own_venue(request.person.pk, venue_id)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    code = ""
    if form.is_valid():
        try:
            code = invite_device(venue, form.cleaned_data["name"], timezone.now())
        except VenueRefused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, venue, form, CapacityForm(instance=venue), code)


@require_POST
@person_required
def capacity(request: PersonRequest, venue_id: int) -> HttpResponse:
    venue = access_own_venue(request.person.pk, venue_id)
    form = CapacityForm(request.POST, instance=venue)
    if not form.is_valid():
        return _page(request, venue, InvitationForm(), form)
    venue.save(update_fields=["capacity"])
    messages.success(request, _("Đã lưu."))
    return redirect("gate:devices", venue_id)


@require_POST
@person_required
def revoke(request: PersonRequest, venue_id: int, device_id: int) -> HttpResponse:
    device = access_gate_device(access_own_venue(request.person.pk, venue_id), device_id)
    revoke_device(device, timezone.now())
    messages.success(request, _("Đã thu hồi thiết bị. Máy đó không ghi nhận được lượt nào nữa."))
    return redirect("gate:devices", venue_id)


def _page(
    request: PersonRequest, venue: Venue, form: InvitationForm, capacity_form: CapacityForm, code: str = ""
) -> HttpResponse:
    now = timezone.now()
    devices = list(venue.gate_devices.order_by(F("revoked_at").asc(nulls_first=True), "name", "pk"))
    shifts = shifts_of(venue.pk, [device.pk for device in devices], now)
    waiting = waiting_scans(shifts)
    rows = [
        (device, shifts[device.pk], [line for line in waiting if line.device_id == device.pk]) for device in devices
    ]
    context = {
        "venue": venue,
        "total": total_of(shifts.values()),
        "refused": refusals_of(total_of(shifts.values())),
        "rows": rows,
        "token_days": TOKEN_DAYS.days,
        "form": form,
        "capacity_form": capacity_form,
        "code": code,
        "minutes": INVITATION_MINUTES,
        "in_force": mode_in_force(venue, timezone.localdate()),
    }
    is_refused = form.errors or capacity_form.errors
    return render(
        request,
        "gate/devices.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK,
    )
