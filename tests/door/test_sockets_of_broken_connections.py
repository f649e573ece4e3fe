"""A connection that broke gives its socket's number away, and must leave it alone from then on."""

import asyncio
import os
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import psycopg
import pytest
from psycopg.pq.abc import PGconn

from dauchan.door.asking import value_of


class Breaking:
    """A connection that breaks when it first hears something, as libpq does: its socket is closed before anybody learns of it."""

    def __init__(self, own: socket.socket, when_closed: Callable[[], object]) -> None:
        self.socket = own.detach()
        self._when_closed, self._looks = when_closed, 0

    def send_query_prepared(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as libpq has it
        """Nothing is sent."""

    def flush(self) -> int:
        return 0

    def is_busy(self) -> int:
        return 1

    def consume_input(self) -> None:
        self._looks += 1
        if self._looks > 1:
            os.close(self.socket)
            asyncio.get_running_loop().call_soon(self._when_closed)
            raise psycopg.OperationalError


def test_a_broken_connection_does_not_take_the_next_ones_socket_away() -> None:
    heard = asyncio.run(_after_a_break())
    assert heard == b"for the next one"


def hear(heard: asyncio.Future[bytes], number: int) -> None:
    if not heard.done():
        heard.set_result(os.read(number, 100))


async def _after_a_break() -> bytes:
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    number = ours.fileno()
    next_ours, next_theirs = socket.socketpair()
    heard: asyncio.Future[bytes] = loop.create_future()

    def begin_next() -> None:
        os.dup2(next_ours.fileno(), number)  # the system gives the lowest free number
        loop.add_reader(number, partial(hear, heard, number))

    loop.call_later(0.01, theirs.send, b"!")
    with pytest.raises(psycopg.OperationalError):
        await value_of(cast("PGconn", Breaking(ours, begin_next)), b"any", [], [])
    next_theirs.send(b"for the next one")
    try:
        return await asyncio.wait_for(heard, 5)
    finally:
        loop.remove_reader(number)
        os.close(number)
        for each in (theirs, next_ours, next_theirs):
            each.close()
