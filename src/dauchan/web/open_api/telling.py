"""A refusal as problem+json (RFC 9457), also for what middleware turns away before a view has it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from django.http import HttpResponse

from dauchan.exchange.programs import schemas
from dauchan.exchange.programs.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.programs.problems import Refused

PROBLEM = "application/problem+json"


def problem(refused: Refused, methods: Iterable[str] = ()) -> HttpResponse:
    code = refused.code
    why = schemas.Why(code, code.vi, code.en, refused.detail)
    said = schemas.Problem(f"urn:dauchan:{code}", code.en, code.status, why, refused.detail)
    headers: dict[str, Any] = {"Cache-Control": "no-store"}
    if code is Code.TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(refused.retry_after)
    if code is Code.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(methods)
    if code.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="dauchan"'
    return HttpResponse(msgspec.json.encode(said), PROBLEM, code.status, headers=headers)
