"""A whole installation for tests: `dauchan up` in a directory and on a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

UP = [sys.executable, "-m", "dauchan.project", "up"]
READY_SECONDS = 120


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def surroundings(var: Path, **variables: str) -> dict[str, str]:
    """The environment of a user who has set nothing but these; the test run's own settings are not passed on."""
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return own | {"DAUCHAN_VAR": str(var), "COLUMNS": "200"} | variables


def refusal(var: Path, *command: str, **variables: str) -> str:
    """What a command that cannot start says; asserts that it is one sentence, twice, and exit status 1."""
    done = subprocess.run(
        command or UP, env=surroundings(var, **variables), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1, done
    assert "Traceback" not in done.stdout + done.stderr
    english, vietnamese = done.stderr.strip().splitlines()
    assert english.endswith(".")
    assert vietnamese.endswith(".")
    assert english != vietnamese
    return english


@dataclass
class Installation:
    """`dauchan up`, started."""

    var: Path
    port: int = field(default_factory=free_port)
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.said = self.var.parent / f"{self.var.name}.said"
        self.began = time.monotonic()
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                UP,
                env=surroundings(self.var, PORT=str(self.port), **self.variables),
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while "Ready at" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)

    def output(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(90)

    def pids(self) -> dict[str, int]:
        """The running programs of this installation by the words that tell them apart."""
        marks = {
            "database": rf"postgres\0-D\0{re.escape(str(self.var))}/",
            "console": rf"gunicorn\0--bind=unix:{re.escape(str(self.var))}/",
            "door": r"dauchan\.project\.door_process",
            "worker": r"dauchan\.project\0worker",
        }
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = process.joinpath("cmdline").read_bytes().decode(errors="replace")
                parent = int(process.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            for name, mark in marks.items():
                if parent == self.process.pid and re.search(mark, words):
                    found[name] = int(process.name)
        return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
