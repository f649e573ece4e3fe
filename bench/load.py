"""A load generator that costs little: requests are made before the clock starts and sent with one call of the system each.

A process of its own, so that its work is not the server's. Reads a JSON plan on standard input and prints a JSON result.
Closed (no `rate`): each connection sends its next request when it has the answer. Open: requests are due at a constant
rate whatever becomes of the earlier ones, and what a client waits counts from the instant when its request was due.
429 and 503 are sent again after Retry-After, and what was cut off over a new connection, as a phone does; `answered` counts
requests, `statuses` answers and cuts.
"""

import heapq
import json
import random
import select
import socket
import sys
import time
from collections import Counter, deque

from load_requests import requests_of

SHED = frozenset((b"429", b"503"))
CUT = b"cut"
PATIENCE_SECONDS = 30.0


class Connection:
    """One socket, and the request whose answer it waits for; empty where it waits for none."""

    __slots__ = ("buffer", "due", "request", "socket", "wanted")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.wanted = 0
        self.request = b""
        self.due = 0.0

    def send(self, request: bytes, due: float) -> None:
        self.request, self.due = request, due
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The head of the answer once all of it is there."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("the server closed the connection")
        buffer = self.buffer = self.buffer + piece if self.buffer else piece
        if not self.wanted:
            head = buffer.find(b"\r\n\r\n")
            if head < 0:
                return None
            start = buffer.lower().index(b"content-length: ", 0, head) + 16
            self.wanted = head + 4 + int(buffer[start : buffer.index(b"\r", start)])
        if len(buffer) < self.wanted:
            return None
        self.buffer, self.wanted = b"", 0
        return buffer


class Load:
    """Sends a plan's requests and notes what comes back."""

    def __init__(self, plan: dict[str, object]) -> None:
        self.requests = requests_of(plan)
        self.seconds = float(str(plan["seconds"]))
        self.rate = float(str(plan.get("rate", 0)))
        self.port = int(str(plan["port"]))
        self.idle = [Connection(self.port) for _ in range(int(str(plan["connections"])))]
        self.poll = select.epoll()
        self.by_number = {each.socket.fileno(): each for each in self.idle}
        for number in self.by_number:
            self.poll.register(number, select.EPOLLIN)
        self.waits: list[float] = []
        self.statuses: Counter[bytes] = Counter()
        self.sent = 0
        self.again: list[tuple[float, int, bytes, float]] = []
        self.ready: deque[tuple[bytes, float]] = deque()

    def run(self) -> dict[str, object]:
        """Until the time is over and everything sent is answered."""
        self.began = began = time.perf_counter()
        cpu, self.until = time.process_time(), began + self.seconds
        in_time = 0
        while (now := time.perf_counter()) < self.until + PATIENCE_SECONDS:
            over = now >= self.until or self.sent == len(self.requests)
            if over and not in_time:
                in_time, ended, cpu_ended = len(self.waits), now, time.process_time()
            if over and not self.again and not self.ready and len(self.idle) == len(self.by_number):
                break
            self._dispatch(now)
            for number, _ in self.poll.poll(0.0005 if self.rate else 0.1):
                self._hear(self.by_number[number])
        unanswered = self.sent - len(self.waits)
        return {
            "rate": in_time / (ended - began),
            "cpu": 1e6 * (cpu_ended - cpu) / max(in_time, 1),
            "answered": len(self.waits),
            "unanswered": unanswered,
            "ms": percentiles(self.waits),
            "statuses": {status.decode(): count for status, count in self.statuses.items()},
        }

    def _dispatch(self, now: float) -> None:
        while self.again and self.again[0][0] <= now:
            _, _, request, due = heapq.heappop(self.again)
            self.ready.append((request, due))
        while self.ready and self.idle:
            self._send(self.idle.pop(), *self.ready.popleft())
        if now >= self.until:
            return
        allowed = int((now - self.began) * self.rate) if self.rate else len(self.requests)
        while self.sent < min(allowed, len(self.requests)):
            due = self.began + self.sent / self.rate if self.rate else now
            if self.idle:
                self._send(self.idle.pop(), self.requests[self.sent], due)
            elif self.rate:
                self.ready.append((self.requests[self.sent], due))
            else:
                return
            self.sent += 1

    def _send(self, connection: Connection, request: bytes, due: float) -> None:
        try:
            connection.send(request, due)
        except ConnectionError:
            self._connect_again(connection)

    def _connect_again(self, lost: Connection) -> None:
        """The server closed it, after refusing a body that it did not want to read, or while nothing was under way."""
        del self.by_number[lost.socket.fileno()]
        lost.socket.close()
        fresh = Connection(self.port)
        self.by_number[fresh.socket.fileno()] = fresh
        self.poll.register(fresh.socket.fileno(), select.EPOLLIN)
        if lost in self.idle:
            self.idle.remove(lost)
        self.idle.append(fresh)
        if lost.request:
            self.statuses[CUT] += 1
            self.ready.append((lost.request, lost.due))

    def _hear(self, connection: Connection) -> None:
        try:
            answer = connection.answer()
        except ConnectionError:
            self._connect_again(connection)
            return
        if answer is None:
            return
        now, status, request = time.perf_counter(), answer[9:12], connection.request
        connection.request = b""
        self.statuses[status] += 1
        if status in SHED:
            start = answer.lower().index(b"retry-after: ") + 13
            wait = int(answer[start : answer.index(b"\r", start)]) * (1 + random.random())  # noqa: S311 invented load
            heapq.heappush(self.again, (now + wait, self.statuses[status], request, connection.due))
        else:
            self.waits.append(now - connection.due)
            if not self.rate and self.sent < len(self.requests) and now < self.until:
                self._send(connection, self.requests[self.sent], now)
                self.sent += 1
                return
        self.idle.append(connection)


def percentiles(waits: list[float]) -> dict[str, float]:
    """Milliseconds that a half, 90, 99 and 99.9 % of the requests waited at most."""
    ordered = sorted(waits) or [0.0]
    parts = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999}
    return {name: round(1000 * ordered[int((len(ordered) - 1) * part)], 2) for name, part in parts.items()}


if __name__ == "__main__":
    print(json.dumps(Load(json.load(sys.stdin)).run()))
