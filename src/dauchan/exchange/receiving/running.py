"""A receiver in a process of its own, for tests, exercises and benchmarks: real HTTP on a free port of this machine."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

import httpx

from dauchan.exchange.contract.manifest import to_header

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

START_SECONDS = 60
STOP_SECONDS = 40
_HARMLESS = ("HOME", "LANG", "PATH", "PYTHONPATH", "TMPDIR", "VIRTUAL_ENV")


def source_block(code: str, secret: str, public_key: bytes, more: str = "") -> str:
    """What a receiver's file says of one source."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return (
        f'[[sources]]\ncode = "{code}"\nclient_id = "{code}"\nsecret_sha256 = "{digest}"\n'
        f'keys = {{ 1 = "{to_header(public_key)}" }}\n{more}\n'
    )


class RunningReceiver:
    """Starts on entering, stops on leaving; may be killed and started again on the same port.

    Args:
        config: its file.
        database: its own database.
    """

    def __init__(self, config: Path, database: str, *, scheme: str = "http") -> None:
        self.config, self.database, self.scheme = config, database, scheme
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{scheme}://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self._listener.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self._listener.close()

    def start(self) -> None:
        """Raises: RuntimeError if it does not come up."""
        environ = {name: os.environ[name] for name in _HARMLESS if name in os.environ}
        environ["DAUCHAN_RECEIVER_DATABASE_URL"] = self.database
        listener = self._listener.fileno()
        words = [
            sys.executable,
            "-m",
            "dauchan.exchange.receiving",
            "--config",
            str(self.config),
            "--fd",
            str(listener),
        ]
        self.process = subprocess.Popen(words, env=environ, pass_fds=[listener])  # noqa: S603 - our own words
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("the receiver does not come up")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end and wait."""
        self._end(signal.SIGTERM)

    def _answers(self) -> bool:
        if self.scheme == "https":  # a client without a certificate is not answered; that it listens is enough
            return self.process is not None and _is_serving(self.port)
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5, trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(STOP_SECONDS)


def _is_serving(port: int) -> bool:
    """The listener was open before the program was: only a handshake tells that somebody is there."""
    import ssl

    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection(("127.0.0.1", port), 2) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as tls,
        ):
            return bool(tls.version())
    except OSError:
        return False


def fresh_secret() -> str:
    return secrets.token_urlsafe(32)
