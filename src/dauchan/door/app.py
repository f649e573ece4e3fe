"""The door: it answers its own few paths itself and passes all others on to the console.

Check-ins are answered directly, everything else through ASGI: `connection.py` knows both.
"""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from functools import cache

from dauchan.door.config import Config
from dauchan.door.endpoints import Endpoints
from dauchan.door.errors import DoorError, Refused
from dauchan.door.gate_scans import GateScans
from dauchan.door.gateway import Gateway, console_down
from dauchan.door.http import TEXT, Answer, ClientLeft, Direct, Receive, Respond, Scope, Send, send_answer
from dauchan.door.ledger import Ledger
from dauchan.door.metrics import Metrics
from dauchan.door.metrics_access import may_read_metrics
from dauchan.door.openapi import document
from dauchan.door.reasons import Reason
from dauchan.door.replies import encode, failure, problem
from dauchan.door.room import Room

log = logging.getLogger(__name__)

Endpoint = Callable[[Scope, Receive], Awaitable[Answer]]

CHECK_INS = "/api/v1/check-ins"
_POST = frozenset(["POST"])
_GET = frozenset(["GET", "HEAD"])


class Door:
    """The application, to be opened before it is asked.

    Attributes:
        direct: the endpoints by method and path that are not asked through ASGI: a whole body in, an answer out.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._metrics = Metrics()
        self._room = Room()
        self._ledger = Ledger(config.database_url, self._room)
        self._endpoints = Endpoints(config, self._ledger, self._metrics)
        self._gates = GateScans(config, self._metrics, self._room)
        self._gateway = (
            Gateway(config.console_socket, config.trusted_proxies, config.hotline) if config.console_socket else None
        )
        self._learning: list[asyncio.Task[None]] = []
        self._routes = self._own_paths()
        self.direct: dict[tuple[str, str], Direct] = {("POST", CHECK_INS): self._endpoints.check_ins}

    async def open(self) -> None:
        """Start connecting to the ledger; does not wait for it."""
        await self._ledger.open()
        fresh = (self._ledger.keep_venues_fresh, self._ledger.keep_phones_fresh)
        self._learning = [asyncio.create_task(keep()) for keep in fresh]
        await self._gates.ledger.open()
        _collect_seldom()

    async def close(self) -> None:
        """Let everything that was taken in be committed, and let go."""
        await self._endpoints.finish()
        await self._gates.finish()
        for task in self._learning:
            task.cancel()
        await self._ledger.close()
        await self._gates.ledger.close()
        if self._gateway:
            await self._gateway.close()

    def answer(self, endpoint: Direct, scope: Scope, body: bytes, respond: Respond) -> None:
        """Ask one of the direct endpoints."""

        def told(answer: Answer) -> None:
            self._count(scope, answer)
            respond(answer)

        try:
            endpoint(scope, body, told)
        except Exception as error:  # noqa: BLE001 every request is answered
            told(_failed(scope, error))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """All other requests, by ASGI."""
        route = self._routes.get(scope["path"])
        try:
            if route is not None:
                answer = await self._answer(*route, scope, receive)
                self._count(scope, answer)
                await send_answer(send, answer)
            elif self._gateway is None:
                await send_answer(send, console_down(scope, self._config.hotline))
            else:
                self._metrics.add("dauchan_door_forwarded_total")
                await self._gateway(scope, receive, send)
        except Refused as refused:
            await send_answer(send, problem(refused))
        except ClientLeft:
            pass  # nobody is there to be answered

    async def _answer(
        self, methods: frozenset[str], endpoint: Endpoint | None, scope: Scope, receive: Receive
    ) -> Answer:
        if endpoint is None or scope["method"] not in methods:
            return _not_allowed(methods)
        try:
            return await endpoint(scope, receive)
        except ClientLeft:
            raise
        except Exception as error:  # noqa: BLE001 every request is answered
            return _failed(scope, error)

    def _count(self, scope: Scope, answer: Answer) -> None:
        self._metrics.add("dauchan_door_requests_total", _path_and_status(scope["path"], answer.status))

    def _own_paths(self) -> dict[str, tuple[frozenset[str], Endpoint | None]]:
        return {
            CHECK_INS: (_POST, None),  # a POST is answered directly
            "/api/v1/check-outs": (_POST, self._endpoints.check_outs),
            "/api/v1/scan-attempts": (_POST, self._endpoints.scan_attempts),
            "/api/v1/gate-scans": (_POST, self._gates.gate_scans),
            "/api/v1/openapi.json": (_GET, self._openapi),
            "/healthz": (_GET, self._healthz),
            "/readyz": (_GET, self._readyz),
            "/metrics": (_GET, self._metrics_page),
        }

    async def _openapi(self, _scope: Scope, _receive: Receive) -> Answer:
        return Answer(200, document())

    async def _healthz(self, _scope: Scope, _receive: Receive) -> Answer:
        return Answer(200, b"ok\n", TEXT)

    async def _readyz(self, _scope: Scope, _receive: Receive) -> Answer:
        """Ready when the ledger answers, its last write found room and, where there is a console, it answers."""
        database, console = await asyncio.gather(self._ledger.is_reachable(), self._console_answers())
        states = {
            "database": "ok" if database else "down",
            "disk": "full" if self._room.is_full else "ok",
            "console": "ok" if console else "down",
        }
        return Answer(200 if set(states.values()) == {"ok"} else 503, encode(states))

    async def _console_answers(self) -> bool:
        return self._gateway is None or await self._gateway.console_answers()

    async def _metrics_page(self, scope: Scope, _receive: Receive) -> Answer:
        if not may_read_metrics(scope, self._config):
            return Answer(403, b"only from this machine, a trusted proxy, or with DAUCHAN_METRICS_TOKEN\n", TEXT)
        own = self._metrics.text(self._endpoints.waiting + self._gates.waiting)
        return Answer(
            200,
            own
            + (
                await self._gateway.exchange_gauges(min(self._config.hosts, default="localhost"))
                if self._gateway
                else b""
            ),
            b"text/plain; version=0.0.4; charset=utf-8",
        )


def _collect_seldom() -> None:
    """Look for cycles once in 50,000 new objects instead of 700, and never among those of the start.

    At thousands of scans a second the default looks through all that is remembered again and again: a fifth of the
    door's time a scan.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _failed(scope: Scope, error: Exception) -> Answer:
    if not isinstance(error, DoorError):
        log.error("the door failed on %s", scope["path"], exc_info=error)
    return failure(error)


@cache
def _path_and_status(path: str, status: int) -> str:
    return f'path="{path}",status="{status}"'


def _not_allowed(methods: frozenset[str]) -> Answer:
    allowed = ", ".join(sorted(methods)).encode()
    return problem(Refused(Reason.METHOD_NOT_ALLOWED, headers=((b"allow", allowed),)))
