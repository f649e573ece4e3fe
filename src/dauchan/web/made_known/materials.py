"""The materials of a unit: what there is, and one of them with its words, a preview and the downloads."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dauchan.oversight.made_known.access import MAKES_KNOWN, access_sendings
from dauchan.oversight.made_known.drawing import Material, material_pdf, material_png
from dauchan.oversight.made_known.models import Kind
from dauchan.oversight.made_known.queries import WeekOfUnit, facts_of, template_for, week_of_unit, words_of
from dauchan.oversight.made_known.wording import Words, reading_seconds
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import Unit
from dauchan.venues.access import access_venues
from dauchan.venues.actions import IN_USE
from dauchan.venues.models import Venue
from dauchan.venues.poster_faces import committee_of, faces_of
from dauchan.venues.queries import matching
from dauchan.web.dashboards.asked import chosen_unit, way_to
from dauchan.web.made_known.forms import FORMATS, ChoiceForm, WordingForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from dauchan.venues.posters import PosterFace
    from dauchan.web.requests import OfficerRequest

MOST_SUGGESTED = 10
TYPES = {"pdf": "application/pdf", "png": "image/png", "txt": "text/plain; charset=utf-8"}
ABOUT_A_MINUTE = (45, 80)


@require_safe
@officer_required(*MAKES_KNOWN)
def home(request: OfficerRequest) -> HttpResponse:
    """What can be made known of a unit, and the latest rounds of messages."""
    unit = chosen_unit(request, *MAKES_KNOWN)
    context = {
        "unit": unit,
        "way": way_to(request.user, unit, *MAKES_KNOWN),
        "below": Unit.objects.valid_on(timezone.localdate()).filter(parent=unit),
        "week": week_of_unit(unit, timezone.now()),
        "kinds": [(kind, Kind(kind).label, formats) for kind, formats in FORMATS.items()],
        "sendings": access_sendings(request.user)[:10],
    }
    return render(request, "made_known/home.html", context)


@officer_required(*MAKES_KNOWN)
def material(request: OfficerRequest, kind: str) -> HttpResponse:
    """The words and a preview; sent, the preview anew or a file."""
    if kind not in FORMATS:
        raise NoSuchThing
    unit = chosen_unit(request, *MAKES_KNOWN)
    week = week_of_unit(unit, timezone.now())
    choice = ChoiceForm(request.GET, kind=kind, unit=unit)
    said = choice.said
    template = template_for(kind, said["audience"], timezone.localdate())
    words = words_of(template, facts_of(week, said["language"]), said["language"])
    form = WordingForm(request.POST or None, initial={"title": words.title, "body": words.body})
    if request.method == "POST" and form.is_valid():
        words = form.words
    drawn = _material(kind, week, words, said)
    made = _asked_format(kind, request.POST.get("make", ""))
    if request.method == "POST" and form.is_valid() and made:
        return _file(request, drawn, made)
    context = {
        "unit": unit,
        "way": way_to(request.user, unit, *MAKES_KNOWN),
        "kind": kind,
        "label": Kind(kind).label,
        "week": week,
        "template": template,
        "choice": choice,
        "form": form,
        "formats": FORMATS[kind],
        **_preview(drawn, said["language"]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "made_known/material.html", context, status=status)


def _material(kind: str, week: WeekOfUnit, words: Words, said: dict[str, Any]) -> Material:
    sheet, unit = FORMATS[kind][0][2], week.unit
    issuer = committee_of(unit) if said["language"] == "vi" else f"People’s Committee of {unit.name_en}"
    with override(said["language"]):
        if kind == Kind.LOUDSPEAKER:
            note = _("Đọc khoảng %(seconds)s giây") % {"seconds": reading_seconds(words.plain, said["language"])}
        else:
            facts = facts_of(week, said["language"])
            facts["unit"] = facts["unit"][:1].upper() + facts["unit"][1:]
            note = _("%(unit)s, tuần %(first)s – %(last)s: %(active_share)s địa điểm có người quét mỗi ngày.") % facts
    return Material(kind, sheet, words, issuer, settings.HOTLINE, said["language"], note, _face(said["venue"]))


def _face(venue: Venue | None) -> PosterFace | None:
    """What the venue's own poster bears; None where it has none."""
    faces = faces_of(Venue.objects.filter(pk=venue.pk)) if venue else []
    return faces[0] if faces else None


def _preview(drawn: Material, language: str) -> dict[str, Any]:
    picture = base64.b64encode(material_png(drawn)).decode()
    seconds = reading_seconds(drawn.words.plain, language) if drawn.kind == Kind.LOUDSPEAKER else 0
    shortest, longest = ABOUT_A_MINUTE
    return {
        "preview": f"data:image/png;base64,{picture}",
        "seconds": seconds,
        "is_off": bool(seconds) and not shortest <= seconds <= longest,
    }


def _asked_format(kind: str, name: str) -> tuple[str, str] | None:
    """The layout's sheet and the ending."""
    return next(((sheet, ending) for key, _words, sheet, ending in FORMATS[kind] if key == name), None)


def _file(request: OfficerRequest, drawn: Material, made: tuple[str, str]) -> HttpResponse:
    sheet, ending = made
    of_sheet = Material(**{**vars(drawn), "sheet": sheet or drawn.sheet})
    if ending == "txt":
        content = drawn.words.plain.encode()
    else:
        content = material_pdf(of_sheet) if ending == "pdf" else material_png(of_sheet)
    unit = chosen_unit(request, *MAKES_KNOWN)
    detail = {"kind": drawn.kind, "sheet": sheet, "ending": ending, "language": drawn.language}
    audit.record(request.user, "made_known.downloaded", f"unit:{unit.pk}", detail=detail)
    answer = HttpResponse(content, content_type=TYPES[ending])
    name = "-".join(part for part in (drawn.kind, slugify(unit.search_key), sheet) if part)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@require_safe
@officer_required(*MAKES_KNOWN)
def venues(request: OfficerRequest) -> JsonResponse:
    """Venues in use of the own area for a combobox: `?q=cho dong ba`."""
    known = access_venues(request.user, *MAKES_KNOWN).filter(status__in=IN_USE)
    found = matching(known, request.GET.get("q", "")[:100])[:MOST_SUGGESTED]
    choices = [{"value": venue.pk, "text": venue.name, "hint": venue.full_address} for venue in found]
    return JsonResponse(choices, safe=False)
