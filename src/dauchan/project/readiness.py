"""Asking the programs of an installation over HTTP whether they do their work."""

from pathlib import Path

import httpx

ANSWER_SECONDS = 10


def console_answers(socket: Path, host: str) -> bool:
    """Whether the console on this Unix socket answers a request for this host name."""
    return _answers(httpx.HTTPTransport(uds=str(socket)), f"http://{host}/healthz", missing_is_fine=True)


def door_answers(host: str, port: int) -> bool:
    """Whether the door on this port says that it and all behind it are ready."""
    own = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 compared, not bound
    at = f"[{own}]" if ":" in own else own
    return _answers(httpx.HTTPTransport(), f"http://{at}:{port}/readyz", missing_is_fine=False)


def _answers(transport: httpx.HTTPTransport, url: str, *, missing_is_fine: bool) -> bool:
    try:
        with httpx.Client(transport=transport, timeout=ANSWER_SECONDS, trust_env=False) as client:
            status = client.get(url).status_code
    except httpx.HTTPError:
        return False
    return status < (httpx.codes.INTERNAL_SERVER_ERROR if missing_is_fine else httpx.codes.BAD_REQUEST)
