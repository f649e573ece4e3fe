"""Sending a report: first the place, then what was seen. Both work without script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from dauchan.oversight.errors import OversightRefused
from dauchan.oversight.filing import Told, file_report
from dauchan.oversight.models import Report
from dauchan.qr import CodeRefused, read_short_code
from dauchan.venues.access import access_public_venue
from dauchan.web.public.codes import ScanRefused, read_scan
from dauchan.web.public.page import door_face
from dauchan.web.public.search import Search
from dauchan.web.reports.public_forms import ElsewhereForm, ReportForm, opened_now

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import PersonRequest

MOST_OWN = 10


def at_venue(request: PersonRequest, venue_id: int) -> HttpResponse:
    """About a venue that has a public page."""
    return _form(request, access_public_venue(venue_id))


def new(request: PersonRequest) -> HttpResponse:
    """By the code of a door (`?code=`), of a place that is not in the list (`?elsewhere=1`); else the place is asked for."""
    if code := request.GET.get("code", ""):
        try:
            return _form(request, read_scan(code, request.META["REMOTE_ADDR"]).venue)
        except ScanRefused as refused:
            return _place(request, str(refused.sentence))
    if "elsewhere" in request.GET:
        return _form(request, None)
    return _place(request)


def _place(request: PersonRequest, refusal: str = "") -> HttpResponse:
    """Where? A search for the venue, in which a code from a poster may be typed too."""
    search = Search.read(request.GET)
    if search.words and _is_code(search.words) and not refusal:
        return redirect(f"{request.path}?code={read_short_code(search.words)}")
    page = search.found() if search.words else None
    context = {"search": search, "page": page, "refusal": refusal, "own": _own(request)}
    return render(request, "reports/place.html", context, status=422 if refusal else 200)


def _is_code(words: str) -> bool:
    try:
        read_short_code(words)
    except CodeRefused:
        return False
    return True


def _own(request: PersonRequest) -> list[Report]:
    """What the visitor who is signed in by phone has sent before."""
    if not request.person:
        return []
    own = Report.objects.filter(person=request.person.pk).select_related("unit")
    return list(own.order_by("-reported_at")[:MOST_OWN])


def _form(request: PersonRequest, venue: Venue | None) -> HttpResponse:
    kind = ReportForm if venue else ElsewhereForm
    sent = request.POST.copy() if request.method == "POST" else None
    form = kind(sent, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = _filed(request, venue, form)
        except OversightRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã gửi phản ánh. Cảm ơn bạn."))
            return redirect("reports:follow", report.code)
    if sent is not None:
        sent["opened"] = opened_now()  # shown again, it was opened now
    context = {"form": form, "face": door_face(venue) if venue else None}
    return render(request, "reports/new.html", context, status=422 if form.errors else 200)


def _filed(request: PersonRequest, venue: Venue | None, form: ReportForm) -> Report:
    said = form.cleaned_data
    point = said.get("point")
    told = Told(
        said["finding"],
        said["words"],
        venue,
        (point.lat, point.lon) if point else None,
        said.get("commune"),
        said.get("place", ""),
    )
    return file_report(
        told,
        request.META["REMOTE_ADDR"],
        photos=said["photos"],
        person_id=request.person.pk if request.person else None,
        language=translation.get_language() or "vi",
    )
