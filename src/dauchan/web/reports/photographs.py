"""A photograph of a report, blurred; what is blurred is put right here before it is let out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight import photos
from dauchan.oversight.access import ANSWERS_REPORTS, SEES_REPORTS, access_photo, may_answer
from dauchan.oversight.blurring import read_boxes
from dauchan.oversight.errors import PhotoGone
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.reports.step_forms import OriginalForm, PhotoForm

if TYPE_CHECKING:
    from dauchan.oversight.models import ReportPhoto
    from dauchan.web.requests import OfficerRequest


@never_cache
@require_safe
@officer_required(*SEES_REPORTS)
def blurred(request: OfficerRequest, photo_id: int) -> HttpResponse:
    try:
        content = photos.blurred_photo(access_photo(request.user, photo_id))
    except PhotoGone:
        raise NoSuchThing from None
    return HttpResponse(content, content_type="image/jpeg")


@officer_required(*SEES_REPORTS)
def edit(request: OfficerRequest, photo_id: int) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, access_photo(request.user, photo_id), None)
    photo = access_photo(request.user, photo_id, *ANSWERS_REPORTS)
    form = PhotoForm(request.POST)
    form.shows(_state_of(photo))
    if not form.is_valid():
        return _shown(request, photo, form, status=422)
    try:
        _act(request, photo, form)
    except PhotoGone as gone:
        messages.error(request, str(gone.message))
    return redirect("reports:photo", photo.pk)


def _state_of(photo: ReportPhoto) -> str:
    """What another officer may have changed since the page was opened."""
    return json.dumps([read_boxes(photo.boxes or []), bool(photo.published)])


def _act(request: OfficerRequest, photo: ReportPhoto, form: PhotoForm) -> None:
    act = form.cleaned_data["act"]
    if act == "withdraw":
        if photo.published:
            photos.withdraw(photo, request.user)
        messages.success(request, _("Đã rút ảnh. Người ngoài không còn thấy ảnh này."))
        return
    if [list(box) for box in form.cleaned_data["boxes"]] != photo.boxes:
        photos.keep_boxes(photo, request.user, form.cleaned_data["boxes"])
    if act == "publish":
        photos.publish(photo, request.user)
        messages.success(request, _("Đã công khai ảnh đã làm mờ."))
    else:
        messages.success(request, _("Đã lưu vùng làm mờ. Hãy xem lại ảnh dưới đây trước khi công khai."))


@never_cache
@require_POST
@officer_required(*SEES_REPORTS)
def original(request: OfficerRequest, photo_id: int) -> HttpResponse:
    """Unblurred, after a purpose was stated; the look stands in the log."""
    photo = access_photo(request.user, photo_id, *ANSWERS_REPORTS)
    form = OriginalForm(request.POST)
    if not form.is_valid():
        return _shown(request, photo, None, asked=form, status=422)
    try:
        content = photos.look_at_original(photo, request.user, form.purpose())
    except PhotoGone:
        raise NoSuchThing from None
    return HttpResponse(content, content_type="image/jpeg")


def _shown(
    request: OfficerRequest,
    photo: ReportPhoto,
    form: PhotoForm | None,
    *,
    asked: OriginalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        boxes = photos.boxes_of(photo)
    except PhotoGone:
        boxes = []
    if form is None:
        form = PhotoForm(initial={"boxes": json.dumps(boxes)})
        form.shows(_state_of(photo))
    context = {
        "photo": photo,
        "report": photo.report,
        "boxes": json.dumps(boxes),
        "form": form,
        "asked": asked or OriginalForm(),
        "may_act": may_answer(request.user, photo.report) and bool(photo.sealed),
    }
    return render(request, "reports/photo.html", context, status=status)
