"""A photo of a poster from an inspector's phone: read in full by the server, once there is a network, and kept with the place."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.compliance.found_posters import Here, found_posters
from dauchan.oversight.inspections.access import INSPECTS
from dauchan.qr.photos import Authenticity
from dauchan.units.languages import reads_english
from dauchan.venues.errors import PictureRefused
from dauchan.venues.poster_photos import Seen, keep_reading, read_upload
from dauchan.web.officer.guards import officer_required
from dauchan.web.officer.poster_verdicts import GRADES, reasons_of, size_of, verdict_of

if TYPE_CHECKING:
    from dauchan.compliance.found_posters import FoundPoster
    from dauchan.qr.photos import PhotoReading
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

#: A phone without a network for longer has been forgotten in a drawer; its clock counts no more.
_OLDEST = dt.timedelta(days=30)


class ShotForm(forms.Form):
    """What a phone sends of one photo; `taken` in milliseconds since 1970."""

    photo = forms.FileField()
    taken = forms.IntegerField(min_value=0, max_value=4_102_444_800_000)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    accuracy_m = forms.FloatField(required=False, min_value=0, max_value=100_000)

    @property
    def here(self) -> Here | None:
        lat, lon = self.cleaned_data["lat"], self.cleaned_data["lon"]
        if lat is None or lon is None:
            return None
        return Here(lat, lon, self.cleaned_data["accuracy_m"] or 0.0)

    def taken_at(self, now: dt.datetime) -> dt.datetime:
        """By the phone's clock, as far as that can be."""
        told = dt.datetime.fromtimestamp(self.cleaned_data["taken"] / 1000, dt.UTC)
        return min(max(told, now - _OLDEST), now)


@require_POST
@officer_required(*INSPECTS)
def read_shot(request: OfficerRequest) -> JsonResponse:
    """Every code on the photo with what to do about it; sent again it says the same and keeps it once."""
    form = ShotForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": _("Ảnh gửi lên thiếu hoặc sai.")}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reading = read_upload(form.cleaned_data["photo"])
    except PictureRefused as refused:
        return JsonResponse({"message": str(refused.message)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = found_posters(request.user, reading, form.here)
    _keep(found, request.user, form.taken_at(timezone.now()))
    return JsonResponse({"nothing": _nothing(reading), "codes": [_told(one) for one in found]})


def _nothing(reading: PhotoReading) -> str:
    if reading.nothing is None:
        return ""
    return reading.nothing.sentence_en if reads_english() else reading.nothing.sentence_vi


def _keep(found: list[FoundPoster], officer: Officer, read_at: dt.datetime) -> None:
    """With the place that each genuine code names, where it lies in the officer's area."""
    for one in found:
        if one.is_own and one.venue is not None:
            grade = one.code.grade
            reasons = [str(reason) for reason in grade.reasons]
            keep_reading(one.venue, officer, Seen(one.version, read_at, grade.letter, reasons, one.metres))


def _told(found: FoundPoster) -> dict[str, Any]:
    """One code as the phone shows it, in the officer's language."""
    verdict, venue = verdict_of(found), found.venue
    may_print = found.is_own and found.is_in_use and venue is not None
    return {
        "text": found.code.text,
        "tone": verdict.tone,
        "title": str(verdict.title),
        "name": venue.name if venue else "",
        "address": venue.full_address if venue else "",
        "lines": [str(line) for line in [*verdict.todo, *_facts(found)]],
        "print": reverse("officer:poster", args=[venue.pk, "a4"]) if may_print and venue else "",
    }


def _facts(found: FoundPoster) -> list[str]:
    """Issue, distance, quality and size, a sentence each."""
    grade, lines = found.code.grade, []
    if found.venue is not None:
        lines.append(
            _("Phiên bản %(version)s: %(standing)s.") % {"version": found.version, "standing": found.standing.label}
        )
        if found.metres is None:
            lines.append(_("Chưa rõ cách nơi đăng ký bao xa: thiếu vị trí."))
        else:
            lines.append(_("Cách nơi đăng ký khoảng %(metres)s m.") % {"metres": found.metres})
    if found.code.authenticity is Authenticity.NOT_OURS:
        return lines
    lines.append(
        _("Chất lượng in: %(word)s, hạng %(letter)s.") % {"word": GRADES[grade.letter][0], "letter": grade.letter}
    )
    lines += reasons_of(grade)
    first, *rest = size_of(found.code)
    return [*lines, _("Cỡ in: %(size)s") % {"size": first} if found.code.size else str(first), *map(str, rest)]
