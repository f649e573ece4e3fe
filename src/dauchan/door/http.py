"""Just enough HTTP for the door's own endpoints: what a request must be like, and answers as they go over the line."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

from dauchan.door.errors import Refused
from dauchan.door.reasons import Reason

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

BODY_LIMIT = 1_000_000
BODY_SECONDS = 20

JSON = b"application/json"
PROBLEM = b"application/problem+json"
TEXT = b"text/plain; charset=utf-8"
NO_GUESSING = (b"x-content-type-options", b"nosniff")


class ClientLeft(Exception):
    """The client closed the connection before its request was complete or its answer sent."""


class Answer(NamedTuple):
    """What is sent back."""

    status: int
    body: bytes
    content_type: bytes = JSON
    headers: Headers = ()


Respond = Callable[[Answer], None]
# An endpoint that gets a whole body and answers now or, from a callback, later: exactly once, unless it raises.
Direct = Callable[[Scope, bytes, Respond], None]


def header(scope: Scope, name: bytes) -> bytes:
    """The first header of that name, in lower case; empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


async def send_answer(send: Send, answer: Answer) -> None:
    """Send an answer in two messages."""
    length = (b"content-length", str(len(answer.body)).encode())
    fixed = ((b"content-type", answer.content_type), length, (b"cache-control", b"no-store"), NO_GUESSING)
    await send({"type": "http.response.start", "status": answer.status, "headers": [*fixed, *answer.headers]})
    await send({"type": "http.response.body", "body": answer.body})


def by_name(scope: Scope) -> dict[bytes, bytes]:
    """The first header of each name; for whoever asks for several."""
    return dict(reversed(scope["headers"]))


def on_the_line(answer: Answer, date: bytes, *, last: bool, without_body: bool = False) -> bytes:
    """An answer as it is sent, in one piece.

    Args:
        answer: what to say.
        date: the present, as HTTP writes it.
        last: the connection ends after this answer.
        without_body: the answer to a HEAD request.
    """
    status, body, content_type, headers = answer
    head = _head(status, content_type, tuple(headers), last)
    return b"%b%b\r\ncontent-length: %d\r\n\r\n%b" % (head, date, len(body), b"" if without_body else body)


@lru_cache(256)
def _head(status: int, content_type: bytes, headers: Headers, last: bool) -> bytes:  # noqa: FBT001 positional for the cache
    lines = [b"content-type: " + content_type, b"cache-control: no-store", *(k + b": " + v for k, v in headers)]
    if last:
        lines.append(b"connection: close")
    return b"\r\n".join([status_line(status), *lines, b"date: "])


@lru_cache(256)
def status_line(status: int) -> bytes:
    """The first line of an answer."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}".encode()


def require_json(headers: Mapping[bytes, bytes]) -> None:
    """See that a request says its body is JSON and not compressed.

    Raises:
        Refused: WRONG_TYPE, or TOO_LARGE by the length that it states.
    """
    content_type = headers.get(b"content-type", b"")
    if content_type != JSON and content_type.partition(b";")[0].strip().lower() != JSON:
        raise Refused(Reason.WRONG_TYPE, headers=((b"accept", JSON),))
    if headers.get(b"content-encoding", b"") not in {b"", b"identity"}:
        raise Refused(Reason.WRONG_TYPE, headers=((b"accept", JSON),))
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{BODY_LIMIT} bytes")


async def json_body(scope: Scope, receive: Receive) -> bytes:
    """The body of a request that says it is JSON.

    Raises:
        Refused: WRONG_TYPE, TOO_LARGE or TOO_SLOW.
        ClientLeft: the connection was closed.
    """
    require_json(by_name(scope))
    first = await receive()
    if not first.get("more_body", False):
        return _piece(first)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _rest(receive, bytearray(_piece(first)))
    except TimeoutError:
        raise Refused(Reason.TOO_SLOW) from None


async def _rest(receive: Receive, body: bytearray) -> bytes:
    more = True
    while more:
        message = await receive()
        body += _piece(message)
        if len(body) > BODY_LIMIT:
            raise Refused(Reason.TOO_LARGE, f"{BODY_LIMIT} bytes")
        more = message.get("more_body", False)
    return bytes(body)


def _piece(message: Message) -> bytes:
    if message["type"] == "http.disconnect":
        raise ClientLeft
    return bytes(message.get("body", b""))
