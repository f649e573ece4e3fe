"""What every template knows without its view saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from dauchan.web.layout.navigation import items_for
from dauchan.web.layout.theme import theme_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: the console's groups of links for this officer; looked up only by pages that show them."""
    return {"navigation": SimpleLazyObject(lambda: items_for(request))}


def installation(request: HttpRequest) -> dict[str, Any]:
    """`hotline`, `phone_line`, `is_demonstration`, `map_tiles_url`, `single_sign_on` (its name, or nothing) of this installation, and the visitor's chosen `theme`."""
    return {
        "hotline": settings.HOTLINE,
        "phone_line": settings.PHONE_LINE,
        "is_demonstration": settings.DEMONSTRATION,
        "map_tiles_url": settings.MAP_TILES_URL,
        "single_sign_on": settings.SINGLE_SIGN_ON.name,
        "theme": theme_of(request),
    }
