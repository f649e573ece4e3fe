"""Rows that arrive together are committed together; while a group commits, the next one gathers. No timer is needed."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NamedTuple, TypeVar, cast

from dauchan.door.errors import Refused
from dauchan.door.reasons import Reason

Row = TypeVar("Row")
Verdict = TypeVar("Verdict")

Commit = Callable[[Sequence[Row]], Awaitable[Sequence[Verdict]]]


class _Ticket(NamedTuple, Generic[Row, Verdict]):
    rows: Sequence[Row]
    answer: "asyncio.Future[Sequence[Verdict]]"


class Grouping(Generic[Row, Verdict]):
    """Gathers the rows of many requests into few commits.

    Args:
        commit: writes rows durably and answers for each, in order.
        rejected: the exceptions that mean that a row cannot be written, and not that the database is away; the requests
            of such a group are then committed one by one, so that one bad row never blocks the others.
        waiting_limit: how many rows may wait; above it requests are turned away.
        group_limit: how many rows one commit takes.
        lanes: how many commits may be under way at a time.
    """

    def __init__(
        self,
        commit: Commit[Row, Verdict],
        *,
        rejected: tuple[type[Exception], ...] = (),
        waiting_limit: int = 5_000,
        group_limit: int = 1_000,
        lanes: int = 2,
    ) -> None:
        self._commit = commit
        self._rejected = rejected
        self._waiting_limit = waiting_limit
        self._group_limit = group_limit
        self._lanes = lanes
        self._queue: deque[_Ticket[Row, Verdict]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self.waiting = 0

    async def submit(self, rows: Sequence[Row]) -> Sequence[Verdict]:
        """Commit rows, all in one group, and answer for each.

        Raises:
            Refused: BUSY, when too many rows wait already.
        """
        if self.waiting + len(rows) > self._waiting_limit:
            raise Refused(Reason.BUSY, retry_after=1)
        ticket: _Ticket[Row, Verdict] = _Ticket(rows, asyncio.get_running_loop().create_future())
        self._queue.append(ticket)
        self.waiting += len(rows)
        if len(self._running) < self._lanes:
            self._running.add(asyncio.create_task(self._lane()))
        return await ticket.answer

    async def finish(self) -> None:
        """Wait until everything that was submitted is answered."""
        while self._running:
            await asyncio.wait(self._running)

    async def _lane(self) -> None:
        try:
            await self._drain()
        finally:
            # At once and not by a callback: rows that came in between would wait for a lane that has ended.
            self._running.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _drain(self) -> None:
        while self._queue:
            group = self._next_group()
            try:
                await self._commit_group(group)
            finally:
                self.waiting -= sum(len(ticket.rows) for ticket in group)

    def _next_group(self) -> list[_Ticket[Row, Verdict]]:
        group = [self._queue.popleft()]
        size = len(group[0].rows)
        while self._queue and size + len(self._queue[0].rows) <= self._group_limit:
            group.append(self._queue.popleft())
            size += len(group[-1].rows)
        return group

    async def _commit_group(self, group: list[_Ticket[Row, Verdict]]) -> None:
        try:
            verdicts = await self._commit([row for ticket in group for row in ticket.rows])
        except self._rejected as error:
            if len(group) == 1:
                _fail(group, error)
                return
            for ticket in group:
                await self._commit_group([ticket])
        except BaseException as error:
            _fail(group, error)
            if not isinstance(error, Exception):
                raise
        else:
            _answer(group, verdicts)


def _answer(group: list[_Ticket[Row, Verdict]], verdicts: Sequence[Verdict]) -> None:
    start = 0
    for ticket in group:
        end = start + len(ticket.rows)
        # The client may have gone: then its request, and with it the future, was cancelled.
        if not ticket.answer.done():
            ticket.answer.set_result(verdicts[start:end])
        start = end


def _fail(group: list[_Ticket[Row, Verdict]], error: BaseException) -> None:
    for ticket in group:
        if not ticket.answer.done():
            ticket.answer.set_exception(error)
