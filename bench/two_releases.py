"""Two releases on one database: the running one takes scans and shows pages while the next migrates and starts beside it.

The old release comes from this repository's history. Printed: what each phase answered, how long the slowest answer took, and
whether every acknowledged scan is in the ledger.

Example: .venv/bin/python bench/two_releases.py f1afd3a
"""

import argparse
import io
import json
import os
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
from load_requests import _item

from dauchan.project.environment import DOOR_ROLE, OWNER_ROLE, embedded_url
from dauchan.project.keys import Keys
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import make_person_token
from dauchan.qr.venue_code import make_venue_code

ROOT = Path(__file__).resolve().parent.parent
PAUSE = 0.1


@dataclass
class Load:
    """Somebody scans, and somebody reads a page, ten times a second, at the ports that are open to them now."""

    code: str
    token: str
    ports: list[int]
    phase: str = "old release alone"
    acknowledged: list[str] = field(default_factory=list)
    answers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Until told to stop."""
        with httpx.Client(timeout=30, trust_env=False) as client:
            turn = 0
            while not self.stopped.wait(PAUSE):
                turn += 1
                at = f"http://127.0.0.1:{self.ports[turn % len(self.ports)]}"
                began, phase = time.monotonic(), self.phase
                self._ask(phase, "scan", lambda at=at: self._scan(client, at))
                self._ask(phase, "page", lambda at=at: client.get(f"{at}/visitor/sign-in/").status_code)
                self.slowest[phase] = max(self.slowest[phase], time.monotonic() - began)

    def _ask(self, phase: str, what: str, ask) -> None:  # noqa: ANN001 - a function without arguments
        try:
            answer = str(ask())
        except httpx.HTTPError as error:
            answer = type(error).__name__
        self.answers[phase][f"{what} {answer}"] += 1

    def _scan(self, client: httpx.Client, at: str) -> str:
        body = _item(self.code)
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        answer = client.post(f"{at}/api/v1/check-ins", content=body, headers=headers)
        outcome = str(answer.json().get("outcome", answer.status_code))
        if answer.status_code < httpx.codes.MULTIPLE_CHOICES:
            self.acknowledged.append(json.loads(body)["check_in_id"])
        return f"{answer.status_code} {outcome}"


def main() -> int:
    """Print the table; exit status 1 where an answer failed or a scan is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", help="the commit that runs at first")
    old = parser.parse_args().old
    with tempfile.TemporaryDirectory(prefix="two-releases-") as folder:
        place = Path(folder)
        _unpack(old, place / "old")
        var, first, second = place / "var", free_port(), free_port()
        environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environ |= {"DAUCHAN_VAR": str(var), "COLUMNS": "100"}
        older = environ | {"PORT": str(first), "PYTHONPATH": str(place / "old" / "src")}
        with _running(older, place / "old.log", "up"):
            _wait(lambda: "Ready at" in (place / "old.log").read_text(), 300)
            return _two_releases(environ, var, place, (first, second))


def _two_releases(environ: dict[str, str], var: Path, place: Path, ports: tuple[int, int]) -> int:
    keys = Keys.read(json.loads((var / "keys.json").read_text()))
    run = var / "run"
    url = embedded_url(run, OWNER_ROLE, keys)
    load = _load(url, keys, ports[0])
    thread = threading.Thread(target=load.run)
    thread.start()
    try:
        time.sleep(5)
        before = _migrations(url)
        load.phase = "tables are brought up to date"
        began = time.monotonic()
        done = subprocess.run(_words("prepare"), env=environ, capture_output=True, text=True, check=False)  # noqa: S603 own words
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        took, added = time.monotonic() - began, _migrations(url) - before
        load.phase = "old release on new tables"
        time.sleep(5)
        newer = environ | {"DAUCHAN_RUN": str(place / "r"), "DATABASE_URL": url, "PORT": str(ports[1])}
        newer["DAUCHAN_DATABASE_DOOR_URL"] = embedded_url(run, DOOR_ROLE, keys)
        with (
            _running(newer, place / "console.log", "serve", "console"),
            _running(newer, place / "door.log", "serve", "door"),
        ):
            _wait(lambda: _is_ready(ports[1]), 120)
            for load.phase, load.ports in (
                ("both releases", list(ports)),
                ("new release", [ports[1]]),
                ("back to the old", [ports[0]]),
            ):
                time.sleep(8)
            load.stopped.set()
            thread.join()
    finally:
        load.stopped.set()
    sys.stdout.write(f"{added} migrations in {took:.1f} s\n")
    return _told(load, url)


def _told(load: Load, url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM check_in WHERE check_in_id = ANY(%s)", [load.acknowledged])
        (kept,) = found.fetchone() or (0,)
    for phase, answers in load.answers.items():
        told = ", ".join(f"{count} × {answer}" for answer, count in sorted(answers.items()))
        sys.stdout.write(f"{phase:32} {told}; slowest pair {load.slowest[phase]:.2f} s\n")
    sys.stdout.write(f"{len(load.acknowledged)} scans acknowledged, {kept} of them in the ledger\n")
    failed = [name for answers in load.answers.values() for name in answers if name.split()[1][:1] != "2"]
    return int(bool(failed) or kept != len(load.acknowledged))


def _load(url: str, keys: Keys, port: int) -> Load:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT id FROM venues_venue WHERE status = 'approved' ORDER BY id LIMIT 1"
        ).fetchone()
        person = connection.execute("SELECT id FROM people_person ORDER BY id LIMIT 1").fetchone()
    if found is None or person is None:
        raise SystemExit("The demonstration has no place or nobody.")
    codes = Keyring(max(keys.venue_code), keys.venue_code)
    tokens = Keyring(max(keys.person_token), keys.person_token)
    return Load(
        make_venue_code(found[0], 1, codes), make_person_token(person[0], int(time.time()) + 3600, tokens), [port]
    )


def _migrations(url: str) -> int:
    with psycopg.connect(url) as connection:
        (count,) = connection.execute("SELECT count(*) FROM django_migrations").fetchone() or (0,)
    return int(count)


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _unpack(commit: str, into: Path) -> None:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603, S607 own words
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(into, filter="data")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _words(*words: str) -> list[str]:
    return [sys.executable, "-m", "dauchan.project", *words]


@contextmanager
def _running(environ: dict[str, str], log: Path, *words: str) -> Iterator[None]:
    with log.open("wb") as said:
        process = subprocess.Popen(_words(*words), env=environ, stdout=said, stderr=subprocess.STDOUT, cwd=log.parent)  # noqa: S603 own words
    try:
        yield
    except BaseException:
        sys.stderr.write(log.read_text(errors="replace")[-3000:])
        raise
    finally:
        process.terminate()
        process.wait(90)


def _wait(is_so, seconds: float) -> None:  # noqa: ANN001 - a function without arguments
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise SystemExit("It did not come up.")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
