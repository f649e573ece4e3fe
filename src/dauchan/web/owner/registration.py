"""Registering a venue and changing it: one form that forgives."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dauchan.venues.access import access_own_venue
from dauchan.venues.actions import change_venue, register_venue
from dauchan.venues.errors import ChangedMeanwhile, VenueRefused
from dauchan.venues.models import Venue
from dauchan.venues.queries import known_to_owner, similar_venues
from dauchan.web.owner.forms import VenueForm
from dauchan.web.owner.pictures import posted_tray, tray_of
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest


@require_http_methods(["GET", "POST"])
@person_required
def new(request: PersonRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, VenueForm(tray=tray_of(Venue())))
    form = VenueForm(request.POST, tray=posted_tray(request, Venue()))
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    venue = form.wanted()
    venue.owner_id = request.person.pk
    similar = [] if "is_another" in request.POST else similar_venues(venue, known_to_owner(request.person.pk))
    if similar:
        return _page(request, form, status=HTTPStatus.CONFLICT, similar=similar)
    try:
        with transaction.atomic():
            register_venue(venue, request.person.pk)
            form.tray.put(venue)
    except VenueRefused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Đã gửi đăng ký. Phường, xã sẽ duyệt; sau đó bạn tải bảng mã QR ở đây."))
    return redirect("owner:venue", venue.pk)


@require_http_methods(["GET", "POST"])
@person_required
def edit(request: PersonRequest, venue_id: int) -> HttpResponse:
    saved = access_own_venue(request.person.pk, venue_id)
    copy = access_own_venue(request.person.pk, venue_id)  # the form writes into the venue it is given
    if request.method == "GET":
        return _page(request, VenueForm(instance=copy, tray=tray_of(saved)), saved=saved)
    form = VenueForm(request.POST, instance=copy, tray=posted_tray(request, saved))
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY, saved=saved)
    try:
        with transaction.atomic():
            venue = change_venue(form.wanted(), form.cleaned_data["revision"] or 0)
            form.tray.put(venue)
    except VenueRefused as refused:
        return _refused_change(request, form, saved, refused)
    messages.success(request, _("Đã lưu. Phần cần duyệt đang chờ phường, xã.") if venue.is_waiting else _("Đã lưu."))
    return redirect("owner:venue", venue_id)


def _refused_change(request: PersonRequest, form: VenueForm, saved: Venue, refused: VenueRefused) -> HttpResponse:
    """What was typed stays; the next save counts as made in knowledge of what is saved now, which is shown beside."""
    form.add_error(None, str(refused.message))
    differing = []
    if isinstance(refused, ChangedMeanwhile):
        form.data = request.POST.copy()
        form.data["revision"] = str(saved.revision)
        shown = VenueForm(instance=saved, tray=tray_of(saved))
        differing = [
            (shown[name].label, _readable(shown, name))
            for name in ("name", "category", "address", "phone", "description")
            if str(shown[name].initial or "") != str(form[name].data or "")
        ]
    return _page(request, form, status=HTTPStatus.CONFLICT, saved=saved, differing=differing)


def _readable(form: VenueForm, name: str) -> str:
    if name == "category":
        return str(form.instance.category)
    return str(form[name].initial or "")


def _page(request: PersonRequest, form: VenueForm, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:  # noqa: ANN401 - a template's values
    return render(request, "owner/form.html", {"form": form, **context}, status=status)
