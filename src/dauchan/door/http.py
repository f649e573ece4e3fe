"""Just enough HTTP over ASGI for the door's own endpoints: a request read with limits, an answer sent at once."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
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
    """The client closed the connection before its request was complete."""


class Answer(NamedTuple):
    """What is sent back."""

    status: int
    body: bytes
    content_type: bytes = JSON
    headers: Headers = ()


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


async def json_body(scope: Scope, receive: Receive) -> bytes:
    """The body of a request that says it is JSON.

    Raises:
        Refused: WRONG_TYPE, TOO_LARGE or TOO_SLOW.
        ClientLeft: the connection was closed.
    """
    content_type = header(scope, b"content-type").partition(b";")[0].strip().lower()
    if content_type != JSON or header(scope, b"content-encoding") not in {b"", b"identity"}:
        raise Refused(Reason.WRONG_TYPE, headers=((b"accept", JSON),))
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{BODY_LIMIT} bytes")
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
