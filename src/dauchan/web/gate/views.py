"""The device's own pages: enrolling, the gate, a scan, taking it back."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.helpdesk.models import Topic
from dauchan.people.encryption import keyed_hash
from dauchan.venues.gates import InvitationRefused, device_with, enrol_device
from dauchan.venues.holds import holds_on
from dauchan.venues.modes import mode_in_force
from dauchan.visits.gate_scans import GateScan
from dauchan.visits.gate_shifts import shifts_of
from dauchan.visits.queries import headcount
from dauchan.web.gate.cookie import COOKIE, set_device_cookie
from dauchan.web.gate.forms import EnrolmentForm, ScanForm, UndoForm
from dauchan.web.gate.page import page_facts
from dauchan.web.gate.rules import fullness
from dauchan.web.gate.scans import judge, take_back
from dauchan.web.helpdesk.failed_scans import named_device

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from dauchan.venues.models import GateDevice
    from dauchan.web.gate.scans import Verdict

    More = ParamSpec("More")
    View = Callable[Concatenate[HttpRequest, GateDevice, More], HttpResponse]

#: Wrong codes an hour from one address; a code has 35 random bits and lives ten minutes.
MOST_GUESSES = 30
GUESSES_WITHIN = 3600
UUID7 = 7


def device_required(view: View[More]) -> Callable[Concatenate[HttpRequest, More], HttpResponse]:
    """For views of an enrolled device; others are told to enrol, a page by being led there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        device = device_with(request.COOKIES.get(COOKIE, ""), timezone.now())
        if device is not None:
            return view(request, device, *args, **kwargs)
        if request.method == "POST":
            words = {"word": _("Chưa ghi danh"), "sentence": _("Thiết bị này đã bị thu hồi hoặc chưa ghi danh.")}
            said = {"tone": "critical", **words, "who": "", "reason": "unknown_device", "can_undo": False}
            return JsonResponse(said, status=HTTPStatus.UNAUTHORIZED)
        return redirect("gate:enrol")

    return cast("Callable[Concatenate[HttpRequest, More], HttpResponse]", guarded)


@never_cache
@require_safe
@device_required
def gate(request: HttpRequest, device: GateDevice) -> HttpResponse:
    in_force = mode_in_force(device.venue, timezone.localdate())
    context = {"device": device, "venue": device.venue, "in_force": in_force, "figures": _figures(device)}
    context["holds"] = holds_on(device.venue)
    return render(request, "gate/gate.html", {**context, "facts": page_facts()})


@never_cache
@require_safe
@device_required
def ask_for_help(request: HttpRequest, device: GateDevice) -> HttpResponse:  # noqa: ARG001 - as all of a device's pages
    """To the help page, with this device and its venue named in a way nobody else can write."""
    told = urlencode({"topic": Topic.GATE, "device": named_device(device)})
    return redirect(f"{reverse('helpdesk:ask')}?{told}#send")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """The one-time code from the venue's owner makes this browser a gate."""
    form = EnrolmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _enrolled(_token_for(form.cleaned_data["code"], request.META["REMOTE_ADDR"]))
        except InvitationRefused as refused:
            form.add_error("code", str(refused.message))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "gate/enrol.html", {"form": form}, status=status)


def _token_for(code: str, address: str) -> str:
    key = f"gate-guesses:{keyed_hash(address, 'address').hex()}"
    if cache.get(key, 0) >= MOST_GUESSES:
        raise InvitationRefused
    try:
        return enrol_device(code, timezone.now())
    except InvitationRefused:
        cache.set(key, cache.get(key, 0) + 1, GUESSES_WITHIN)
        raise


def _enrolled(token: str) -> HttpResponse:
    answer = redirect("gate:gate")
    set_device_cookie(answer, token)
    return answer


@require_POST
def leave(_request: HttpRequest) -> HttpResponse:
    """This browser stops being a gate; the owner sees when it was last used and may revoke it."""
    answer = redirect("gate:enrol")
    answer.delete_cookie(COOKIE, path="/gate/", samesite="Lax")
    return answer


@never_cache
@require_POST
@device_required
def scan(request: HttpRequest, device: GateDevice) -> HttpResponse:
    form = ScanForm(request.POST)
    if not form.is_valid() or form.cleaned_data["scan_id"].version != UUID7:
        return _bad_request()
    sent = form.cleaned_data
    return _answer(device, judge(_scan(device, sent["scan_id"]), sent["direction"], sent["text"]))


@never_cache
@require_POST
@device_required
def undo(request: HttpRequest, device: GateDevice) -> HttpResponse:
    form = UndoForm(request.POST)
    if not form.is_valid() or form.cleaned_data["undo_id"].version != UUID7:
        return _bad_request()
    sent = form.cleaned_data
    return _answer(device, take_back(_scan(device, sent["undo_id"]), sent["direction"], sent["scan_id"]))


def _scan(device: GateDevice, identifier: UUID) -> GateScan:
    return GateScan(identifier, device.venue_id, device.pk, timezone.now())


def _bad_request() -> JsonResponse:
    return JsonResponse({"reason": "bad_request"}, status=HTTPStatus.BAD_REQUEST)


def _answer(device: GateDevice, verdict: Verdict) -> JsonResponse:
    said = {**vars(verdict), "word": str(verdict.word), "sentence": str(verdict.sentence)}
    return JsonResponse({**said, **_figures(device)})


def _figures(device: GateDevice) -> dict[str, Any]:
    """How full the venue is, and what this device did today."""
    now = timezone.now()
    inside, capacity = headcount(device.venue_id, now), device.venue.capacity
    shift = shifts_of(device.venue_id, [device.pk], now)[device.pk]
    return {
        "inside": inside,
        "capacity": capacity,
        "fullness": fullness(inside, capacity),
        "entries": shift.entries,
        "exits": shift.exits,
    }
