"""A door in a process of its own, for tests and benchmarks: real HTTP on a free port of this machine."""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx

from dauchan.door.gate_kit import GateKit
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token
from dauchan.qr.venue_code import make_venue_code

START_SECONDS = 30
STOP_SECONDS = 20
HOST = "dauchan.example"
_HARMLESS = ("HOME", "LANG", "PATH", "PYTHONPATH", "TMPDIR", "VIRTUAL_ENV")


class RunningDoor:
    """Starts on entering, stops on leaving; may be killed and started again, which loses no waiting connection.

    Args:
        database_url: the ledger, best as the role `dauchan_door`.
        environ: further environment variables, `DAUCHAN_CONSOLE_SOCKET` for one.
        has_database: whether to wait at the start until the database answers.

    Attributes:
        someone: a person's id for whoever needs one.
        gates: what a gate's device needs.
    """

    def __init__(
        self, database_url: str, environ: Mapping[str, str] | None = None, *, has_database: bool = True
    ) -> None:
        self._states = ("ok",) if has_database else ("ok", "down")
        self.keys = Keyring(1, {1: secrets.token_bytes(32)})
        self.gates = GateKit(self.keys)
        ring = f"1:{base64.urlsafe_b64encode(self.keys.keys[1]).decode()}"
        self._environ = {
            **{name: os.environ[name] for name in _HARMLESS if name in os.environ},
            "DAUCHAN_DATABASE_DOOR_URL": database_url,
            "DAUCHAN_VENUE_CODE_KEYS": ring,
            "DAUCHAN_PERSON_TOKEN_KEYS": ring,
            **self.gates.environ,
            "DAUCHAN_BASE_URL": f"https://{HOST}",
            **(environ or {}),
        }
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.someone = 1
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.client.close()
        self.stop()
        self._listener.close()

    def start(self) -> None:
        """Start the process and wait until it and its database answer.

        Raises:
            RuntimeError: it does not come up.
        """
        words = [sys.executable, "-m", "dauchan.door", "--fd", str(self._listener.fileno())]
        self._process = subprocess.Popen(words, env=self._environ, pass_fds=[self._listener.fileno()])  # noqa: S603 own words
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("the door does not come up")
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """The process."""
        if self._process is None:
            raise RuntimeError("the door does not run")
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end and wait."""
        self._end(signal.SIGTERM)

    def person(self, person_id: int, seconds: int = 3600, phone_id: int = 0) -> dict[str, str]:
        """The headers with which a person's phone comes."""
        token = make_person_token(person_id, int(time.time()) + seconds, self.keys, phone_id)
        return {"authorization": f"Bearer {token}"}

    def code(self, venue_id: int, poster_version: int = 1) -> str:
        """The code on a venue's poster."""
        return make_venue_code(venue_id, poster_version, self.keys)

    def _answers(self) -> bool:
        try:
            answer = httpx.get(f"{self.url}/readyz", timeout=5, trust_env=False)
            return answer.json()["database"] in self._states
        except (httpx.HTTPError, ValueError):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:  # said by the test, but nothing stays behind
                self._process.kill()
                self._process.wait()
                raise
