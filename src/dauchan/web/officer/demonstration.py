"""What only a demonstration shows: the current code of an account's authenticator app, which nobody there has."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache

if TYPE_CHECKING:
    from dauchan.units.models import Officer


def shown_code(officer: Officer) -> str:
    """A code that *officer* can sign in with now, or "" outside a demonstration and without an authenticator app."""
    if not settings.DEMONSTRATION:
        return ""
    authenticator = Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).first()
    return _unused_code(authenticator) if authenticator else ""


def _unused_code(authenticator: Authenticator) -> str:
    """The current code, or its neighbour where this one was used already: each is taken once."""
    secret = decrypt(authenticator.data["secret"])
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    codes: list[str] = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1, -1)]
    totp = authenticator.wrap()
    return next((code for code in codes if cache.get(totp._get_used_cache_key(code)) is None), codes[0])  # noqa: SLF001 - the library's mark of a used code
