"""Nothing stays at the centre longer than it was agreed: records older than so many days go, batch books stay (they name nobody)."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from dauchan.exchange.contract.schema import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

log = logging.getLogger(__name__)
HOUR = 3600


def purge(connection: psycopg.Connection, keep_days: int) -> int:
    """How many records went."""
    gone = 0
    for kind in (each for each in KINDS.values() if each.day):
        gone += connection.execute(
            f"DELETE FROM national.{kind.name} WHERE {kind.day} < now() - make_interval(days => %s)",  # noqa: S608 - our own words
            [keep_days],
        ).rowcount
    gone += connection.execute(
        "DELETE FROM national.set_aside WHERE at < now() - make_interval(days => %s)", [keep_days]
    ).rowcount
    return gone


async def keep_purging(act: Callable[[], int]) -> None:
    """Every hour, until it is cancelled."""
    while True:
        try:
            if gone := await run_in_threadpool(act):
                log.info("retention: %s records removed", gone)
        except Exception:
            log.exception("retention failed; tried again in an hour")
        await asyncio.sleep(HOUR)
