"""The door's server: connections on one port, a clock for them, and an end in which nothing that was taken in is lost."""

import asyncio
import signal
import socket
import time
from collections.abc import Coroutine
from email.utils import formatdate
from typing import TYPE_CHECKING

from dauchan.door.connection import Connection

if TYPE_CHECKING:
    from dauchan.door.app import Door

WAITING_CONNECTIONS = 1024
CONNECTIONS = 10_000
FINISH_SECONDS = 10


class Server:
    """Serves a door until told to stop.

    Attributes:
        now: seconds of the monotonic clock, renewed once a second: good enough for patience.
        date: the same for the header of that name.
        is_stopping: whether every answer is the last of its connection.
    """

    def __init__(self, app: "Door", connections: int = CONNECTIONS) -> None:
        self.app = app
        self.is_stopping = False
        self._limit = connections
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._read_clock()

    def admit(self, connection: Connection) -> bool:
        """Whether there is room for one more."""
        self._connections.add(connection)
        return len(self._connections) <= self._limit

    def leave(self, connection: Connection) -> None:
        """A connection has ended."""
        self._connections.discard(connection)

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Let it run, and hold on to it meanwhile."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def serve(self, listener: socket.socket) -> None:
        """Serve on an open socket until SIGTERM or SIGINT; a second signal ends it at once."""
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._told, told)
        await self.app.open()
        listening = await loop.create_server(lambda: Connection(self), sock=listener, backlog=WAITING_CONNECTIONS)
        clock = loop.create_task(self._keep_time())
        await told.wait()
        listening.close()
        await self._finish()
        clock.cancel()
        await self.app.close()

    def _told(self, told: asyncio.Event) -> None:
        if self.is_stopping:
            raise SystemExit(1)
        self.is_stopping = True
        told.set()

    async def _finish(self) -> None:
        for connection in list(self._connections):
            connection.finish()
        deadline = time.monotonic() + FINISH_SECONDS
        while self._connections and time.monotonic() < deadline:  # noqa: ASYNC110 happens once, connections end all the time
            await asyncio.sleep(0.02)
        for connection in list(self._connections):
            connection.transport.abort()
        for task in self._tasks:
            task.cancel()

    def _read_clock(self) -> None:
        self.now, self.date = time.monotonic(), formatdate(usegmt=True).encode()

    async def _keep_time(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._read_clock()
            for connection in list(self._connections):
                connection.tick(self.now)
