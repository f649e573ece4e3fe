"""A prepared question put to PostgreSQL without the driver's cursor, which costs three times as much for the same: a small group feels it."""

import asyncio
from collections.abc import Sequence

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult


async def value_of(
    pgconn: PGconn, statement: bytes, values: Sequence[bytes], formats: Sequence[Format]
) -> bytes | None:
    """The one value that a prepared statement answers, in binary, once its transaction is committed.

    Args:
        pgconn: a connection that nobody else uses meanwhile.
        statement: its name.
        values: what it asks for, as they go over the line.
        formats: how each of them is written.

    Raises:
        psycopg.Error: what the database says instead, or that the connection broke.
    """
    pgconn.send_query_prepared(statement, values, formats, result_format=Format.BINARY)
    for result in (results := await _results(pgconn)):
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result)
    return results[0].get_value(0, 0)


async def _results(pgconn: PGconn) -> list[PGresult]:
    """All that is answered: the last may say that the commit failed."""
    loop, results = asyncio.get_running_loop(), list[PGresult]()
    done: asyncio.Future[None] = loop.create_future()
    socket = pgconn.socket

    def stop() -> None:
        loop.remove_reader(socket)
        loop.remove_writer(socket)

    def look() -> None:
        # Stopped for each look and then begun anew, for two reasons. A connection that breaks closes its socket meanwhile, and whoever
        # opens the next one gets the same number: what is removed later would be the other's. And uvloop tells of a socket whose other
        # side closed it without reading everything only once, when its last words may be there and its end is not.
        stop()
        is_unsent = False
        try:
            is_unsent = bool(pgconn.flush())
            pgconn.consume_input()
            while not pgconn.is_busy() and not done.done():
                result = pgconn.get_result()
                results.append(result) if result else done.set_result(None)
        except psycopg.Error as error:
            if not done.done():
                done.set_exception(error)
        if not done.done():
            loop.add_reader(socket, look)
            if is_unsent:
                loop.add_writer(socket, look)

    look()
    try:
        await done
    finally:
        if done.cancelled():
            stop()
    return results
