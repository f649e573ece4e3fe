"""One event posted to one address: never followed elsewhere, never read at length, never waited for long."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import httpx

from dauchan.exchange.programs.addresses import target_of
from dauchan.exchange.programs.errors import AddressRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.exchange.programs.addresses import Network

CONNECT_SECONDS = 5
ANSWER_SECONDS = 10


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        status: of the answer; None where there was none.
        failure: why there was none: a code of `errors.AddressRefused`, `certificate`, `timeout` or `unreachable`.
    """

    status: int | None
    failure: str
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        return self.status is not None and httpx.codes.is_success(self.status)

    @property
    def is_unwanted(self) -> bool:
        """The other end says that nobody is there any more."""
        return self.status == httpx.codes.GONE


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> Outcome:
    """Post *body* to *url* if it may be reached now."""
    began = time.monotonic()
    status, failure = _posted(url, body, headers, allowed)
    return Outcome(status, failure, int((time.monotonic() - began) * 1000))


def _posted(url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> tuple[int | None, str]:
    try:
        target = target_of(url, allowed)
    except AddressRefused as refused:
        return None, refused.code
    said = {**headers, "Host": target.host, "Content-Type": "application/json", "User-Agent": "dauchan-webhooks/1"}
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with (
            httpx.Client(verify=_trusted(), timeout=timeout, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST", target.url, content=body, headers=said, extensions={"sni_hostname": target.name}
            ) as answer,
        ):
            return answer.status_code, ""  # what it says further is of no use and may be without end
    except httpx.TimeoutException:
        return None, "timeout"
    except httpx.HTTPError as error:
        return None, "certificate" if "CERTIFICATE_VERIFY_FAILED" in str(error) else "unreachable"


@cache
def _trusted() -> ssl.SSLContext:
    """The machine's own authorities; SSL_CERT_FILE names others."""
    return ssl.create_default_context()
