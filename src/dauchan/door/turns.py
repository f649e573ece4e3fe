"""The requests of one connection in their turn: answered one after the other, and ended when they take too long."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from dauchan.door.errors import Refused
from dauchan.door.http import BODY_LIMIT, BODY_SECONDS, Answer, Direct, Scope, on_the_line
from dauchan.door.reasons import Reason
from dauchan.door.replies import problem

if TYPE_CHECKING:
    from dauchan.door.exchange import Exchange
    from dauchan.door.serving import Server

IDLE_SECONDS = 30
HEAD_SECONDS = 20
# A forwarded upload or download that does not move for so long is over.
STALLED_SECONDS = 60
# After a refusal in the midst of a request: how long its rest is read, so that the client sees the answer before a reset.
LINGER_SECONDS = 5

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


class Turns(asyncio.Protocol):
    """What a connection has to do; `connection.py` fills it with what it reads."""

    transport: asyncio.Transport

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.current: Request | None = None  # being answered
        self.reading: Request | None = None  # being read
        self.queue: deque[Request] = deque()  # its turn has not come
        self.head_size = 0
        self.since = server.now
        self.deaf = self.is_last = self.is_stuck = self.is_paused = self.is_advancing = False

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

    def mind_reading(self) -> None:
        """Read on unless there is enough to do, or the client does not take what it was given."""
        full = self.reading is not None and self.reading.exchange is not None and self.reading.exchange.is_full
        pause = bool(self.queue) or self.is_stuck or full
        if pause is not self.is_paused and not self.transport.is_closing():
            self.is_paused = pause
            (self.transport.pause_reading if pause else self.transport.resume_reading)()

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
