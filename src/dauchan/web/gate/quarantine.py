"""The unit officer's page of gate scans that wait: of revoked devices, or unreadable. Release them, or discard them unread."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dauchan.units.errors import NoSuchThing
from dauchan.venues.access import DECIDES_VENUES
from dauchan.venues.gates import access_gate_devices
from dauchan.visits.quarantine import devices_waiting, discard, release, waiting_scans
from dauchan.web.gate.forms import QuarantineForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import GateDevice
    from dauchan.web.requests import OfficerRequest


@require_GET
@officer_required(*DECIDES_VENUES)
def waiting(request: OfficerRequest) -> HttpResponse:
    """Devices whose scans wait, the longest first: how many, of which times, never whose."""
    return _page(request)


@require_POST
@officer_required(*DECIDES_VENUES)
def decide(request: OfficerRequest, device_id: int) -> HttpResponse:
    device = access_gate_devices(request.user).filter(pk=device_id).first()
    if device is None:
        raise NoSuchThing
    form = QuarantineForm(request.POST, prefix=str(device_id))
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    why = form.cleaned_data["why"]
    if form.cleaned_data["decision"] == "release":
        _tell_release(request, device, why)
    else:
        amount = discard(device, request.user, why)
        said = ngettext("Đã hủy %(n)s lượt quét.", "Đã hủy %(n)s lượt quét.", amount)
        messages.success(request, said % {"n": amount})
    return redirect("gate:waiting")


def _tell_release(request: OfficerRequest, device: GateDevice, why: str) -> None:
    done = release(device, request.user, why)
    said = ngettext("Đã ghi nhận %(n)s lượt quét.", "Đã ghi nhận %(n)s lượt quét.", done.recorded)
    messages.success(request, said % {"n": done.recorded})
    if done.unreadable:
        said = ngettext(
            "%(n)s lượt không mở được, vẫn chờ quyết định.",
            "%(n)s lượt không mở được, vẫn chờ quyết định.",
            done.unreadable,
        )
        messages.warning(request, said % {"n": done.unreadable})


def _page(request: OfficerRequest, bound: QuarantineForm | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
    devices = {device.pk: device for device in devices_waiting(access_gate_devices(request.user))}
    found: dict[int, list[object]] = {}
    for line in waiting_scans(devices):
        found.setdefault(line.device_id, []).append(line)
    rows = [(devices[pk], lines, _form(pk, bound)) for pk, lines in found.items()]
    return render(request, "gate/waiting.html", {"rows": rows}, status=status)


def _form(device_id: int, bound: QuarantineForm | None) -> QuarantineForm:
    return bound if bound is not None and bound.prefix == str(device_id) else QuarantineForm(prefix=str(device_id))
