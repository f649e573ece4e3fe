"""One request on its way through the ASGI application, in pieces in both directions; what does not flow is not read on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from dauchan.door.errors import Refused
from dauchan.door.http import ClientLeft, Headers, Message, Receive, Scope, Send, header, on_the_line, status_line
from dauchan.door.reasons import Reason
from dauchan.door.replies import problem

if TYPE_CHECKING:
    from dauchan.door.connection import Connection

log = logging.getLogger(__name__)

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

BUFFERED = 131_072
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_BODILESS = frozenset((204, 304))


class Exchange:
    """A request and its answer.

    Attributes:
        is_waiting: the application waits for more of the body.
    """

    def __init__(self, connection: "Connection", scope: Scope) -> None:
        self._connection = connection
        self._scope = scope
        self._body = bytearray()
        self._is_complete = self._is_gone = self._is_given = False
        self._expects = header(scope, b"expect").lower() == b"100-continue"
        self._waiter: asyncio.Future[None] | None = None
        self._head = b""
        self._left: int | None = None  # bytes that the answer still owes, where it said how many
        self._is_started = self._is_ended = self._is_chunked = False
        self.is_waiting = False

    @property
    def is_full(self) -> bool:
        """Whether enough of the body waits here."""
        return len(self._body) > BUFFERED

    def feed(self, body: bytes) -> None:
        """More of the request's body came."""
        self._body += body
        self._connection.since = self._connection.server.now
        if self.is_full:
            self._connection.mind_reading()
        self.wake()

    def finish(self) -> None:
        """The request is complete."""
        self._is_complete = True
        self.wake()

    def client_left(self) -> None:
        """Nobody is there any more."""
        self._is_gone = True
        self.wake()

    def wake(self) -> None:
        """Let whoever waits look again."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    async def run(self, application: Application) -> None:
        """Answer; an application that fails half-way leaves a connection that ends, which a client notices."""
        try:
            await application(self._scope, self.receive, self.send)
        except ClientLeft:
            pass
        except Exception:
            log.exception("failed on %s", self._scope["path"])
        connection = self._connection
        if self._is_gone:
            connection.transport.close()
        elif self._is_ended:
            connection.answered(last=self._is_last())
        elif self._is_started:
            connection.transport.abort()
        else:
            answer = problem(Refused(Reason.UNAVAILABLE, retry_after=10))
            connection.transport.write(on_the_line(answer, connection.server.date, last=True))
            connection.answered(last=True)

    def _is_last(self) -> bool:
        current = self._connection.current
        chunkless = self._left is None and not self._is_chunked
        return current is None or chunkless or not self._is_complete or self._connection.ends_after(current)

    async def receive(self) -> Message:
        """The next of the body; after its end, that the client left."""
        if self._expects and not (self._is_complete or self._body or self._is_started):
            self._connection.transport.write(CONTINUE)
        self._expects = False
        while not self._is_gone and (self._is_given or not (self._body or self._is_complete)):
            self.is_waiting = not self._is_given
            self._connection.since = self._connection.server.now
            await self._wait()
            self.is_waiting = False
        if self._is_gone:
            return {"type": "http.disconnect"}
        body = bytes(self._body)
        self._body.clear()
        self._is_given = self._is_complete
        self._connection.mind_reading()
        return {"type": "http.request", "body": body, "more_body": not self._is_complete}

    async def send(self, message: Message) -> None:
        """Part of the answer.

        Raises:
            ClientLeft: nobody would get it.
        """
        if self._is_gone:
            raise ClientLeft
        if message["type"] == "http.response.start":
            self._begin(message["status"], message.get("headers", ()))
            return
        more = message.get("more_body", False)
        self._write(message.get("body", b""), more=more)
        self._is_ended = not more
        while more and self._connection.is_stuck and not self._is_gone:
            await self._wait()

    def _begin(self, status: int, headers: Headers) -> None:
        length = next((value for key, value in headers if key.lower() == b"content-length"), None)
        lines = [key + b": " + value for key, value in headers]
        lines.append(b"date: " + self._connection.server.date)
        if status in _BODILESS or self._scope["method"] == "HEAD":
            self._left = 0
        elif length is not None:
            self._left = int(length)
        elif self._scope["http_version"] == "1.1":
            self._is_chunked = True
            lines.append(b"transfer-encoding: chunked")
        if self._is_last():
            lines.append(b"connection: close")
        # Goes out together with the first of the body.
        self._head = b"\r\n".join([status_line(status), *lines, b"\r\n"])

    def _write(self, body: bytes, *, more: bool) -> None:
        self._is_started = True
        if self._is_chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (b"" if more else b"0\r\n\r\n")
        elif self._left is not None:
            if not self._left and self._scope["method"] == "HEAD":
                body = b""
            self._left -= len(body)
            if self._left < 0 or (self._left and not more):
                raise RuntimeError("the answer is not as long as it said")
        if self._head or body:
            self._connection.transport.write(self._head + body)
            self._head = b""
