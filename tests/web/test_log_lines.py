"""A line for a machine that collects logs: one line each, the route and never the address."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

from django.test import RequestFactory

from dauchan.web.log_lines import JsonLines, RoutesForAddresses

FORGED = "quét\n2026-03-15 ERROR forged"


def test_a_json_line_is_one_line_and_names_the_route() -> None:
    request = RequestFactory().get("/q/079090001234|Nguyễn Văn Giả", {"phone": "0905123456"})
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", (FORGED, request.path), None)
    record.request, record.status_code = request, 404
    request._cached_user = SimpleNamespace(pk=17)  # type: ignore[attr-defined]  # where Django keeps who asks
    assert RoutesForAddresses().filter(record)
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert said["message"] == f"{FORGED}: /q/…"
    assert (said["route"], said["status"], said["level"]) == ("/q/…", 404, "WARNING")
    assert said["officer"] == 17
    assert said["at"].endswith("+00:00")
    assert not [word for word in ("079090001234", "0905123456", "Giả") if word in line]
