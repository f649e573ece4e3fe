"""Checking in and out through a page: what phones without script use, and everybody's way through first use.

A phone with script sends its check-ins to the door itself. Who is not signed in yet is led through the sign-in; the
press of the button waits in the session meanwhile, with its time and its identifier, and is recorded afterwards.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import uuid_utils
from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dauchan.visits.console_scans import PageScan, record_check_in, record_check_out
from dauchan.visits.registry import Source
from dauchan.visits.rules import LARGEST_PARTY
from dauchan.web.public.codes import VENUE_NOT_OPEN, Scan, ScanRefused, read_scan
from dauchan.web.public.views import refused_page
from dauchan.web.visitor.diary import access_own_visit
from dauchan.web.visitor.session import is_signed_in, person_required, sign_in_address

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest

WAITING_KEY = "waiting_check_in"
SOURCES = {"poster": Source.POSTER, "link": Source.LINK, "typed": Source.TYPED}


class CheckInForm(forms.Form):
    code = forms.CharField(max_length=512)
    source = forms.ChoiceField(choices=[(name, name) for name in SOURCES], required=False)
    party = forms.IntegerField(min_value=1, max_value=LARGEST_PARTY, required=False)


@never_cache
@require_POST
def check_in(request: PersonRequest) -> HttpResponse:
    """The button was pressed."""
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return redirect("visitor:scan")
    try:
        scan = read_scan(form.cleaned_data["code"], request.META["REMOTE_ADDR"])
    except ScanRefused as refused:
        return refused_page(request, refused, form.cleaned_data["code"])
    request.session[WAITING_KEY] = {
        "check_in_id": str(new_id()),
        "code": scan.code,
        "entered_at": timezone.now().isoformat(),
        "source": form.cleaned_data["source"] or "link",
        "party": form.cleaned_data["party"] or 1,
    }
    return finish(request) if is_signed_in(request) else redirect(sign_in_address(reverse("visitor:finish_check_in")))


@never_cache
@require_GET
@person_required
def finish_check_in(request: PersonRequest) -> HttpResponse:
    """Back from the sign-in: record what waited. The identifier makes a second arrival here harmless."""
    return finish(request)


def finish(request: PersonRequest) -> HttpResponse:
    waiting = request.session.get(WAITING_KEY)
    if waiting is None:
        return redirect("visitor:diary")
    try:
        scan = read_scan(waiting["code"], request.META["REMOTE_ADDR"])
    except ScanRefused as refused:
        return refused_page(request, refused, waiting["code"])
    reason = record_check_in(_page_scan(request.person.pk, scan, waiting))
    del request.session[WAITING_KEY]
    if reason is not None:
        return refused_page(request, ScanRefused(*VENUE_NOT_OPEN), scan.code)
    return redirect("visitor:visit", waiting["check_in_id"])


def _page_scan(person_id: int, scan: Scan, waiting: dict[str, Any]) -> PageScan:
    return PageScan(
        uuid.UUID(waiting["check_in_id"]),
        person_id,
        scan.venue.pk,
        scan.poster_version,
        datetime.fromisoformat(waiting["entered_at"]),
        SOURCES[waiting["source"]],
        waiting["party"],
    )


@never_cache
@require_POST
@person_required
def check_out(request: PersonRequest, check_in_id: uuid.UUID) -> HttpResponse:
    """The visitor leaves."""
    visit = access_own_visit(request.person.pk, check_in_id)
    if record_check_out(new_id(), visit.check_in_id, request.person.pk, timezone.now()):
        messages.success(request, _("Đã ghi nhận giờ ra."))
    else:
        messages.error(request, _("Chưa ghi nhận được giờ ra. Hãy thử lại."))
    return redirect("visitor:visit", check_in_id)


def new_id() -> uuid.UUID:
    """A UUIDv7: its time decides in which day's partition of the ledger the row lies."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
