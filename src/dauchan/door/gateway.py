"""Everything that is not the door's own goes on to the console, through its Unix socket, in pieces in both directions."""

import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from html import escape
from importlib.resources import files

import httpx

from dauchan.door.config import Network
from dauchan.door.errors import Refused
from dauchan.door.http import Answer, ClientLeft, Headers, Receive, Scope, Send, header, send_answer
from dauchan.door.peers import peer_of, scheme_of
from dauchan.door.reasons import Reason
from dauchan.door.replies import problem

log = logging.getLogger(__name__)

# A page's picture has at most 10 MB; the form around it gets the rest.
UPLOAD_LIMIT = 12_000_000
HTML = b"text/html; charset=utf-8"
RETRY_SECONDS = 5

# Headers that belong to one connection (RFC 9110, 7.6.1).
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    b"upgrade".split()
)
# What only a proxy may say; the console believes these because nobody else can reach its socket.
OURS_TO_SAY = (b"x-forwarded-", b"forwarded", b"x-real-ip")
# Said by the door's own server already, or nobody's business.
TWICE = frozenset([b"date", b"server"])


class Gateway:
    """The way to the console.

    Args:
        socket: the console's Unix socket.
        trusted: the proxies in front of the door.
        hotline: whom people may call while the console is away.
    """

    def __init__(self, socket: str, trusted: Sequence[Network], hotline: str) -> None:
        self._trusted, self._hotline = trusted, hotline
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=2)
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(uds=socket, limits=limits),
            timeout=httpx.Timeout(120, connect=2),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def console_answers(self) -> bool:
        """Whether the console answers a request now; what it answers is its own affair."""
        try:
            answer = await self._client.get("http://localhost/healthz", timeout=2)
        except httpx.HTTPError:
            return False
        return answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR

    async def exchange_gauges(self, host: str) -> bytes:
        """The gauges of the national exchange, which the console keeps; empty where it has none or does not answer."""
        try:
            answer = await self._client.get(
                "http://localhost/officer/exchange/gauges.txt",
                headers={"Host": host, "X-Forwarded-Metrics": "exchange"},
                timeout=2,
            )
        except httpx.HTTPError:
            return b""
        return answer.content if answer.status_code == httpx.codes.OK else b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward one request and its answer.

        Raises:
            Refused: TOO_LARGE, before any of the answer is sent.
        """
        upload = _Upload(scope, receive)
        try:
            answer = await self._client.send(self._request(scope, upload), stream=True)
        except httpx.HTTPError as error:
            if upload.refused:
                raise upload.refused from None
            log.warning("the console did not answer: %r", error)
            await send_answer(send, console_down(scope, self._hotline))
            return
        try:
            await _send_back(answer, send)
        finally:
            await answer.aclose()

    def _request(self, scope: Scope, upload: "_Upload") -> httpx.Request:
        said = [(b"x-forwarded-for", peer_of(scope, self._trusted).encode("latin-1"))]
        said.append((b"x-forwarded-proto", scheme_of(scope, self._trusted).encode("latin-1")))
        query = scope.get("query_string", b"")
        path = scope.get("raw_path") or scope["path"].encode()
        return httpx.Request(
            scope["method"],
            httpx.URL("http://localhost").copy_with(raw_path=path + (b"?" + query if query else b"")),
            headers=[*_passed_on(scope["headers"]), *said],
            content=upload.pieces() if upload.expected else None,
        )


class _Upload:
    """A request's body, passed on as it comes and counted."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self.refused: Refused | None = None
        length = header(scope, b"content-length")
        self.expected = bool(header(scope, b"transfer-encoding")) or (length.isdigit() and int(length) > 0)
        if length.isdigit() and int(length) > UPLOAD_LIMIT:
            raise Refused(Reason.TOO_LARGE, f"{UPLOAD_LIMIT} bytes")

    async def pieces(self) -> AsyncIterator[bytes]:
        size, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            piece = message.get("body", b"")
            size += len(piece)
            if size > UPLOAD_LIMIT:
                self.refused = Refused(Reason.TOO_LARGE, f"{UPLOAD_LIMIT} bytes")
                raise httpx.WriteError("too large")
            more = message.get("more_body", False)
            yield piece


async def _send_back(answer: httpx.Response, send: Send) -> None:
    headers = [pair for pair in answer.headers.raw if pair[0].lower() not in HOP_BY_HOP | TWICE]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    async for piece in answer.aiter_raw():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _passed_on(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """A client's headers without those of its connection and those that only a proxy may say.

    Names with an underscore go too: a WSGI server takes SCRIPT_NAME from its proxy, and with it another path than the
    one that was asked for.
    """
    kept = [pair for pair in headers if not pair[0].startswith(OURS_TO_SAY) and b"_" not in pair[0]]
    named = {name.strip().lower() for key, value in kept if key == b"connection" for name in value.split(b",")}
    return [pair for pair in kept if pair[0] not in HOP_BY_HOP and pair[0] not in named - {b"host", b"content-length"}]


def console_down(scope: Scope, hotline: str) -> Answer:
    """What is said while the console is away: a page to a browser, a problem to a program."""
    refused = Refused(Reason.CONSOLE_DOWN, retry_after=RETRY_SECONDS)
    if b"text/html" not in header(scope, b"accept"):
        return problem(refused)
    lines = files("dauchan.door").joinpath("console_down.html").read_text("utf-8").splitlines(keepends=True)
    page = "".join(line for line in lines if hotline or "{hotline}" not in line).replace("{hotline}", escape(hotline))
    return Answer(refused.reason.said.status, page.encode(), HTML, ((b"retry-after", str(RETRY_SECONDS).encode()),))
