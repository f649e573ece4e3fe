"""What of a request may stand in a log."""

from __future__ import annotations

import re
from logging import Filter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import LogRecord

    from django.http import HttpRequest

_FIRST_WORD = re.compile(r"/[a-z-]{1,20}(?=/|$)")


class RoutesForAddresses(Filter):
    """Writes which page was asked for, not the address: people hold identity cards before a camera, and their text ends
    up in one. So do codes that open a report or a request for help.
    """

    def filter(self, record: LogRecord) -> bool:
        """Django hands over the request with its lines about one; their last word is its address."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            said = route_of(request)
            written = (request.path, request.path.encode("unicode_escape").decode())
            record.args = tuple(said if word in written else word for word in record.args)
        return True


def route_of(request: HttpRequest) -> str:
    """The route's pattern; of an address that leads nowhere its first word at most."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return f"/{match.route}"
    word = _FIRST_WORD.match(request.path_info)
    return f"{word[0]}/…" if word else "/…"
