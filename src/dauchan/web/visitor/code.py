"""The visitor's own code, shown at a gate: signed, good for a minute, renewed by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dauchan.qr import make_personal_code, qr_svg
from dauchan.qr.tokens import PERSONAL_CODE_SECONDS
from dauchan.vietnamese import mask_name
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from dauchan.web.requests import PersonRequest


@never_cache
@require_safe
@person_required
def own_code(request: PersonRequest) -> HttpResponse:
    context = {
        "svg": _drawn(request),
        "seconds": PERSONAL_CODE_SECONDS,
        "name": mask_name(request.person.identity.full_name),
    }
    return render(request, "visitor/code.html", context)


@never_cache
@require_safe
@person_required
def own_code_picture(request: PersonRequest) -> HttpResponse:
    """A fresh code as SVG, for the page to put in the place of the old one."""
    return HttpResponse(_drawn(request), content_type="image/svg+xml")


def _drawn(request: PersonRequest) -> str:
    code = make_personal_code(request.person.pk, int(timezone.now().timestamp()), settings.CARD_KEYS)
    return qr_svg(code, "M")
