"""The receiver's addresses. What touches the database runs in threads; a batch more than fit at once is asked to wait."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dauchan.exchange.contract.manifest import GENESIS
from dauchan.exchange.contract.payloads import COMPRESSIONS, ENCODINGS
from dauchan.exchange.contract.schema import VERSIONS
from dauchan.exchange.receiving import tokens
from dauchan.exchange.receiving.comparing import compare
from dauchan.exchange.receiving.openapi import document
from dauchan.exchange.receiving.problems import Code, Refused, answer
from dauchan.exchange.receiving.retention import keep_purging, purge
from dauchan.exchange.receiving.tables import make_tables
from dauchan.exchange.receiving.taking import Sent, origin_of, take

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from dauchan.exchange.receiving.config import Config, Source

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_STREAM = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_SMALL_BODY = 64 * 1024
_POOL_SECONDS = 10
_MOST_MISSING = 100


class Receiver:
    """The endpoints with what they share."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._pool = ConnectionPool(
            config.database,
            min_size=1,
            max_size=config.limits.at_once + 3,
            open=False,
            timeout=_POOL_SECONDS,
            reconnect_timeout=1,  # else its pauses double, and an outage of minutes would last for minutes more
        )
        self._room = threading.BoundedSemaphore(config.limits.at_once)

    def open(self) -> None:
        self._pool.open(wait=True, timeout=_POOL_SECONDS * 3)
        with self._pool.connection() as connection:
            make_tables(connection)

    def close(self) -> None:
        self._pool.close()

    def purge(self) -> int:
        return self._with_database(lambda connection: purge(connection, self.config.limits.keep_days))

    async def about(self, request: Request) -> Response:
        """What this receiver takes; its clock."""
        await self._asked(request, lambda _connection, _source: None)
        limits = self.config.limits
        return JSONResponse(
            {
                "schemas": list(VERSIONS),
                "encodings": list(ENCODINGS),
                "compressions": list(COMPRESSIONS),
                "rows": limits.rows,
                "bytes": limits.bytes,
                "window": limits.window,
            }
        )

    async def token(self, request: Request) -> Response:
        body = await _body(request, _SMALL_BODY)
        given = request.headers.get("authorization", ""), body, _certificate(request)
        said = await run_in_threadpool(self._with_database, lambda to: tokens.issue(to, self.config, *given))
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    async def stream(self, request: Request) -> Response:
        """How far a stream has come: the last batch up to which none is missing, and those that came before their time."""
        name = _stream_name(request)

        def standing(connection: psycopg.Connection, source: Source) -> dict[str, Any]:
            origin = origin_of(connection, source.code)
            row = connection.execute(
                "SELECT last, digest FROM national.stream WHERE (origin, name) = (%s, %s)", [origin, name]
            ).fetchone() or (0, GENESIS)
            ahead = connection.execute(
                "SELECT number FROM national.batch WHERE origin = %s AND stream = %s AND number > %s ORDER BY 1 LIMIT %s",
                [origin, name, row[0], _MOST_MISSING],
            ).fetchall()
            return {"stream": name, "last": row[0], "digest": row[1], "ahead": [number for (number,) in ahead]}

        return JSONResponse(await self._asked(request, standing))

    async def batch(self, request: Request) -> Response:
        number, headers = int(request.path_params["number"]), request.headers
        if not self._room.acquire(blocking=False):
            raise Refused(Code.BUSY)
        try:
            await self._asked(request, lambda _connection, _source: None)  # nobody unknown sends megabytes
            body = await _body(request, self.config.limits.bytes)
            given = _stream_name(request), number, headers.get("x-manifest", ""), headers.get("x-signature", ""), body
            said, is_new = await self._asked(
                request, lambda connection, source: take(connection, Sent(source, *given), self.config)
            )
        finally:
            self._room.release()
        return JSONResponse(said, 201 if is_new else 200)

    async def reconciliation(self, request: Request) -> Response:
        body, kind = await _body(request, _SMALL_BODY), request.path_params["kind"]
        return JSONResponse(
            await self._asked(request, lambda to, source: compare(to, origin_of(to, source.code), kind, body))
        )

    async def openapi(self, _request: Request) -> Response:
        return Response(document(), media_type="application/json")

    async def healthz(self, _request: Request) -> Response:
        await run_in_threadpool(self._with_database, lambda connection: connection.execute("SELECT 1"))
        return Response("ok\n", media_type="text/plain")

    async def _asked(self, request: Request, act: Callable[[psycopg.Connection, Source], Result]) -> Result:
        """Do it for the source whose token came along."""
        authorization, certificate = request.headers.get("authorization", ""), _certificate(request)

        def work(connection: psycopg.Connection) -> Result:
            return act(connection, tokens.source_of(connection, self.config, authorization, certificate))

        return await run_in_threadpool(self._with_database, work)

    def _with_database(self, act: Callable[[psycopg.Connection], Result]) -> Result:
        try:
            with self._pool.connection() as connection:
                return act(connection)
        except (psycopg.OperationalError, PoolTimeout) as error:
            log.warning("the database did not answer: %s", error)
            raise Refused(Code.DATABASE_DOWN) from error


def _certificate(request: Request) -> bytes | None:
    found: bytes | None = request.scope.get("extensions", {}).get("tls", {}).get("client_certificate")
    return found


def _stream_name(request: Request) -> str:
    name: str = request.path_params["stream"]
    if not _STREAM.fullmatch(name):
        raise Refused(Code.NOT_FOUND)
    return name


async def _body(request: Request, most: int) -> bytes:
    """Raises: Refused for one that is too large, before it is read."""
    said = request.headers.get("content-length", "0")
    if not said.isdigit() or int(said) > most:
        raise Refused(Code.TOO_LARGE, bytes=most)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refused(Code.TOO_LARGE, bytes=most)
        parts.append(part)
    return b"".join(parts)


async def _refused(_request: Request, error: Exception) -> Response:
    return answer(error if isinstance(error, Refused) else Refused(Code.MALFORMED))


async def _not_found(_request: Request, _error: Exception) -> Response:
    return answer(Refused(Code.NOT_FOUND))


async def _not_allowed(_request: Request, _error: Exception) -> Response:
    return answer(Refused(Code.NOT_ALLOWED))


def application(config: Config) -> Starlette:
    receiver = Receiver(config)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(receiver.open)
        purging = asyncio.create_task(keep_purging(receiver.purge)) if config.limits.keep_days else None
        yield
        if purging:
            purging.cancel()
        await run_in_threadpool(receiver.close)

    routes = [
        Route("/v1/", receiver.about),
        Route("/v1/token", receiver.token, methods=["POST"]),
        Route("/v1/streams/{stream}", receiver.stream),
        Route("/v1/streams/{stream}/batches/{number:int}", receiver.batch, methods=["PUT"]),
        Route("/v1/reconciliation/{kind}", receiver.reconciliation, methods=["POST"]),
        Route("/openapi.json", receiver.openapi),
        Route("/healthz", receiver.healthz),
    ]
    refusals = {Refused: _refused, 404: _not_found, 405: _not_allowed}
    made = Starlette(routes=routes, exception_handlers=refusals, lifespan=lifespan)
    made.router.redirect_slashes = False
    return made
