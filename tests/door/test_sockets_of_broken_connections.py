"""A connection that breaks is noticed however it breaks, gives its socket's number away and leaves it alone from then on."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

import psycopg
import pytest
import uvloop
from psycopg.pq.abc import PGconn

from dauchan.door.asking import value_of


class Waiting:
    """A connection that waits for an answer which never becomes whole."""

    def __init__(self, own: socket.socket) -> None:
        self.socket = own.detach()

    def send_query_prepared(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as libpq has it
        os.write(self.socket, b"question")

    def flush(self) -> int:
        return 0

    def is_busy(self) -> int:
        return 1


class Reading(Waiting):
    """One that reads once each time it is told to, as libpq does."""

    def consume_input(self) -> None:
        try:
            heard = os.read(self.socket, 100)
        except BlockingIOError:
            return
        except ConnectionError as error:
            raise psycopg.OperationalError from error
        if not heard:
            raise psycopg.OperationalError


class Breaking(Waiting):
    """One that breaks when it first hears something, as libpq does: its socket is closed before anybody learns of it."""

    def __init__(self, own: socket.socket, when_closed: Callable[[], object]) -> None:
        super().__init__(own)
        self._when_closed, self._looks = when_closed, 0

    def consume_input(self) -> None:
        self._looks += 1
        if self._looks > 1:
            os.close(self.socket)
            asyncio.get_running_loop().call_soon(self._when_closed)
            raise psycopg.OperationalError


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def runner(request: pytest.FixtureRequest) -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=request.param) as runner:
        yield runner


def test_a_broken_connection_does_not_take_the_next_ones_socket_away(runner: asyncio.Runner) -> None:
    assert runner.run(_after_a_break()) == b"for the next one"


def test_the_last_words_of_a_server_that_never_read_the_question_are_not_taken_for_its_answer(
    runner: asyncio.Runner,
) -> None:
    """As at a power cut: it says that it ends, and what was just sent to it stays unread."""
    with pytest.raises(psycopg.OperationalError):
        runner.run(_asked_in_vain())


async def _asked_in_vain() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    number = ours.fileno()

    def end() -> None:
        theirs.send(b"the server ends")
        theirs.close()

    asyncio.get_running_loop().call_later(0.01, end)
    try:
        await asyncio.wait_for(value_of(cast("PGconn", Reading(ours)), b"any", [], []), 5)
    finally:
        os.close(number)


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
