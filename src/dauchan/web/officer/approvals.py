"""Deciding on registrations and changes: one by one, or many at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dauchan.units.errors import NoSuchThing
from dauchan.venues.access import DECIDES_VENUES, access_venue, access_venues
from dauchan.venues.actions import approve_venue, send_back_venue, undo_send_back
from dauchan.venues.errors import VenueRefused
from dauchan.venues.models import VenueStatus
from dauchan.venues.queries import waiting
from dauchan.web.officer.forms import SendBackForm
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.venues import ROWS_A_PAGE, proposed_of, shown_venue

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

MOST_SENT_BACK = 5


@require_GET
@officer_required(*DECIDES_VENUES)
def inbox(request: OfficerRequest) -> HttpResponse:
    """What waits, the longest first; and what this officer sent back lately, to be undone."""
    mine = access_venues(request.user, *DECIDES_VENUES)
    page = Paginator(waiting(mine), ROWS_A_PAGE).get_page(request.GET.get("page"))
    sent_back = mine.filter(status=VenueStatus.REFUSED, decided_by=request.user).order_by("-decided_at")
    context = {
        "page": page,
        "rows": [(venue, proposed_of(venue)) for venue in page],
        "sent_back": sent_back[:MOST_SENT_BACK],
    }
    return render(request, "officer/approvals.html", context)


@require_POST
@officer_required(*DECIDES_VENUES)
def approve(request: OfficerRequest, venue_id: int) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *DECIDES_VENUES)
    try:
        approve_venue(venue, request.user, _seen(request.POST.get("revision", "")))
    except VenueRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("officer:venue", venue_id)
    messages.success(request, _("Đã duyệt “%(name)s”.") % {"name": venue.name})
    return redirect("officer:approvals")


@require_POST
@officer_required(*DECIDES_VENUES)
def send_back(request: OfficerRequest, venue_id: int) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *DECIDES_VENUES)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return shown_venue(request, venue, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        send_back_venue(venue, request.user, form.cleaned_data["text"])
    except VenueRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("officer:venue", venue_id)
    messages.success(request, _("Đã yêu cầu chủ địa điểm bổ sung “%(name)s”.") % {"name": venue.name})
    return redirect("officer:approvals")


@require_POST
@officer_required(*DECIDES_VENUES)
def undo(request: OfficerRequest, venue_id: int) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *DECIDES_VENUES)
    try:
        undo_send_back(venue, request.user)
    except VenueRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("“%(name)s” lại đang chờ duyệt.") % {"name": venue.name})
    return redirect("officer:venue", venue_id)


@require_POST
@officer_required(*DECIDES_VENUES)
def approve_many(request: OfficerRequest) -> HttpResponse:
    """Approve the ticked rows. One row out of the officer's area and nothing is done."""
    ticked = dict(filter(None, (_ticked(text) for text in request.POST.getlist("venue"))))
    venues = list(access_venues(request.user, *DECIDES_VENUES).filter(pk__in=ticked))
    if len(venues) != len(ticked):
        raise NoSuchThing
    approved = [venue for venue in venues if _approved(venue, request, ticked[venue.pk])]
    left = len(venues) - len(approved)
    if approved:
        words = ngettext("Đã duyệt %(number)s địa điểm.", "Đã duyệt %(number)s địa điểm.", len(approved))
        messages.success(request, words % {"number": len(approved)})
    if left:
        words = ngettext(
            "%(number)s địa điểm vừa được sửa hoặc đã có người quyết định; hãy xem lại.",
            "%(number)s địa điểm vừa được sửa hoặc đã có người quyết định; hãy xem lại.",
            left,
        )
        messages.warning(request, words % {"number": left})
    if not venues:
        messages.warning(request, _("Chưa chọn địa điểm nào."))
    return redirect("officer:approvals")


def _approved(venue: Venue, request: OfficerRequest, revision: int | None) -> bool:
    try:
        approve_venue(venue, request.user, revision)
    except VenueRefused:
        return False
    return True


def _ticked(text: str) -> tuple[int, int | None] | None:
    """A box's value: the venue's number and the revision that stood in the row, `17:3`."""
    number, _colon, revision = text.partition(":")
    seen = _seen(number)
    return None if seen is None else (seen, _seen(revision))


def _seen(text: str) -> int | None:
    """A number that a form brought back; nonsense is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else None
