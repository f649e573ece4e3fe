"""One client's connection: requests in, answers out in the same order, nothing kept that is not needed.

Bytes are parsed by llhttp (`httptools`), the parser of Node.js, in its strict form. The endpoints where every microsecond
counts get their whole body and answer through a callback; all other requests go through the ASGI application.
"""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import httptools

from dauchan.door.errors import Refused
from dauchan.door.exchange import Exchange
from dauchan.door.http import BODY_LIMIT, BODY_SECONDS, Answer, Direct, Scope, on_the_line
from dauchan.door.reasons import Reason
from dauchan.door.replies import problem

if TYPE_CHECKING:
    from dauchan.door.serving import Server

IDLE_SECONDS = 30
HEAD_SECONDS = 20
# A forwarded upload or download that does not move for so long is over.
STALLED_SECONDS = 60
# After a refusal in the midst of a request: how long its rest is read, so that the client sees the answer before a reset.
LINGER_SECONDS = 5
HEAD_LIMIT = 65_536
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

_TOO_LARGE = problem(Refused(Reason.TOO_LARGE, f"{BODY_LIMIT} bytes"))


class Request:
    """A request whose turn comes: what there is of it, or the answer where it needs no look."""

    __slots__ = ("answer", "body", "direct", "exchange", "keep_alive", "scope")

    def __init__(self, scope: Scope, *, keep_alive: bool, answer: Answer | None = None) -> None:
        self.scope = scope
        self.keep_alive = keep_alive
        self.answer = answer
        self.direct: Direct | None = None
        self.exchange: Exchange | None = None
        self.body = b""


class Connection(asyncio.Protocol):
    """A connection to the door; the callbacks `on_*` are the parser's."""

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.parser: Any = httptools.HttpRequestParser(self)
        self.current: Request | None = None  # being answered
        self.reading: Request | None = None  # being read
        self.queue: deque[Request] = deque()  # its turn has not come
        self.in_head = True
        self.head_size = 0
        self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.since = server.now
        self.deaf = self.is_last = self.is_stuck = self.is_paused = self.is_advancing = False

    # The transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]  # of TCP
        peer = transport.get_extra_info("peername")
        self.client = tuple(peer[:2]) if isinstance(peer, tuple) else None
        if not self.server.admit(self):
            self._refuse(Reason.BUSY, retry_after=1)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 asyncio's signature
        self.server.leave(self)
        for request in (self.current, self.reading, *self.queue):
            if request and request.exchange:
                request.exchange.client_left()
        self.queue.clear()
        self.deaf, self.current, self.reading, self.parser = True, None, None, None

    def data_received(self, data: bytes) -> None:
        if self.deaf:
            return
        if self.in_head:
            self.head_size += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._go_on_without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._refuse(Reason.BAD_REQUEST)
        else:
            if self.in_head and self.head_size > HEAD_LIMIT:
                self._refuse(Reason.HEAD_TOO_LARGE)

    def _go_on_without_upgrade(self, rest: bytes) -> None:
        """Read the request again without its wish for another protocol, which a server may ignore (RFC 9110, 7.8)."""
        method = self.parser.get_method()
        if method == b"CONNECT":
            self._refuse(Reason.BAD_REQUEST)
            return
        lines = [name + b": " + value for name, value in self.headers if name not in {b"upgrade", b"connection"}]
        head = b"%b %b HTTP/%b" % (method, self.target, self.parser.get_http_version().encode())
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(b"\r\n".join([head, *lines, b"\r\n"]) + rest)

    def eof_received(self) -> bool:
        """Keep a half-closed connection open while somebody still waits for an answer."""
        self.is_last = True
        if self.reading and self.reading.exchange:
            self.reading.exchange.client_left()
        return self.current is not None

    def pause_writing(self) -> None:
        self.is_stuck = True
        self.since = self.server.now
        self.mind_reading()

    def resume_writing(self) -> None:
        self.is_stuck = False
        self.since = self.server.now
        if self.current and self.current.exchange:
            self.current.exchange.wake()
        self.mind_reading()

    def mind_reading(self) -> None:
        """Read on unless there is enough to do, or the client does not take what it was given."""
        full = self.reading is not None and self.reading.exchange is not None and self.reading.exchange.is_full
        pause = bool(self.queue) or self.is_stuck or full
        if pause is not self.is_paused and not self.transport.is_closing():
            self.is_paused = pause
            (self.transport.pause_reading if pause else self.transport.resume_reading)()

    # The parser's side

    def on_message_begin(self) -> None:
        self.target, self.headers = b"", []
        if self.current is None:
            self.since = self.server.now

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if self.parser.should_upgrade():
            return
        self.in_head, self.head_size = False, 0
        scope = self._scope()
        if scope is None:
            self._refuse(Reason.BAD_REQUEST)
            return
        keep_alive = self.parser.should_keep_alive() and scope["http_version"] == "1.1"
        request = self.reading = Request(scope, keep_alive=keep_alive)
        request.direct = self.server.app.direct.get((scope["method"], scope["path"]))
        if request.direct is None:
            request.exchange = Exchange(self, scope)
            self._enqueue(request)
        else:
            self._look_at_body(scope)

    def _look_at_body(self, scope: Scope) -> None:
        expects = False
        for name, value in scope["headers"]:
            if name == b"content-length" and int(value) > BODY_LIMIT:
                self._refuse_large()
                return
            expects = expects or (name == b"expect" and value.lower() == b"100-continue")
        if expects and self.current is None:
            self.transport.write(CONTINUE)

    def on_body(self, body: bytes) -> None:
        request = self.reading
        if request is None or self.deaf:
            return
        if request.exchange:
            request.exchange.feed(body)
        elif len(request.body) + len(body) > BODY_LIMIT:
            self._refuse_large()
        else:
            request.body = request.body + body if request.body else body

    def on_message_complete(self) -> None:
        self.in_head = True
        if self.parser.should_upgrade():
            return
        request, self.reading = self.reading, None
        if request is None or self.deaf:
            return
        if request.exchange:
            request.exchange.finish()
        elif self.current is None and not self.queue:
            self._start(request)
        else:
            self._enqueue(request)

    def _scope(self) -> Scope | None:
        """The request as ASGI describes it; None where its target is no path of ours."""
        parser, target = self.parser, self.target
        if target[:1] != b"/":
            return None
        raw, _, query = target.partition(b"?")
        try:
            path = (unquote_to_bytes(raw) if b"%" in raw else raw).decode()
        except UnicodeDecodeError:
            path = raw.decode("latin-1")
        return {
            "type": "http",
            "http_version": parser.get_http_version(),
            "method": parser.get_method().decode(),
            "path": path,
            "raw_path": raw,
            "query_string": query,
            "headers": self.headers,
            "client": self.client,
            "scheme": "http",
        }

    # One answer after the other

    def _enqueue(self, request: Request) -> None:
        self.queue.append(request)
        self._advance()

    def _advance(self) -> None:
        """Start what is next; in a loop, because an answer given at once comes back here."""
        if self.is_advancing:
            return
        self.is_advancing = True
        while self.queue and self.current is None and not self.transport.is_closing():
            self._start(self.queue.popleft())
        self.is_advancing = False
        self.mind_reading()

    def _start(self, request: Request) -> None:
        self.current = request
        if request.direct:
            self.server.app.answer(request.direct, request.scope, request.body, self.respond)
        elif request.exchange:
            self.server.spawn(request.exchange.run(self.server.app))
        elif request.answer:
            self.respond(request.answer)

    def respond(self, answer: Answer) -> None:
        """Send the answer to the current request in one piece."""
        request = self.current
        if request is None or self.transport.is_closing():
            return
        last = self.ends_after(request)
        without_body = request.scope.get("method") == "HEAD"
        self.transport.write(on_the_line(answer, self.server.date, last=last, without_body=without_body))
        self.answered(last=last)

    def ends_after(self, request: Request) -> bool:
        """Whether the connection ends with the answer to this request."""
        return not request.keep_alive or self.server.is_stopping or (self.is_last and not self.queue)

    def answered(self, *, last: bool) -> None:
        """The current request has its whole answer."""
        unread = self.current is self.reading and self.reading is not None
        self.current = None
        self.since = self.server.now
        if last or unread:
            self._end(unread=unread or self.reading is not None)
        elif self.queue:
            self._advance()

    def _refuse_large(self) -> None:
        self._refuse_with(_TOO_LARGE)

    def _refuse(self, reason: Reason, retry_after: int = 0) -> None:
        self._refuse_with(problem(Refused(reason, retry_after=retry_after)))

    def _refuse_with(self, answer: Answer) -> None:
        """Answer in turn, and hear nothing more from this connection."""
        broken, self.deaf = self.reading, True
        if broken and broken.exchange:
            broken.exchange.client_left()
            return
        self._enqueue(Request(broken.scope if broken else {}, keep_alive=False, answer=answer))

    def _end(self, *, unread: bool) -> None:
        """Close; where the client may still be sending, first only our side, so that no reset overtakes the answer."""
        self.queue.clear()
        if (unread or self.deaf) and self.transport.can_write_eof() and not self.server.is_stopping:
            self.deaf = True
            self.transport.write_eof()
        else:
            self.transport.close()

    # The clock's side

    def tick(self, now: float) -> None:
        """Once a second: end what has taken too long."""
        quiet = now - self.since
        if self.current is not None:
            if quiet > STALLED_SECONDS and (self.is_stuck or self._waits_for_body()):
                self.transport.abort()
        elif self.deaf:
            if quiet > LINGER_SECONDS:
                self.transport.abort()
        elif self.is_stuck and quiet > STALLED_SECONDS:
            self.transport.abort()
        elif (self.reading and quiet > BODY_SECONDS) or (self.head_size and quiet > HEAD_SECONDS):
            self._refuse(Reason.TOO_SLOW)
        elif quiet > IDLE_SECONDS:
            self.transport.close()

    def _waits_for_body(self) -> bool:
        exchange = self.current.exchange if self.current else None
        return exchange is not None and exchange.is_waiting

    def finish(self) -> None:
        """The server stops: what was taken in is answered, nothing more is."""
        if self.current is None and not self.queue and self.reading is None:
            self.transport.close()
