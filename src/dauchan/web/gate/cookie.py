"""The cookie that makes a browser a gate: no script reads it, and only the gate's own addresses get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpResponse

# Not `__Host-`, which would send it with every page.
COOKIE = "__Secure-dauchan_gate" if settings.SESSION_COOKIE_SECURE else "dauchan_gate"
COOKIE_SECONDS = 400 * 86_400


def set_device_cookie(answer: HttpResponse, token: str) -> None:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path="/gate/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
