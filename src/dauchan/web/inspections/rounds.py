"""Rounds of inspection: the list with progress, planning one, its page with map, route and team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.compliance.referrals.access import access_referrals
from dauchan.oversight.inspections.access import (
    INSPECTS,
    SEES_INSPECTIONS,
    access_inspections,
    access_round,
    access_rounds,
    may_inspect,
)
from dauchan.oversight.inspections.errors import InspectionRefused
from dauchan.oversight.inspections.models import ChosenBy, Inspection, Stop
from dauchan.oversight.inspections.planning import add_stops, change_round, end_round, open_round
from dauchan.oversight.inspections.queries import progress_of, with_findings
from dauchan.oversight.inspections.routing import Place, length_metres
from dauchan.units import audit
from dauchan.venues.access import access_venues
from dauchan.web.inspections.forms import DropForm, EndForm, RoundFilter, RoundForm, first_plan, initial_of
from dauchan.web.inspections.words import PartShown, parts_shown
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse, QueryDict

    from dauchan.oversight.inspections.models import Round
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 20
MOST_AT_ONCE = 200
#: A key of the database has fewer.
DIGITS = 19
METRES_A_KM = 1000


@require_safe
@officer_required(*SEES_INSPECTIONS)
def round_list(request: OfficerRequest) -> HttpResponse:
    chosen = RoundFilter(request.GET)
    rounds = chosen.narrowed(access_rounds(request.user)).prefetch_related("team__officer")
    page = Paginator(rounds, ROWS_A_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(page)
    context = {
        "filter": chosen,
        "page": page,
        "rows": [(one, progress[one.pk]) for one in page],
        "may_plan": bool(request.user.roles() & set(INSPECTS)),
    }
    return render(request, "inspections/rounds.html", context)


@dataclass(frozen=True)
class Cause:
    """Places that a new round begins with, and the row that gave cause."""

    venues: list[Venue]
    chosen_by: str
    source: str


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*INSPECTS)
def new(request: OfficerRequest) -> HttpResponse:
    """Plan a round: `?venue=1&venue=2` begins it with those places, `?referral=7` and `?again=12` say why."""
    cause = _cause(request.user, request.POST if request.method == "POST" else request.GET)
    form = RoundForm(request.POST or None, officer=request.user, initial={**first_plan(), "leader": request.user.pk})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_round(form.cleaned_data["unit"], form.plan(), request.user)
        except InspectionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            add_stops(made, [venue.pk for venue in cause.venues], request.user, cause.chosen_by, cause.source)
            messages.success(request, _("Đã lập đợt kiểm tra."))
            return redirect("inspections:round" if cause.venues else "inspections:choose", made.pk)
    context = {"form": form, "cause": cause}
    return render(request, "inspections/round_form.html", context, status=422 if form.errors else 200)


def _cause(officer: Officer, sent: QueryDict) -> Cause:
    venues = list(access_venues(officer, *INSPECTS).filter(pk__in=_keys(sent.getlist("venue"))).order_by("sort_key"))
    referral = _first(access_referrals(officer), sent.get("referral", ""))
    if referral is not None:
        return Cause([referral.venue], ChosenBy.REFERRAL, f"referral:{referral.pk}")
    again: Inspection | None = _first(access_inspections(officer, *INSPECTS), sent.get("again", ""))
    if again is not None:
        return Cause([again.venue], ChosenBy.AGAIN, again.audit_name)
    return Cause(venues, ChosenBy.OFFICER, "")


def _first(rows: Any, key: str) -> Any:  # noqa: ANN401 - a query set of any model, and a row of it
    keys = _keys([key])
    return rows.filter(pk=keys[0]).first() if keys else None


def _keys(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts[:MOST_AT_ONCE] if text.isascii() and text.isdecimal() and len(text) < DIGITS]


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*INSPECTS)
def edit(request: OfficerRequest, round_id: int) -> HttpResponse:
    found = access_round(request.user, round_id, *INSPECTS)
    form = RoundForm(request.POST or None, officer=request.user, round_=found, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_round(found, form.plan(), request.user, form.cleaned_data["revision"] or 0)
        except InspectionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã ghi thay đổi."))
            return redirect("inspections:round", found.pk)
    context = {"form": form, "round": found}
    return render(request, "inspections/round_form.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class StopRow:
    """A stop with why it was chosen, what came of it, and how far it is from the one before."""

    stop: Stop
    parts: list[PartShown]
    inspection: Inspection | None
    metres: int


@require_safe
@officer_required(*SEES_INSPECTIONS)
def page(request: OfficerRequest, round_id: int) -> HttpResponse:
    return shown_round(request, access_round(request.user, round_id))


def shown_round(request: OfficerRequest, found: Round, *, status: int = 200) -> HttpResponse:
    audit.record(request.user, "inspection_round.seen", found.audit_name)
    stops = found.stops.select_related("venue__unit").prefetch_related(
        Prefetch("inspections", with_findings(Inspection.objects.all()))
    )
    standing = [stop for stop in stops if stop.dropped_at is None]
    may_change = found.is_open and may_inspect(request.user, found.unit)
    context = {
        "round": found,
        "progress": progress_of([found])[found.pk],
        "rows": _rows(standing),
        "dropped": [stop for stop in stops if stop.dropped_at is not None],
        "kilometres": length_metres(_places(standing)) / METRES_A_KM,
        "points": [_point(number, stop) for number, stop in enumerate(standing, start=1) if stop.venue.lat is not None],
        "team": found.team.select_related("officer"),
        "draws": found.draws.select_related("drawn_by"),
        "may_change": may_change,
        "is_own": any(member.officer_id == request.user.pk for member in found.team.all()),
        "end_form": EndForm(initial={"revision": found.revision}) if may_change else None,
        "drop_form": DropForm() if may_change else None,
    }
    return render(request, "inspections/round.html", context, status=status)


def _places(stops: Sequence[Stop]) -> list[Place]:
    return [Place(stop.pk, stop.venue.lat, stop.venue.lon) for stop in stops if stop.venue.lat is not None]


def _rows(stops: Sequence[Stop]) -> list[StopRow]:
    rows, before = [], None
    for stop in stops:
        here = Place(stop.pk, stop.venue.lat, stop.venue.lon)
        done = next(iter(stop.inspections.all()), None)
        metres = length_metres([before, here]) if before is not None else 0
        rows.append(StopRow(stop, parts_shown(stop.parts), done, metres))
        before = here if stop.venue.lat is not None else before
    return rows


def _point(number: int, stop: Stop) -> dict[str, Any]:
    is_done = bool(stop.inspections.all())
    label = f"{number}. {stop.venue.name}"
    point = {"lat": stop.venue.lat, "lon": stop.venue.lon, "label": label, "text": stop.venue.address}
    return {**point, "colour": "series-3" if is_done else "series-1"}


@require_POST
@officer_required(*INSPECTS)
def end(request: OfficerRequest, round_id: int) -> HttpResponse:
    found = access_round(request.user, round_id, *INSPECTS)
    form = EndForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            end_round(found, request.user, said["revision"], said["state"], said["words"])
        except InspectionRefused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("Đã ghi."))
    else:
        messages.error(request, _("Hãy chọn cách kết thúc đợt."))
    return redirect("inspections:round", found.pk)
