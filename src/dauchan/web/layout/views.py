"""The living page of the design system, and the switch between light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from dauchan.web.layout.specimens import specimens
from dauchan.web.layout.theme import THEMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600


@require_GET
def living_page(request: HttpRequest) -> HttpResponse:
    """Every component in use, in the theme of the page."""
    return render(request, "layout/living.html", specimens(request))


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remembers light or dark. Without script the reader comes back to the page they were on."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    address = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    response = redirect(address if is_ours and "/" in address else "/")
    response.set_cookie(
        settings.THEME_COOKIE_NAME,
        theme,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response
