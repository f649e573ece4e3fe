"""The venues of an officer's area: the list, and one venue with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dauchan.compliance.posters_out_of_place import posters_out_of_place
from dauchan.compliance.referrals.access import HANDS_OVER
from dauchan.compliance.referrals.handing import IN_USE
from dauchan.compliance.signs.access import SEES_SIGNS
from dauchan.oversight.inspections.access import may_inspect
from dauchan.oversight.sanctions.access import may_propose
from dauchan.units.errors import NoSuchThing
from dauchan.venues.access import DECIDES_VENUES, PRINTS_POSTERS, SEES_VENUES, access_venue, access_venues
from dauchan.venues.holds import holds_on
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Category, Venue
from dauchan.venues.modes import mode_in_force
from dauchan.venues.opening_hours import week_of
from dauchan.venues.queries import similar_venues
from dauchan.web.footfall.views import COUNTS, measured
from dauchan.web.inspections.words import inspections_on
from dauchan.web.officer.forms import SendBackForm, VenueFilter
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.history import events_of
from dauchan.web.owner.counts import Use, use_of
from dauchan.web.pictures import picture_shown
from dauchan.web.posters import SHEETS, poster_download
from dauchan.web.public.page import DAY_NAMES, shown_phone
from dauchan.web.referrals.words import referrals_on
from dauchan.web.sanctions.words import sanctions_on

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25


@require_GET
@officer_required(*SEES_VENUES)
def venue_list(request: OfficerRequest) -> HttpResponse:
    chosen = VenueFilter(request.GET, officer=request.user)
    page = Paginator(chosen.narrowed(access_venues(request.user)), ROWS_A_PAGE).get_page(request.GET.get("page"))
    use = use_of(venue.pk for venue in page)
    rows = [(venue, use.get(venue.pk, Use())) for venue in page]
    may_import = bool(request.user.units_as(*DECIDES_VENUES))
    context = {"filter": chosen, "page": page, "rows": rows, "may_import": may_import}
    return render(request, "officer/venues.html", context)


@require_GET
@officer_required(*SEES_VENUES)
def venue_page(request: OfficerRequest, venue_id: int) -> HttpResponse:
    return shown_venue(request, access_venue(request.user, venue_id), SendBackForm())


def shown_venue(request: OfficerRequest, venue: Venue, send_back: SendBackForm, *, status: int = 200) -> HttpResponse:
    """The page of a venue; *send_back* carries what was typed where it was refused."""
    officer = request.user
    context = {
        "venue": venue,
        "phone": shown_phone(venue.phone)[0] if venue.phone else "",
        "week": [(DAY_NAMES[day], stretches) for day, stretches in week_of(venue.opening_hours)],
        "points": points_of(venue),
        "proposed": proposed_of(venue),
        "posters": venue.posters.all(),
        "last_reading": venue.poster_readings.select_related("officer").first(),
        "pictures": venue.pictures.all(),
        "use": use_of([venue.pk]).get(venue.pk, Use()),
        "out_of_place": posters_out_of_place(timezone.now(), Venue.objects.filter(pk=venue.pk)),
        "similar": similar_venues(venue, access_venues(officer)),
        "events": events_of(venue),
        "may_decide": any(unit.contains(venue.unit) for unit in officer.units_as(*DECIDES_VENUES)),
        "may_print": any(unit.contains(venue.unit) for unit in officer.units_as(*PRINTS_POSTERS)),
        "sees_signs": any(unit.contains(venue.unit) for unit in officer.units_as(*SEES_SIGNS)),
        "may_refer": venue.status in IN_USE
        and any(unit.contains(venue.unit) for unit in officer.units_as(*HANDS_OVER)),
        "referrals": referrals_on(officer, venue),
        "sanctions": sanctions_on(officer, venue),
        "may_propose": may_propose(officer, venue.unit),
        "inspections": inspections_on(officer, venue),
        "may_inspect": venue.status in IN_USE and may_inspect(officer, venue.unit),
        "line_code": line_code_of(venue.pk),
        "in_force": mode_in_force(venue, timezone.localdate()),
        "holds": holds_on(venue),
        "send_back": send_back,
        "may_count": any(unit.contains(venue.unit) for unit in officer.units_as(*COUNTS)),
        **measured(venue),
        "sheets": SHEETS,
    }
    return render(request, "officer/venue.html", context, status=status)


def points_of(venue: Venue) -> list[dict[str, Any]]:
    """What the map shows: where the venue stands, and where its owner says it stands."""
    points = []
    if venue.lat is not None:
        points.append({"lat": venue.lat, "lon": venue.lon, "label": venue.name})
    wanted = venue.proposal or {}
    if "lat" in wanted or "lon" in wanted:
        point = {"lat": wanted.get("lat", venue.lat), "lon": wanted.get("lon", venue.lon)}
        points.append({**point, "label": str(_("Vị trí đề nghị")), "colour": "series-2"})
    return points


@dataclass(frozen=True)
class Proposed:
    """One change that waits: what is in force and what the owner would like."""

    label: StrOrPromise
    now: str
    wanted: str


def proposed_of(venue: Venue) -> list[Proposed]:
    wanted = venue.proposal or {}
    changes = []
    for name, label in (("name", _("Tên")), ("address", _("Địa chỉ"))):
        if name in wanted:
            changes.append(Proposed(label, getattr(venue, name), wanted[name]))
    if "category_id" in wanted:
        category = Category.objects.filter(pk=wanted["category_id"]).first()
        changes.append(Proposed(_("Loại hình"), str(venue.category), str(category or "")))
    if {"lat", "lon"} & wanted.keys():
        lat, lon = wanted.get("lat", venue.lat), wanted.get("lon", venue.lon)
        changes.append(Proposed(_("Vị trí"), _coordinates(venue.lat, venue.lon), _coordinates(lat, lon)))
    return changes


def _coordinates(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else f"{lat:.6f}, {lon:.6f}"


@require_GET
@officer_required(*SEES_VENUES)
def picture(request: OfficerRequest, venue_id: int, picture_id: int) -> HttpResponse:
    found = access_venue(request.user, venue_id).pictures.filter(pk=picture_id).first()
    if found is None:
        raise NoSuchThing
    return picture_shown(found)


@require_GET
@officer_required(*PRINTS_POSTERS)
def poster(request: OfficerRequest, venue_id: int, sheet: str) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *PRINTS_POSTERS)
    return poster_download(Venue.objects.filter(pk=venue.pk), sheet, venue.name)
