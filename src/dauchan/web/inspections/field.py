"""The checklist on an inspector's phone: its page, which opens without a network; the day's places; records handed in."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.inspections.access import INSPECTS
from dauchan.oversight.inspections.errors import (
    AlreadyInspected,
    InspectionRefused,
    NotReadable,
    OtherContent,
    OtherOfficer,
)
from dauchan.oversight.inspections.models import Check
from dauchan.oversight.inspections.sent import MOST_PICTURES, RecordSent, read_record
from dauchan.oversight.inspections.taking_in import Parcel, take_in
from dauchan.oversight.models import Finding
from dauchan.venues.errors import PictureRefused
from dauchan.venues.pictures import reencode
from dauchan.web.inspections.packing import pack_for
from dauchan.web.layout import assets
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from dauchan.oversight.inspections.models import Inspection
    from dauchan.web.requests import OfficerRequest

LANGUAGES = ("vi", "en")
MOST_BYTES = 200_000
_KINDS, _CHECKS = frozenset(Finding.values), frozenset(Check.values)
_CONFLICTS = (AlreadyInspected, OtherContent, OtherOfficer)


@require_safe
@officer_required(*INSPECTS)
def page(request: OfficerRequest) -> HttpResponse:
    return render(request, "inspections/field.html", _known())


@cache_control(no_cache=True, public=True)
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The page as the service worker shows it without a network; rendered without a request, so it belongs to nobody."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        text = render_to_string("inspections/field.html", {**_known(), "is_shell": True})
    return HttpResponse(text, headers={"X-Robots-Tag": "noindex"})


def _known() -> dict[str, object]:
    """The same for everybody: closed lists, and what the phone has to keep to open the page without a network."""
    files = [*assets.files_for_inspecting(), static("icon.svg")]
    shells = [reverse("inspections:field_shell", args=[language]) for language in LANGUAGES]
    return {
        "check_list": Check.choices,
        "finding_list": Finding.choices,
        "offline": json.dumps([*files, *shells]),
        "most_pictures": MOST_PICTURES,
        "hotline": settings.HOTLINE,
        "is_demonstration": settings.DEMONSTRATION,
    }


@cache_control(max_age=3600, public=True)
@require_safe
def manifest(request: HttpRequest, language: str) -> JsonResponse:  # noqa: ARG001 - a view
    """What the phone calls the checklist and shows on its home screen."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        named = {"name": _("Dấu Chân: đi kiểm tra"), "short_name": _("Kiểm tra"), "lang": language}
    start = reverse("inspections:field")
    icons = [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    shown = {"display": "standalone", "theme_color": "#4a1d5c", "background_color": "#ffffff", "icons": icons}
    places = {"id": start, "start_url": start, "scope": start}
    return JsonResponse({**named, **places, **shown}, content_type="application/manifest+json")


@require_safe
@officer_required(*INSPECTS)
def pack(request: OfficerRequest) -> JsonResponse:
    """What the phone takes along: the open rounds of this officer's teams, place by place, and a token to send with."""
    return JsonResponse(pack_for(request))


@require_POST
@officer_required(*INSPECTS)
def receive(request: OfficerRequest) -> JsonResponse:
    """Keep a record; sent again it gives the first answer. A phone drops what is answered with 2xx, and nothing else."""
    try:
        parcel = _parcel(request)
        inspection, is_new = take_in(parcel, request.user)
    except _CONFLICTS as conflict:
        found = getattr(conflict, "found", None)
        told = {"conflict": _CONFLICT_NAMES[type(conflict)], "message": str(conflict.message), "found": _told(found)}
        return JsonResponse(told, status=HTTPStatus.CONFLICT)
    except (InspectionRefused, PictureRefused) as refused:
        what = refused.what if isinstance(refused, NotReadable) else ""
        told = {"refused": str(refused.message), "what": what}
        return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(_told(inspection), status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


_CONFLICT_NAMES = {AlreadyInspected: "already", OtherContent: "content", OtherOfficer: "officer"}


def _told(inspection: Inspection | None) -> dict[str, object] | None:
    if inspection is None:
        return None
    return {
        "id": inspection.pk,
        "url": reverse("inspections:record", args=[inspection.pk]),
        "by": inspection.inspector.full_name,
        "at": int(inspection.began_at.timestamp() * 1000),
    }


def _parcel(request: OfficerRequest) -> Parcel:
    """Raises: NotReadable, NotSigned, PictureRefused."""
    text = request.POST.get("record", "")
    if len(text) > MOST_BYTES or len(request.FILES) > MOST_PICTURES:
        raise NotReadable("record")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotReadable("record") from error
    record = read_record(told, _KINDS, _CHECKS)
    uploads = {name: one for name, one in request.FILES.items() if not isinstance(one, list)}
    sent = {name: _content(upload) for name, upload in sorted(uploads.items())}
    digest = hashlib.sha256(text.encode())
    for name, content in sent.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    named = _named(record)
    if not sent.keys() >= set(named):
        raise NotReadable("pictures")
    pictures = {name: reencode(BytesIO(sent[name]), len(sent[name])) for name in named}
    return Parcel(record, digest.hexdigest(), pictures, sent.get(record.poster_picture))


def _content(upload: UploadedFile[bytes]) -> bytes:
    """As it came, bounded; an upload that is too large is refused when it is re-encoded."""
    content: bytes = upload.read(settings.MAX_PICTURE_BYTES + 1)
    return content


def _named(record: RecordSent) -> list[str]:
    names = [*record.pictures, *(name for finding in record.findings for name in finding.pictures)]
    return list(dict.fromkeys(names))
