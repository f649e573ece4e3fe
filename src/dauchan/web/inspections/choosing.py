"""Choosing the places of a round: from a list ranked by risk, or by lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.compliance.signs.queries import latest_run
from dauchan.oversight.inspections.access import INSPECTS, access_round
from dauchan.oversight.inspections.errors import InspectionRefused
from dauchan.oversight.inspections.models import ChosenBy, Stop
from dauchan.oversight.inspections.planning import add_stops, draw_stops, drop_stop
from dauchan.oversight.inspections.ranking import Candidate, ranked, venues_for
from dauchan.oversight.inspections.scoring import LONG_AGO_DAYS, MOST, POINTS_A_FINDING, POINTS_A_REPORT
from dauchan.venues.models import Venue
from dauchan.venues.queries import matching
from dauchan.web.inspections.forms import ChooseFilter, DrawForm, DropForm
from dauchan.web.inspections.rounds import MOST_AT_ONCE
from dauchan.web.inspections.words import PartShown, parts_shown
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import HttpResponse

    from dauchan.oversight.inspections.models import Round
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25


@dataclass(frozen=True)
class Row:
    """A venue that could be chosen, with the points that say why."""

    venue: Venue
    candidate: Candidate
    parts: list[PartShown]


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*INSPECTS)
def choose(request: OfficerRequest, round_id: int) -> HttpResponse:
    found = access_round(request.user, round_id, *INSPECTS)
    if request.method == "POST":
        return _add(request, found)
    return _shown(request, found, DrawForm())


def _add(request: OfficerRequest, found: Round) -> HttpResponse:
    keys = [int(key) for key in request.POST.getlist("venue")[:MOST_AT_ONCE] if key.isdecimal() and len(key) < 19]  # noqa: PLR2004 - no key is longer
    try:
        added = add_stops(found, keys, request.user, ChosenBy.RISK)
    except InspectionRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("inspections:round", found.pk)
    text = ngettext("Đã thêm %(n)s địa điểm.", "Đã thêm %(n)s địa điểm.", len(added)) % {"n": len(added)}
    (messages.success if added else messages.warning)(request, text)
    return redirect("inspections:round" if added else "inspections:choose", found.pk)


def _shown(request: OfficerRequest, found: Round, draw_form: DrawForm, *, status: int = 200) -> HttpResponse:
    chosen = ChooseFilter(request.GET)
    chosen.is_valid()
    words = chosen.cleaned_data.get("q", "")
    candidates: Any = ranked(matching(venues_for(found), words), timezone.now()) if found.is_open else []
    page: Page[Candidate] = Paginator(candidates, ROWS_A_PAGE).get_page(request.GET.get("page"))
    venues = Venue.objects.select_related("unit", "category").in_bulk([one.venue_id for one in page])
    context = {
        "round": found,
        "filter": chosen,
        "words": words,
        "page": page,
        "rows": [Row(venues[one.venue_id], one, parts_shown(one.score.kept())) for one in page],
        "draw_form": draw_form,
        "pool": venues_for(found).count() if words or not found.is_open else page.paginator.count,
        "run": latest_run(),
        "rule": {
            "most": MOST,
            "report": POINTS_A_REPORT,
            "finding": POINTS_A_FINDING,
            "days": LONG_AGO_DAYS,
        },
    }
    return render(request, "inspections/choose.html", context, status=status)


@require_POST
@officer_required(*INSPECTS)
def draw(request: OfficerRequest, round_id: int) -> HttpResponse:
    found = access_round(request.user, round_id, *INSPECTS)
    form = DrawForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    try:
        made = draw_stops(found, form.cleaned_data["count"], request.user, form.cleaned_data["seed"])
    except InspectionRefused as refused:
        messages.error(request, str(refused.message))
    else:
        told = {"n": len(made.chosen), "pool": len(made.pool)}
        messages.success(request, _("Đã bốc thăm %(n)s trong %(pool)s địa điểm.") % told)
    return redirect("inspections:round", found.pk)


@require_POST
@officer_required(*INSPECTS)
def drop(request: OfficerRequest, round_id: int, stop_id: int) -> HttpResponse:
    found = access_round(request.user, round_id, *INSPECTS)
    stop = get_object_or_404(Stop.objects.select_related("round"), pk=stop_id, round=found)
    form = DropForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do bỏ địa điểm này, ít nhất 3 ký tự."))
        return redirect("inspections:round", found.pk)
    try:
        drop_stop(stop, request.user, form.cleaned_data["words"])
    except InspectionRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã bỏ “%(name)s” khỏi đợt.") % {"name": stop.venue.name})
    return redirect("inspections:round", found.pk)
