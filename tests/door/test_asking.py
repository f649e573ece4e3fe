"""A prepared question is answered once its transaction is committed, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from psycopg.pq import Format
from psycopg.pq.abc import PGconn

from dauchan.door.asking import value_of


def asked(url: str, ask: Callable[[PGconn], Awaitable[object]]) -> object:
    async def connect_and_ask() -> object:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("PREPARE length_of (bytea) AS SELECT length($1)")
            await connection.execute("CREATE TEMPORARY TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            await connection.execute("PREPARE twice (int) AS INSERT INTO once VALUES ($1), ($1) RETURNING n")
            await connection.execute("PREPARE gone (int) AS SELECT pg_terminate_backend(pg_backend_pid()), $1")
            return await ask(connection.pgconn)

    return asyncio.run(connect_and_ask())


def number(pgconn: PGconn, statement: bytes) -> Awaitable[bytes | None]:
    return value_of(pgconn, statement, [b"1"], [Format.TEXT])


@pytest.mark.django_db
def test_more_than_the_socket_takes_at_once_goes_over_and_the_next_question_is_answered_too(database_url: str) -> None:
    async def ask(pgconn: PGconn) -> list[bytes | None]:
        sizes = (5_000_000, 3)
        return [await value_of(pgconn, b"length_of", [bytes(size)], [Format.BINARY]) for size in sizes]

    assert asked(database_url, ask) == [size.to_bytes(4, "big") for size in (5_000_000, 3)]


@pytest.mark.django_db
def test_a_row_that_was_returned_counts_for_nothing_where_the_commit_fails(database_url: str) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        asked(database_url, lambda pgconn: number(pgconn, b"twice"))


@pytest.mark.django_db
def test_a_connection_that_breaks_is_no_answer(database_url: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        asked(database_url, lambda pgconn: number(pgconn, b"gone"))
