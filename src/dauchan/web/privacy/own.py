"""Everything held about whoever is signed in: on a page, for a program, and as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dauchan.privacy.rights.export import as_file, everything_about
from dauchan.privacy.rights.letters import copy_pdf
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from dauchan.web.requests import PersonRequest

ROWS_SHOWN = 20


@never_cache
@require_safe
@person_required
def data(request: PersonRequest) -> HttpResponse:
    """The first rows of every table; the file and the paper have all of them."""
    sections = [(one, one.shown[:ROWS_SHOWN], len(one.shown)) for one in everything_about(request.person.pk)]
    return render(request, "privacy/own_data.html", {"sections": sections, "rows_shown": ROWS_SHOWN})


@never_cache
@require_safe
@person_required
def data_file(request: PersonRequest) -> JsonResponse:
    now = timezone.now()
    answer = JsonResponse(as_file(request.person.pk, now), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{timezone.localdate(now)}.json"'
    return answer


@never_cache
@require_safe
@person_required
def data_paper(request: PersonRequest) -> HttpResponse:
    pdf = copy_pdf(everything_about(request.person.pk), "", timezone.now())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="du-lieu-cua-toi.pdf"'
    return answer
