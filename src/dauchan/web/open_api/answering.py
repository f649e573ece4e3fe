"""How a program's request is answered: admitted, read, asked, told; every refusal as problem+json."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from dauchan.exchange.programs.admission import Caller, admit
from dauchan.exchange.programs.problems import Code, Refused
from dauchan.web.middleware import METHODS
from dauchan.web.open_api.telling import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from dauchan.exchange.programs.operations import Operation

    View = Callable[..., HttpResponse]

BODY_LIMIT = 64 * 1024
JSON = "application/json"
#: Where msgspec says that something went wrong: `$.limit`.
_WHERE = re.compile(r"at `\$\.?([\w.\[\]]*)`")
#: A field that is missing, or that nobody knows, is named in the sentence itself.
_FIELD = re.compile(r"field `(\w+)`")


def answering(operations: tuple[Operation, ...]) -> View:
    """The view of one address."""
    by_method = {operation.method: operation for operation in operations}

    @csrf_exempt  # a program with a token, no browser with a cookie
    def view(request: HttpRequest, **path: str) -> HttpResponse:
        operation = by_method.get("GET" if request.method == "HEAD" else request.method or "")
        if operation is None:
            return problem(Refused(Code.METHOD_NOT_ALLOWED), sorted(by_method))
        try:
            caller = admit(request.headers.get("Authorization", ""))
            if operation.scope:
                caller.require(operation.scope)
            return _with_limits(_answer(request, operation, caller, path), caller)
        except Refused as refused:
            return problem(refused, sorted(by_method))

    return view


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    is_usual = request.method in METHODS
    return problem(Refused(Code.NOT_FOUND if is_usual else Code.METHOD_NOT_ALLOWED), METHODS)


def _answer(request: HttpRequest, operation: Operation, caller: Caller, path: dict[str, str]) -> HttpResponse:
    if operation.method == "POST":
        said, is_new = operation.act(caller, _body(request, operation))
        return _told(msgspec.json.encode(said), HTTPStatus.CREATED if is_new else HTTPStatus.OK)
    body = msgspec.json.encode(operation.act(caller, _parameters(request, operation, path)))
    if not operation.keeps:
        return _told(body)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}
    answer = HttpResponse(status=HTTPStatus.NOT_MODIFIED) if {tag, "*"} & known else _told(body)
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _parameters(request: HttpRequest, operation: Operation, path: dict[str, str]) -> msgspec.Struct:
    """Raises: Refused."""
    asked = {**request.GET.dict(), **path}
    try:
        return msgspec.convert(asked, operation.asked, strict=False)
    except msgspec.ValidationError as error:
        where = _WHERE.search(str(error)) or _FIELD.search(str(error))
        name = where[1] if where else ""
        if name in path:  # an address that can lead nowhere
            raise Refused(Code.NOT_FOUND) from None
        code = Code.PURPOSE_MISSING if name == "purpose" else Code.BAD_PARAMETER
        raise Refused(code, name or str(error)) from None


def _body(request: HttpRequest, operation: Operation) -> msgspec.Struct:
    """Raises: Refused."""
    if request.content_type != JSON:
        raise Refused(Code.WRONG_TYPE)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > BODY_LIMIT:
        raise Refused(Code.TOO_LARGE, f"{BODY_LIMIT} bytes")
    try:
        return msgspec.json.decode(request.body, type=operation.asked)
    except msgspec.ValidationError as error:  # says where and what was expected, not what was sent
        raise Refused(Code.MALFORMED, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(Code.NOT_JSON) from None


def _told(body: bytes, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(body, JSON, status, headers={"Cache-Control": "no-store"})


def _with_limits(answer: HttpResponse, caller: Caller) -> HttpResponse:
    limits = {
        "RateLimit-Limit": caller.program.limit_a_minute,
        "RateLimit-Remaining": caller.left,
        "RateLimit-Reset": caller.resets_in,
    }
    for name, value in limits.items():
        answer.headers[name] = str(value)
    return answer
