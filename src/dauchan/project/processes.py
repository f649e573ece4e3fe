"""The programs that `dauchan up` keeps running: started in order, watched, started again when they end, stopped in
reverse order. Why several programs and not one: docs/decisions/0003-two-processes.md.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dauchan.project.errors import CannotStart

READY_SECONDS = 60
TICK_SECONDS = 0.1
LOG_BYTES = 20 * 1024 * 1024

# A program that ended is started again after 1, 2, 4 … seconds; one that then lasted this long counts as healthy.
LONGEST_PAUSE_SECONDS = 30
HEALTHY_SECONDS = 60

ERRORS = re.compile(r"\b(?:ERROR|CRITICAL|FATAL|PANIC)\b")
# To a database an ERROR is a statement it refused, which is its client's affair; so is a client that comes too early.
FATAL = re.compile(r"\b(?:FATAL|PANIC):(?!  the database system is|  terminating connection)")


# How the operator is told something.
Say = Callable[[str], None]


def always() -> bool:
    """For a program that is ready as soon as it runs."""
    return True


def nothing() -> None:
    """For a program that needs no preparation."""


@dataclass
class Child:
    """One program and what is known of it.

    Attributes:
        name: what the operator calls it.
        command: its command line.
        log: where its output goes.
        environ: its environment variables, complete.
        is_ready: whether it does its work now.
        prepare: what has to be done before each start.
        refusal: why it ended, given the byte of the log at which its last start began.
        stop_signal: what makes it end in good order.
        stop_seconds: how long that may take.
        pass_fds: the open files it inherits.
        errors: which lines of its log the operator should see.
    """

    name: str
    command: Callable[[], Sequence[str]]
    log: Path
    environ: Mapping[str, str]
    is_ready: Callable[[], bool] = always
    prepare: Callable[[], None] = nothing
    refusal: Callable[[int], CannotStart] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15
    pass_fds: tuple[int, ...] = ()
    errors: re.Pattern[str] = ERRORS
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    log_from: int = field(default=0, init=False)
    shown_to: int = field(default=0, init=False)
    started_at: float = field(default=0, init=False)
    start_again_at: float | None = field(default=None, init=False)
    pause: float = field(default=0.5, init=False)

    def start(self) -> None:
        """Start it in a session of its own: the terminal's Ctrl-C reaches us only, and we stop them in order."""
        self.prepare()
        _turn_over(self.log)
        with self.log.open("ab") as log:
            self.log_from = self.shown_to = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 our own programs
                self.command(),
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.pass_fds,
            )
        self.started_at = time.monotonic()
        self.start_again_at = None

    def status(self) -> int | None:
        """Its exit status, or None while it runs."""
        return self.process.poll() if self.process else 0

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait for its first answer.

        Raises:
            CannotStart: it ended, or is still not ready after that time.
        """
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if self.status() is not None:
                raise self._why_ended()
            if time.monotonic() > deadline:
                last = self._last_line()
                raise CannotStart(
                    f"The {self.name} is not ready after {seconds:.0f} seconds{last}; see {self.log}.",
                    f"{self.name} chưa sẵn sàng sau {seconds:.0f} giây{last}; xem {self.log}.",
                )
            time.sleep(TICK_SECONDS / 2)

    def tend(self, say: Say) -> None:
        """Show new errors of its log; start it again if it ended."""
        self._show_errors(say)
        status, now = self.status(), time.monotonic()
        if status is None:
            return
        if self.start_again_at is None:
            self.pause = 1 if now - self.started_at > HEALTHY_SECONDS else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            self.start_again_at = now + self.pause
            say(f"The {self.name} {_ending(status)} and starts again in {self.pause:.0f} s; see {self.log}.")
            if self.refusal is not None and status > 0:
                say(str(self.refusal(self.log_from)))
        elif now >= self.start_again_at:
            try:
                self.start()
            except CannotStart as refusal:
                self.start_again_at = None
                say(str(refusal))

    def stop(self) -> None:
        """End it in good order, or else by force."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _show_errors(self, say: Say) -> None:
        with suppress(OSError), self.log.open("rb") as log:
            log.seek(self.shown_to)
            text = log.read()
            complete = text[: text.rfind(b"\n") + 1]
            self.shown_to += len(complete)
            for line in complete.decode(errors="replace").splitlines():
                if self.errors.search(line):
                    say(f"{self.name}: {line}")

    def _why_ended(self) -> CannotStart:
        if self.refusal is not None:
            return self.refusal(self.log_from)
        last = self._last_line()
        ending = _ending(self.status() or 0)
        return CannotStart(
            f"The {self.name} {ending}{last}; see {self.log}.",
            f"{self.name} đã dừng{last}; xem {self.log}.",
        )

    def _last_line(self) -> str:
        lines = self.log.read_bytes()[self.log_from :].decode(errors="replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""


def tend_for_ever(children: Sequence[Child], say: Say) -> None:
    """Tend them until an exception (a signal) ends it."""
    while True:
        for child in children:
            child.tend(say)
        time.sleep(TICK_SECONDS)


def stop_all(children: Sequence[Child]) -> None:
    """Stop them, the last started first: the door lets its last requests finish, the database goes last."""
    for child in reversed(children):
        child.stop()


def _ending(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def _turn_over(log: Path) -> None:
    """Keep one older log beside a new one, so that logs never fill the disk."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
