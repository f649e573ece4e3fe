"""What of a request may stand in a log."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from logging import Filter, Formatter
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


class JsonLines(Formatter):
    """One JSON object a line, for whatever collects logs: a line break in a message cannot begin a line of its own."""

    def format(self, record: LogRecord) -> str:
        """The instant in UTC, how grave, who says it, what; of a request its route, its status and the officer's number."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "path_info"):
            said |= {"route": route_of(request), "status": getattr(record, "status_code", None)}
            officer = getattr(request, "_cached_user", None)  # read for the page or not at all: a line asks no database
            if officer is not None and officer.pk:
                said["officer"] = officer.pk
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def route_of(request: HttpRequest) -> str:
    """The route's pattern; of an address that leads nowhere its first word at most."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return f"/{match.route}"
    word = _FIRST_WORD.match(request.path_info)
    return f"{word[0]}/…" if word else "/…"
