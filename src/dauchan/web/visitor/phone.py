"""What a phone needs to work without a network: the service worker, the page's shell, the name and icons of an app.

None of it depends on who asks: no session is read, no cookie is set.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dauchan.tracing.notices.feed import public_keys
from dauchan.web.gate.page import shell_text as gate_shell
from dauchan.web.layout import assets
from dauchan.web.visitor.forms import TypedCodeForm

if TYPE_CHECKING:
    from django.http import HttpRequest

LANGUAGES = ("vi", "en")
VERSION_LENGTH = 16
BAND = "#4a1d5c"
PAPER = "#ffffff"
HOUR = 3600


@cache_control(no_cache=True, public=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """The service worker, from the root so that it stands before every page.

    The browser takes a new one when a byte differs: its first line names the build's files and a hash over them, the
    worker itself and the shells.
    """
    script = assets.worker_script()
    files = [*assets.files_for_scanning(), static("icon.svg")]
    shells = {language: reverse("visitor:shell", args=[language]) for language in LANGUAGES}
    gate_shells = {language: reverse("gate:shell", args=[language]) for language in LANGUAGES}
    rendered = [text for language in LANGUAGES for text in (_shell(language), gate_shell(language))]
    texts = [script, *files, *rendered]
    version = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:VERSION_LENGTH]
    build = json.dumps({"version": version, "files": files, "shells": shells, "gate_shells": gate_shells})
    return HttpResponse(f"self.DAUCHAN_BUILD={build};\n{script}", content_type="text/javascript; charset=utf-8")


@cache_control(no_cache=True, public=True)
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The camera page as the service worker shows it where the network is away."""
    if language not in LANGUAGES:
        raise Http404
    return HttpResponse(_shell(language), headers={"X-Robots-Tag": "noindex"})


@cache_control(max_age=HOUR, public=True)
@require_safe
def manifest(request: HttpRequest, language: str) -> JsonResponse:  # noqa: ARG001 - a view
    """What the phone calls the app and shows on its home screen."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        named = {"name": _("Dấu Chân: quét mã tại cửa"), "short_name": _("Dấu Chân"), "lang": language}
    icons = [
        {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        *(_picture(f"any-{side}.png", side, "any") for side in (192, 512)),
        _picture("maskable-512.png", 512, "maskable"),
    ]
    shown = {"display": "standalone", "theme_color": BAND, "background_color": PAPER, "icons": icons}
    places = {"id": "/scan/", "start_url": "/scan/", "scope": "/"}
    return JsonResponse({**named, **places, **shown}, content_type="application/manifest+json")


def _shell(language: str) -> str:
    """Rendered without a request, so that nothing of a session can get into it."""
    known = {
        "form": TypedCodeForm(),
        "hosts": own_hosts(),
        "hotline": settings.HOTLINE,
        "notice_keys": public_keys(),
        "is_demonstration": settings.DEMONSTRATION,
    }
    with translation.override(language):
        return render_to_string("visitor/shell.html", known)


def own_hosts() -> str:
    """Our hosts as they may stand on a poster, for a phone that has to tell them from strange ones by itself."""
    return " ".join(host for host in settings.ALLOWED_HOSTS if "*" not in host)


def _picture(name: str, side: int, purpose: str) -> dict[str, str]:
    return {"src": static(f"icons/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
