"""The agencies whose rosters an officer keeps: the list, founding, changing and closing one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dauchan.people.roster.access import KEEPS_ROSTERS, access_roster, access_rosters
from dauchan.people.roster.actions import close_agency, keep_agency
from dauchan.people.roster.errors import RosterRefused
from dauchan.people.roster.models import Agency
from dauchan.venues.access import access_venues
from dauchan.venues.models import VenueStatus
from dauchan.venues.queries import matching
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.forms import AgencyForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

MOST_SUGGESTED = 10


@require_GET
@officer_required(*KEEPS_ROSTERS)
def agency_list(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    there = Q(members__joined_on__lte=today) & (Q(members__left_on=None) | Q(members__left_on__gt=today))
    agencies = access_rosters(request.user).annotate(
        staff=Count("members", filter=there), without_phone=Count("members", filter=there & Q(members__phone_hash=None))
    )
    return render(request, "staff/agencies.html", {"agencies": agencies})


@officer_required(*KEEPS_ROSTERS)
def new_agency(request: OfficerRequest) -> HttpResponse:
    return _form(request, Agency())


@officer_required(*KEEPS_ROSTERS)
def change_agency(request: OfficerRequest, agency_id: int) -> HttpResponse:
    return _form(request, access_roster(request.user, agency_id))


def _form(request: OfficerRequest, agency: Agency) -> HttpResponse:
    is_new = agency.pk is None
    form = AgencyForm(request.POST or None, officer=request.user, agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_agency(form.written(), form.buildings(), request.user)
        except RosterRefused as refused:
            form.add_error("name", str(refused.message))
        else:
            messages.success(request, _("Đã ghi cơ quan «%(name)s».") % {"name": kept.name})
            return redirect("staff:import" if is_new else "staff:agency", kept.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "staff/agency_form.html", {"form": form, "agency": agency, "is_new": is_new}, status=status)


@require_POST
@officer_required(*KEEPS_ROSTERS)
def close(request: OfficerRequest, agency_id: int) -> HttpResponse:
    agency = access_roster(request.user, agency_id)
    close_agency(agency, request.user)
    messages.success(request, _("Đã đóng «%(name)s» và xóa danh sách nhân viên.") % {"name": agency.name})
    return redirect("staff:agencies")


@require_GET
@officer_required(*KEEPS_ROSTERS)
def venues(request: OfficerRequest) -> HttpResponse:
    """Venues of the own area for a combobox: `?q=uy ban`."""
    known = access_venues(request.user, *KEEPS_ROSTERS).filter(status=VenueStatus.APPROVED)
    found = matching(known, request.GET.get("q", "")[:100])[:MOST_SUGGESTED]
    choices = [{"value": venue.pk, "text": venue.name, "hint": venue.full_address} for venue in found]
    return JsonResponse(choices, safe=False)
