"""What everybody may see of notices: the page, and the feed that phones look through by themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from dauchan.tracing.notices.feed import current_edition
from dauchan.tracing.notices.queries import lately_withdrawn, public_notices
from dauchan.units.models import Unit
from dauchan.web.notices.faces import public_face
from dauchan.web.notices.forms import PublicSearchForm
from dauchan.web.visitor.session import render_with_mark

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dauchan.web.requests import PersonRequest

NOTICES_A_PAGE = 200
FEED_TYPE = "application/jsonl; charset=utf-8"
#: How long a phone or a proxy may take the feed for new; after that it asks whether there is another.
FEED_SECONDS = 300


@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """Places and times of exposure: by commune, by day, by words with diacritics or without."""
    communes = Unit.objects.filter(pk__in=public_notices().order_by().values("commune"))
    form = PublicSearchForm(request.GET, communes=communes)
    search = form.search()
    shown = Paginator(public_notices(**search), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_filtered": any(search.values()),
        # All of them stand on this page: a browser with script searches there, and nobody learns for what.
        "searches_here": not any(search.values()) and shown.paginator.num_pages == 1,
        "page": shown,
        "faces": [public_face(version) for version in shown],
        "withdrawn": lately_withdrawn(),
    }
    return render_with_mark(request, "notices/public.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest edition, whole: no parameter, no cookie and no header changes what is in it."""
    edition = current_edition()
    is_short = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{edition.digest[:32]}{"-gzip" if is_short else ""}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = HttpResponse(bytes(edition.compressed if is_short else edition.text), content_type=FEED_TYPE)
        if is_short:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
