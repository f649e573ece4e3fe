"""Where no message leaves the machine, in demonstrations, the link is shown once to whoever sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dauchan.units.models import Officer

KEY = "invitation_link"


def keep_link(request: HttpRequest, account: Officer, link: str | None) -> None:
    if link is not None:
        request.session[KEY] = {"account": account.pk, "link": link}


def shown_link(request: HttpRequest, account: Officer) -> str:
    """The link that was just sent to *account*, once; else ""."""
    kept = request.session.get(KEY)
    if not kept or kept["account"] != account.pk:
        return ""
    del request.session[KEY]
    return str(kept["link"])
