"""An owner's venues: the list, one venue, its posters, closing and opening again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.tracing.notices.queries import public_notices_at
from dauchan.units.queries import communes_matching
from dauchan.venues import actions
from dauchan.venues.access import access_own_picture, access_own_venue, access_own_venues
from dauchan.venues.errors import VenueRefused
from dauchan.venues.holds import holds_on
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Venue
from dauchan.venues.modes import lacks_gate, mode_in_force
from dauchan.venues.queries import with_current_posters
from dauchan.web.owner.counts import Use, use_of
from dauchan.web.pictures import picture_shown
from dauchan.web.posters import SHEETS, poster_download
from dauchan.web.sanctions.words import own_sanctions_on
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.venues.models import Poster
    from dauchan.web.requests import PersonRequest

MOST_SUGGESTED = 20


@require_GET
@person_required
def home(request: PersonRequest) -> HttpResponse:
    venues = list(access_own_venues(request.person.pk))
    use = use_of(venue.pk for venue in venues)
    rows = [(venue, use.get(venue.pk, Use())) for venue in venues]
    return render(request, "owner/home.html", {"rows": rows})


@require_GET
@person_required
def venue(request: PersonRequest, venue_id: int) -> HttpResponse:
    venue = access_own_venue(request.person.pk, venue_id)
    shown = with_current_posters(Venue.objects.filter(pk=venue.pk)).get()
    posters: list[Poster] = shown.current_posters  # type: ignore[attr-defined]
    in_force = mode_in_force(venue, timezone.localdate())
    context = {
        "venue": venue,
        "poster": posters[0] if posters else None,
        "exposure_notices": public_notices_at(venue),
        "use": use_of([venue.pk]).get(venue.pk, Use()),
        "sheets": SHEETS,
        "pictures": venue.pictures.all(),
        "in_force": in_force,
        "holds": holds_on(venue),
        "sanctions": own_sanctions_on(venue),
        "line_code": line_code_of(venue.pk),
        "needs_device": in_force.needs_gate and venue.status in actions.IN_USE and lacks_gate(venue),
    }
    return render(request, "owner/venue.html", context)


@require_GET
@person_required
def poster(request: PersonRequest, venue_id: int, sheet: str) -> HttpResponse:
    venue = access_own_venue(request.person.pk, venue_id)
    return poster_download(Venue.objects.filter(pk=venue.pk), sheet, venue.name)


@require_POST
@person_required
def reissue(request: PersonRequest, venue_id: int) -> HttpResponse:
    return _act(request, venue_id, actions.reissue_poster, _("Đã có bảng mã mới. Hãy in và thay bảng cũ."))


@require_POST
@person_required
def close(request: PersonRequest, venue_id: int) -> HttpResponse:
    return _act(request, venue_id, actions.close_venue, _("Đã đóng địa điểm. Hãy gỡ bảng mã ở cửa."))


@require_POST
@person_required
def reopen(request: PersonRequest, venue_id: int) -> HttpResponse:
    return _act(request, venue_id, actions.reopen_venue, _("Đã gửi lại, chờ phường, xã duyệt."))


def _act(request: PersonRequest, venue_id: int, act: Callable[[Venue], object], done: str) -> HttpResponse:
    venue = access_own_venue(request.person.pk, venue_id)
    try:
        act(venue)
    except VenueRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, done)
    return redirect("owner:venue", venue_id)


@require_GET
@person_required
def picture(request: PersonRequest, picture_id: int) -> HttpResponse:
    """A picture of an own venue, public or not, or of the form that is being filled in."""
    return picture_shown(access_own_picture(request.person.pk, picture_id))


@require_GET
def communes(request: PersonRequest) -> HttpResponse:
    """Communes of today's map for a combobox: `?q=thuan hoa`."""
    found = communes_matching(request.GET.get("q", "")[:100], timezone.localdate())[:MOST_SUGGESTED]
    choices = [
        {"value": unit.pk, "text": unit.full_name, "hint": unit.parent.full_name if unit.parent else ""}
        for unit in found
    ]
    return JsonResponse(choices, safe=False, headers={"Cache-Control": "public, max-age=3600"})
