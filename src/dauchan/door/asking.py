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
        try:
            if pgconn.flush():
                loop.add_writer(socket, look)
            else:
                loop.remove_writer(socket)
            pgconn.consume_input()
            while not pgconn.is_busy() and not done.done():
                result = pgconn.get_result()
                results.append(result) if result else done.set_result(None)
        except psycopg.Error as error:
            if not done.done():
                done.set_exception(error)
        if done.done():
            # At once: a connection that broke has closed its socket by now, and whoever opens the next one gets the same number.
            # Removed any later it would be the other's reader, and that one would wait for ever.
            stop()

    loop.add_reader(socket, look)
    try:
        look()
        await done
    finally:
        if not done.done() or done.cancelled():
            stop()
    return results
