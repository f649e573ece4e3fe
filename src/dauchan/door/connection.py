"""One client's connection: requests in, answers out in the same order, nothing kept that is not needed.

Bytes are parsed by llhttp (`httptools`), the parser of Node.js, in its strict form. The endpoints where every microsecond
counts get their whole body and answer through a callback; all other requests go through the ASGI application.
"""

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import httptools

from dauchan.door.exchange import CONTINUE, Exchange
from dauchan.door.http import BODY_LIMIT, Scope
from dauchan.door.reasons import Reason
from dauchan.door.turns import Request, Turns

if TYPE_CHECKING:
    from dauchan.door.serving import Server

HEAD_LIMIT = 65_536


class Connection(Turns):
    """A connection to the door; the callbacks `on_*` are the parser's."""

    def __init__(self, server: "Server") -> None:
        super().__init__(server)
        self.parser: Any = httptools.HttpRequestParser(self)
        self.in_head = True
        self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []

    # The transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # of TCP
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
