"""Pages for everybody: home, search, places, and what a poster's code opens."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dauchan.venues.access import access_public_venue
from dauchan.venues.holds import holds_on
from dauchan.venues.line_codes import line_code_of
from dauchan.venues.models import Category
from dauchan.venues.modes import mode_of
from dauchan.web.public.codes import ScanRefused, read_scan
from dauchan.web.public.page import door_face, door_facts, public_face
from dauchan.web.public.search import Search
from dauchan.web.visitor.session import render_with_mark

if TYPE_CHECKING:
    from dauchan.venues.models import Venue
    from dauchan.web.requests import PersonRequest

#: Reasons that mean "no such thing"; the others mean that the code itself is wrong.
GONE = frozenset({"venue_unknown", "venue_not_open"})
PICTURE_SECONDS = 86_400


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    return render(request, "public/home.html")


@require_safe
def places(request: PersonRequest) -> HttpResponse:
    search = Search.read(request.GET.dict())
    page = search.found()
    faces = [public_face(venue, with_pictures=False) for venue in page]
    context = {"search": search, "page": page, "faces": faces, "categories": Category.objects.filter(sensitive=False)}
    return render(request, "public/places.html", context)


@require_safe
def place(request: PersonRequest, venue_id: int) -> HttpResponse:
    venue = access_public_venue(venue_id)
    return render(request, "public/place.html", {"face": public_face(venue), "holds": holds_on(venue)})


@require_safe
def picture(request: PersonRequest, venue_id: int, picture_id: int) -> FileResponse:  # noqa: ARG001 - a view
    found = access_public_venue(venue_id).pictures.filter(pk=picture_id).first()
    if found is None:
        raise Http404
    try:
        image = found.image.open()
    except FileNotFoundError:  # the row outlived its file
        raise Http404 from None
    headers = {"Cache-Control": f"public, max-age={PICTURE_SECONDS}"}
    return FileResponse(image, content_type="image/jpeg", headers=headers)


@never_cache
@require_safe
def code(request: PersonRequest, text: str) -> HttpResponse:
    """What a poster's QR opens in a phone's own camera application: the place, and the button to check in."""
    try:
        scan = read_scan(text, request.META["REMOTE_ADDR"])
    except ScanRefused as refused:
        return refused_page(request, refused, text)
    facts = {name: json.dumps(fact) for name, fact in door_facts(scan.venue).items()}
    mode = mode_of(scan.venue, timezone.localdate())
    context = {"scan": scan, "face": _face_at_the_door(scan.venue), "mode": mode, "source": "link", "door_facts": facts}
    context |= {"line_code": line_code_of(scan.venue.pk), "holds": holds_on(scan.venue)}
    answer = render_with_mark(request, "public/code.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def refused_page(request: PersonRequest, refused: ScanRefused, text: str) -> HttpResponse:
    """Why a code is no use, and the way on."""
    status = HTTPStatus.NOT_FOUND if refused.reason in GONE else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "public/code_refused.html", {"refused": refused, "text": text}, status=status)


def _face_at_the_door(venue: Venue) -> object:
    return public_face(venue) if venue.is_public else door_face(venue)


@require_safe
def robots(request: PersonRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Codes of doors and everything behind a sign-in stay out of search engines."""
    closed = ("/q/", "/Q/", "/me/", "/visitor/", "/owner/", "/officer/", "/tracer/", "/accounts/", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('public:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
