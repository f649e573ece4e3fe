"""The way to a receiver: OAuth2 client credentials over (mutual) TLS, and nothing believed that is not answered as agreed."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import msgspec

from dauchan.exchange.contract.manifest import to_header
from dauchan.exchange.contract.schema import CURRENT, VERSIONS
from dauchan.exchange.national.errors import (
    Busy,
    CertificateBad,
    ClientRefused,
    LinkFailed,
    NoCommonSchema,
    Nonsense,
    StreamsApart,
    Unreachable,
)

if TYPE_CHECKING:
    from dauchan.exchange.national.agreement import Agreement

Said = TypeVar("Said")
#: An answer of a few words, and one for which the receiver takes in a batch or looks through a day.
_SHORT = httpx.Timeout(connect=10, read=20, write=20, pool=10)
_LONG = httpx.Timeout(connect=10, read=300, write=60, pool=10)
_MOST_ANSWER = 4 * 1024 * 1024
_TYPES = {"parquet": "application/vnd.apache.parquet", "jsonl": "application/x-ndjson"}
_OK = frozenset({200, 201})


class About(msgspec.Struct):
    schemas: list[int]
    encodings: list[str]
    compressions: list[str]
    rows: int
    bytes: int
    window: int


class StreamSaid(msgspec.Struct):
    stream: str
    last: int
    digest: str
    ahead: list[int] = []


class AsideSaid(msgspec.Struct):
    key: str
    reason: str


class BatchSaid(msgspec.Struct):
    number: int
    count: int
    taken: int
    repeated: int
    last: int
    digest: str
    set_aside: list[AsideSaid] = []


class RowsSaid(msgspec.Struct):
    rows: list[tuple[str, int, int]]


class TokenSaid(msgspec.Struct):
    access_token: str
    expires_in: float
    token_type: str = "Bearer"  # noqa: S105 - the kind of token


@dataclass
class Link:
    """One receiver; may be used by several threads. Close it in the end.

    Attributes:
        exchanged: bytes sent and received, bodies only.
    """

    agreement: Agreement
    exchanged: int = 0
    _token: str = field(default="", repr=False)
    _token_until: float = 0

    def __post_init__(self) -> None:
        at = self.agreement
        self._client = httpx.Client(base_url=at.url, timeout=_SHORT, verify=_tls(at), trust_env=False)

    def close(self) -> None:
        self._client.close()

    def about(self) -> About:
        return self._asked("GET", "/v1/", About)

    def schema_of(self, about: About) -> int:
        """The newest version that both know. Raises: NoCommonSchema."""
        common = set(about.schemas) & set(VERSIONS)
        if not common:
            raise NoCommonSchema(f"we: {VERSIONS[0]} to {CURRENT}")
        return max(common)

    def stream(self, name: str) -> StreamSaid:
        said = self._asked("GET", f"/v1/streams/{name}", StreamSaid)
        if said.stream != name or said.last < 0:
            raise Nonsense("another stream")
        return said

    def batch(self, stream: str, number: int, manifest: bytes, signature: str, payload: bytes) -> BatchSaid:
        headers = {
            "X-Manifest": to_header(manifest),
            "X-Signature": signature,
            "Content-Type": _TYPES[self.agreement.encoding],
        }
        path = f"/v1/streams/{stream}/batches/{number}"
        return self._asked("PUT", path, BatchSaid, content=payload, headers=headers)

    def compare(self, kind: str, question: dict[str, Any]) -> list[tuple[str, int, int]]:
        body = msgspec.json.encode(question)
        headers = {"Content-Type": "application/json"}
        return self._asked("POST", f"/v1/reconciliation/{kind}", RowsSaid, content=body, headers=headers).rows

    def _asked(self, method: str, path: str, type_: type[Said], content: bytes = b"", **more: Any) -> Said:  # noqa: ANN401
        """With a token; once more with a new one where that one is not taken: clocks may be apart."""
        headers = more.pop("headers", {})
        for is_last in (False, True):
            answer = self._sent(method, path, content, headers | {"Authorization": f"Bearer {self._bearer()}"})
            if answer.status_code != httpx.codes.UNAUTHORIZED or is_last:
                break
            self._token = ""
        return _decoded(answer, type_)

    def _bearer(self) -> str:
        if self._token and time.monotonic() < self._token_until:
            return self._token
        at = self.agreement
        auth = httpx.BasicAuth(at.client_id, at.secret)
        answer = self._sent("POST", "/v1/token", b"grant_type=client_credentials", {
            "Content-Type": "application/x-www-form-urlencoded"}, auth)  # fmt: skip
        said = _decoded(answer, TokenSaid)
        # How long, by our own clock that only runs forward: what the other end calls the time does not matter.
        self._token, self._token_until = said.access_token, time.monotonic() + max(0, said.expires_in - 30)
        return self._token

    def _sent(
        self, method: str, path: str, content: bytes, headers: dict[str, str], auth: httpx.Auth | None = None
    ) -> httpx.Response:
        try:
            timeout = _LONG if content and auth is None else _SHORT
            with self._client.stream(
                method, path, content=content, headers=headers, auth=auth, timeout=timeout
            ) as answer:
                parts, size = [], 0
                for part in answer.iter_bytes():
                    size += len(part)
                    if size > _MOST_ANSWER:
                        raise Nonsense("an answer without end")
                    parts.append(part)
        except httpx.HTTPError as error:
            raise _why(error) from error
        self.exchanged += len(content) + size
        return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=b"".join(parts))


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """The body is unpacked already."""
    return {name: text for name, text in headers.items() if name.lower() in {"content-type", "retry-after"}}


def _tls(agreement: Agreement) -> ssl.SSLContext | bool:
    if not agreement.url.startswith("https://"):
        return True
    try:
        context = ssl.create_default_context(cafile=agreement.ca or None)
        if agreement.certificate:
            context.load_cert_chain(agreement.certificate, agreement.key or None)
    except (OSError, ssl.SSLError) as error:
        raise CertificateBad(str(error)) from error
    return context


def _why(error: httpx.HTTPError) -> LinkFailed:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE" in str(cause).upper():
            return CertificateBad(str(cause))
        cause = cause.__cause__ or cause.__context__
    return Unreachable(f"{type(error).__name__}: {error}")


def _decoded(answer: httpx.Response, type_: type[Said]) -> Said:
    status = answer.status_code
    if status not in _OK:
        raise _refusal(answer)
    if not answer.headers.get("content-type", "").startswith("application/json"):
        raise Nonsense(f"{status} with {answer.headers.get('content-type', 'no type')}")
    try:
        return msgspec.json.decode(answer.content, type=type_)
    except msgspec.MsgspecError as error:
        raise Nonsense(str(error)) from error


def _refusal(answer: httpx.Response) -> LinkFailed:
    status = answer.status_code
    try:
        said = msgspec.json.decode(answer.content, type=dict[str, Any])
    except msgspec.MsgspecError:
        said = {}
    code = str(said.get("code", ""))
    detail = f"{status} {code} {said.get('detail', '')}".strip()
    if status in {429, 503}:
        return Busy(detail, _seconds(answer.headers.get("retry-after", "")))
    if code in {"chain_broken", "other_batch_under_this_number"}:
        return StreamsApart(detail)
    if code == "schema_unknown":
        return NoCommonSchema(detail)
    if status in {401, 403} and code:
        return CertificateBad(detail) if code == "certificate_refused" else ClientRefused(detail)
    return Nonsense(detail)


def _seconds(text: str) -> float | None:
    try:
        return min(3600.0, max(0.0, float(text)))
    except ValueError:
        return None
