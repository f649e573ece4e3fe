"""The peer that checks people in for a living: pretix, its check-in API under gunicorn, on the same PostgreSQL.

It is installed from PyPI into an environment of its own, once: `PRETIX_VENV`, or `var/bench/pretix`. There is no Redis here, so pretix keeps its caches in its processes: for check-ins that saves it a call.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from machine import cpu_seconds, postmaster

VERSION = "2026.8.0"
WORKERS = 4  # two for each processor, as its documentation has it


class Pretix(NamedTuple):
    """A server that is warm, and what its load generator needs to know."""

    port: int
    pid: int
    owner: str
    plan: dict[str, object]


@contextmanager
def pretix(owner: str, tickets: int) -> Iterator[Pretix]:
    """A pretix with an event and so many sold tickets, in a schema of its own of the owner's database."""
    with tempfile.TemporaryDirectory(prefix="pretix-") as folder:
        python = _python(Path(os.environ.get("PRETIX_VENV", "var/bench/pretix")))
        _schema(owner)
        environ = _environ(owner, Path(folder))
        _run(python, environ, "-m", "pretix", "migrate", "-v0")
        said = _run(python, environ, str(Path(__file__).with_name("pretix_seed.py")), str(tickets))
        plan = json.loads(said.strip().splitlines()[-1])
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = [str(python), "-m", "gunicorn", "pretix.wsgi", f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}"]
        words += ["--max-requests=1200", "--max-requests-jitter=50", "--log-level=error"]
        process = subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 own words
        try:
            _wait_for(port)
            yield Pretix(port, process.pid, owner, plan)
        finally:
            process.terminate()
            process.wait()


def redeemed(server: Pretix, seconds: float) -> tuple[float, str]:
    """Check-ins a second, and the line of the table; each is then counted in pretix's own table."""
    whole = {"kind": "redeems", "port": server.port, "seconds": seconds, "connections": 8, "batch": 1, **server.plan}
    database_pid = postmaster(server.owner)
    before = cpu_seconds(server.pid), cpu_seconds(database_pid)
    words = [sys.executable, str(Path(__file__).with_name("load.py"))]
    said = subprocess.run(words, input=json.dumps(whole), check=True, capture_output=True, text=True).stdout  # noqa: S603 own words
    after = cpu_seconds(server.pid), cpu_seconds(database_pid)
    found = json.loads(said)
    with psycopg.connect(server.owner) as connection:
        (stored,) = connection.execute(
            "SELECT count(*) FROM pretix.pretixbase_checkin WHERE successful"
        ).fetchone() or (0,)
    cost = [1e6 * (end - start) / max(stored, 1) for start, end in zip(before, after, strict=True)]
    statuses = " ".join(f"{status}: {count:,}" for status, count in found["statuses"].items())
    return found["rate"], (
        f"{cost[0]:,.0f} server + {cost[1]:,.0f} PostgreSQL · {found['ms']} · {statuses} · {stored:,} in its table"
    )


def _python(venv: Path) -> Path:
    python = venv.absolute() / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)  # noqa: S603 own words
        words = [str(python), "-m", "pip", "install", "-q", f"pretix=={VERSION}", "gunicorn"]
        subprocess.run(words, check=True)  # noqa: S603 own words
    return python


def _schema(owner: str) -> None:
    """Its tables stand in a schema of their own: the owner of the ledger may make no database."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS pretix CASCADE")
        connection.execute("CREATE SCHEMA pretix")


def _environ(owner: str, folder: Path) -> dict[str, str]:
    at = urlsplit(owner)
    host = parse_qs(at.query).get("host", [at.hostname or ""])[0]
    named = {
        "BACKEND": "postgresql",
        "NAME": at.path.lstrip("/"),
        "USER": unquote(at.username or ""),
        "HOST": unquote(host),
    }
    named |= {"PASSWORD": unquote(at.password or ""), "PORT": str(at.port or parse_qs(at.query).get("port", [""])[0])}
    settings = {f"PRETIX_DATABASE_{name}": value for name, value in named.items()}
    settings["PGOPTIONS"] = "-c search_path=pretix"
    return {**os.environ, **settings, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "pretix.settings"}


def _run(python: Path, environ: dict[str, str], *words: str) -> str:
    done = subprocess.run([str(python), *words], env=environ, capture_output=True, text=True, check=False)  # noqa: S603 own words
    if done.returncode:
        raise SystemExit(f"pretix: {' '.join(words)} failed\n{done.stderr[-2000:]}")
    return done.stdout


def _wait_for(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return time.sleep(8)  # each worker loads pretix by itself
        except OSError:
            time.sleep(0.2)
