"""Programs that are kept running: started again when they end, stopped in good order or by force, never orphaned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dauchan.project.errors import CannotStart
from dauchan.project.processes import Child, stop_all
from dauchan.project.unprivileged import leash

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


def program(tmp_path: Path, code: str, name: str = "sleeper") -> Child:
    log = tmp_path / f"{name}.log"
    words = [sys.executable, "-c", code]
    child = Child(name, lambda: words, log, {"PATH": os.environ["PATH"]})
    child.is_ready = lambda: log.exists() and b"up" in log.read_bytes()[child.log_from :]
    return child


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_a_program_starts_and_stops(tmp_path: Path) -> None:
    child = program(tmp_path, SLEEPER)
    child.start()
    child.wait_until_ready()
    assert child.status() is None
    child.stop()
    assert child.status() == -signal.SIGTERM


def test_a_program_that_ignores_the_request_is_ended_by_force(tmp_path: Path) -> None:
    child = program(tmp_path, STUBBORN)
    child.stop_seconds = 0.2
    child.start()
    child.wait_until_ready()
    child.stop()
    assert child.status() == -signal.SIGKILL


def test_a_program_that_ends_at_once_is_told_with_its_last_line(tmp_path: Path) -> None:
    child = program(tmp_path, "raise SystemExit('the table is missing')", "console")
    child.start()
    with pytest.raises(CannotStart, match="The console ended with status 1: the table is missing"):
        child.wait_until_ready()


def test_a_program_that_never_gets_ready_is_told(tmp_path: Path) -> None:
    child = program(tmp_path, SLEEPER)
    child.is_ready = lambda: False
    child.start()
    with pytest.raises(CannotStart, match="not ready after"):
        child.wait_until_ready(0.2)
    child.stop()


def test_a_program_that_died_is_started_again_and_the_operator_told(tmp_path: Path) -> None:
    said: list[str] = []
    child = program(tmp_path, SLEEPER)
    child.start()
    child.wait_until_ready()
    first = child.process
    assert first is not None
    first.kill()

    def back() -> bool:
        child.tend(said.append)
        return child.process is not first and child.status() is None

    until(back)
    child.wait_until_ready()
    child.stop()
    assert len(said) == 1
    assert "was ended by SIGKILL and starts again" in said[0]


def test_pauses_grow_while_a_program_keeps_dying(tmp_path: Path) -> None:
    child = program(tmp_path, "raise SystemExit(3)")
    pauses = []
    for _ in range(7):
        child.start()
        assert child.process is not None
        child.process.wait()
        child.tend(lambda _: None)
        pauses.append(child.pause)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_errors_of_the_log_reach_the_operator_once(tmp_path: Path) -> None:
    said: list[str] = []
    child = program(tmp_path, "print('INFO fine'); print('ERROR pages are missing', flush=True);" + SLEEPER)
    child.start()
    child.wait_until_ready()
    for _ in range(3):
        child.tend(said.append)
    child.stop()
    assert said == ["sleeper: ERROR pages are missing"]


def test_they_are_stopped_in_reverse_order(tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time; from pathlib import Path\n"
        "def end(*_):\n"
        "    with Path({order!r}).open('a') as file: file.write({name!r} + ' ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('up', flush=True); time.sleep(600)"
    )
    names = ["first", "second", "third"]
    children = [program(tmp_path, code.format(order=str(order), name=name), name) for name in names]
    for child in children:
        child.start()
        child.wait_until_ready()
    stop_all(children)
    assert order.read_text() == "third second first "


def test_a_full_log_makes_way_for_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dauchan.project.processes.LOG_BYTES", 10)
    child = program(tmp_path, SLEEPER)
    child.log.write_text("twenty characters of an old log", encoding="utf-8")
    child.start()
    child.wait_until_ready()
    child.stop()
    assert child.log.read_text(encoding="utf-8") == "up\n"
    assert (tmp_path / "sleeper.log.1").exists()


@pytest.mark.skipif(not leash("TERM"), reason="only Linux tells a program of its parent's death")
def test_a_program_ends_with_its_parent_even_when_that_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    words = [*leash("TERM"), sys.executable, "-c", SLEEPER]
    parent = f"import subprocess, sys, time; p = subprocess.Popen({words!r}); open({str(pid_file)!r}, 'w').write(f'{{p.pid}} '); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    until(lambda: pid_file.exists() and pid_file.read_text().endswith(" "))
    pid = int(pid_file.read_text())
    process.kill()
    process.wait()
    process.stdout.close()
    until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
