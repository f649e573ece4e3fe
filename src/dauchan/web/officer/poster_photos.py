"""Posters on a wall, read from photographs: whose they are, whether they hang where they should, how good they still are."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.compliance.found_posters import FoundPoster, found_posters
from dauchan.units.languages import reads_english
from dauchan.venues.access import PRINTS_POSTERS, access_venue
from dauchan.venues.errors import PictureRefused
from dauchan.venues.poster_photos import keep_reading, read_upload
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.poster_photo_forms import PosterPhotoForm, opened, sealed
from dauchan.web.officer.poster_verdicts import GRADES, Verdict, reasons_of, size_of, verdict_of
from dauchan.web.posters import SHEETS

if TYPE_CHECKING:
    import datetime as dt

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.web.requests import OfficerRequest


@dataclass(frozen=True)
class Card:
    """One code as the page shows it; `result` comes back where the officer keeps it."""

    found: FoundPoster
    verdict: Verdict
    grade_word: StrOrPromise
    grade_tone: str
    reasons: list[str]
    size: list[StrOrPromise]
    result: str


@dataclass(frozen=True)
class PhotoResult:
    """One photograph: its codes, or why there are none."""

    name: str
    cards: list[Card]
    nothing: StrOrPromise = ""


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*PRINTS_POSTERS)
def read_posters(request: OfficerRequest) -> HttpResponse:
    """The form, and below it what was read; nothing of the photographs is stored."""
    form = PosterPhotoForm(request.POST, request.FILES) if request.method == "POST" else PosterPhotoForm()
    results: list[PhotoResult] = []
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        now = timezone.now()
        results = [_result(request, upload, form, now) for upload in form.cleaned_data["photos"]]
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "results": results, "sheets": SHEETS}
    return render(request, "officer/read_posters.html", context, status=status)


def _result(
    request: OfficerRequest, upload: UploadedFile[bytes], form: PosterPhotoForm, now: dt.datetime
) -> PhotoResult:
    name = upload.name or ""
    try:
        reading = read_upload(upload, form.cleaned_data["distance_m"])
    except PictureRefused as refused:
        return PhotoResult(name, [], refused.message)
    cards = [_card(found, now) for found in found_posters(request.user, reading, form.here)]
    nothing = reading.nothing
    if nothing is None:
        return PhotoResult(name, cards)
    return PhotoResult(name, cards, nothing.sentence_en if reads_english() else nothing.sentence_vi)


def _card(found: FoundPoster, now: dt.datetime) -> Card:
    word, tone = GRADES[found.code.grade.letter]
    result = sealed(found, now) if found.is_own else ""
    return Card(found, verdict_of(found), word, tone, reasons_of(found.code.grade), size_of(found.code), result)


@require_POST
@officer_required(*PRINTS_POSTERS)
def keep(request: OfficerRequest) -> HttpResponse:
    """Keep a result with its venue."""
    told = opened(request.POST.get("result", ""))
    if told is None:
        messages.error(request, _("Kết quả này đã cũ. Hãy chụp và đọc lại."))
        return redirect("officer:read_posters")
    venue_id, seen = told
    venue = access_venue(request.user, venue_id, *PRINTS_POSTERS)
    keep_reading(venue, request.user, seen)
    messages.success(request, _("Đã ghi kết quả xem bảng mã của “%(name)s”.") % {"name": venue.name})
    return redirect("officer:venue", venue_id)
