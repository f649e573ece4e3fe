"""The counting screen, and what inspectors' phones hand in."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.compliance.footfall import footfall_of
from dauchan.compliance.hand_counts.actions import Counted, keep_count
from dauchan.compliance.hand_counts.errors import CountRefused
from dauchan.compliance.hand_counts.models import HandCount
from dauchan.units.models import Role
from dauchan.venues.access import access_venue
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

COUNTS = (Role.OFFICER, Role.HEAD, Role.MONITOR)
SHOWN = 5
MOST_PEOPLE = 1_000_000
#: Milliseconds of the years 2000 to 2100.
FIRST_INSTANT, LAST_INSTANT = 946_684_800_000, 4_102_444_800_000


class CountForm(forms.Form):
    """A count as the phone sends it; instants in milliseconds since the epoch."""

    id = forms.UUIDField()
    started = forms.IntegerField(min_value=FIRST_INSTANT, max_value=LAST_INSTANT)
    ended = forms.IntegerField(min_value=FIRST_INSTANT, max_value=LAST_INSTANT)
    counted_seconds = forms.IntegerField(min_value=0, max_value=86_400)
    entered = forms.IntegerField(min_value=0, max_value=MOST_PEOPLE)
    scanned = forms.IntegerField(min_value=0, max_value=MOST_PEOPLE)

    def counted(self) -> Counted:
        said = self.cleaned_data
        started, ended = (dt.datetime.fromtimestamp(said[name] / 1000, dt.UTC) for name in ("started", "ended"))
        return Counted(said["id"], started, ended, said["counted_seconds"], said["entered"], said["scanned"])


@require_GET
@officer_required(*COUNTS)
def count_page(request: OfficerRequest, venue_id: int) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *COUNTS)
    return render(request, "footfall/count.html", {"venue": venue, **measured(venue)})


@require_POST
@officer_required(*COUNTS)
def receive(request: OfficerRequest, venue_id: int) -> JsonResponse:
    """Keep a count; sent again it changes nothing. A phone drops what is answered with 2xx or 422."""
    venue = access_venue(request.user, venue_id, *COUNTS)
    form = CountForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": _("Không đọc được lượt đếm này.")}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        count, is_new = keep_count(venue, request.user, form.counted())
    except CountRefused as refused:
        return JsonResponse({"refused": str(refused.message)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"id": str(count.pk)}, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def measured(venue: Venue) -> dict[str, Any]:
    """What the venue's page and the counting screen show: the last counts and the daily footfall they stand for."""
    counts = HandCount.objects.filter(venue=venue).select_related("officer")[:SHOWN]
    return {"hand_counts": counts, "footfall": footfall_of([venue.pk], timezone.localdate()).get(venue.pk)}
