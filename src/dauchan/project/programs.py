"""The programs of an installation besides its database: the console, the door and the worker."""

import os
import sys
from collections.abc import Mapping
from socket import socket

from dauchan.project.door_process import LISTENER
from dauchan.project.environment import AUDIT_URL, Environment
from dauchan.project.keys import written_key, written_ring
from dauchan.project.processes import Child
from dauchan.project.readiness import console_answers, door_answers
from dauchan.project.unprivileged import leash
from dauchan.qr.public_signing import SigningRing

CONSOLE_THREADS = 8

# What the door may know of its surroundings besides what it is given below; secrets are not among it.
SURROUNDINGS = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "VIRTUAL_ENV")
DOOR_SETTINGS = (
    "DAUCHAN_HOSTS",
    "DAUCHAN_HOTLINE",
    "DAUCHAN_TRUSTED_PROXIES",
    "DAUCHAN_DOOR_QUEUE",
    "DAUCHAN_DOOR_REQUESTS_A_MINUTE",
    "DAUCHAN_METRICS_TOKEN",
)


def _without_the_log() -> dict[str, str]:
    """Our own variables, without the key to the log: those who write into it shall not be able to change it."""
    return {name: value for name, value in os.environ.items() if name != AUDIT_URL}


def console(here: Environment) -> Child:
    """Django on gunicorn: threads, because its requests mostly wait for the database."""
    options = (
        f"--bind=unix:{here.console_socket}",
        "--worker-class=gthread",
        f"--threads={CONSOLE_THREADS}",
        "--workers=1",
        "--umask=0o077",
        "--graceful-timeout=10",
        "--timeout=120",
        "--log-level=warning",
        "--forwarder-headers=",  # no header of a client's becomes SCRIPT_NAME or PATH_INFO
        "--no-control-socket",
    )
    child = _python(here, "console", _without_the_log(), "gunicorn", *options, "dauchan.project.wsgi:application")
    child.is_ready = lambda: console_answers(here.console_socket, here.hosts[0])
    return child


def door(here: Environment, listener: socket) -> Child:
    """The door. It gets its own database role and the keys it verifies and opens with, and no other secret."""
    environ = {name: os.environ[name] for name in (*SURROUNDINGS, *DOOR_SETTINGS) if name in os.environ} | {
        "DAUCHAN_DATABASE_DOOR_URL": here.database_door_url,
        "DAUCHAN_CONSOLE_SOCKET": str(here.console_socket),
        "DAUCHAN_VENUE_CODE_KEYS": written_ring(here.keys.venue_code),
        "DAUCHAN_PERSON_TOKEN_KEYS": written_ring(here.keys.person_token),
        "DAUCHAN_CARD_PUBLIC_KEYS": written_ring(SigningRing(max(here.keys.card), here.keys.card).public_keys),
        "DAUCHAN_GATE_QUEUE_KEYS": written_ring(here.keys.gate_queue),
        # The door seals with the highest key it has: while keys roll, those that are not used yet stay away from it.
        "DAUCHAN_PERSONAL_DATA_KEYS": written_ring(
            {
                version: key
                for version, key in here.keys.personal_data.items()
                if version <= here.keys.personal_data_current
            }
        ),
        "DAUCHAN_LOOKUP_KEY": written_key(here.keys.lookup),
        "DAUCHAN_BASE_URL": here.base_url,
        LISTENER: str(listener.fileno()),
    }
    child = _python(here, "door", environ, "dauchan.project.door_process")
    child.pass_fds = (listener.fileno(),)
    child.is_ready = lambda: door_answers(here.host, here.port)
    return child


def worker(here: Environment) -> Child:
    """The worker for the jobs that run beside the console."""
    return _python(here, "worker", _without_the_log(), "dauchan.project", "worker")


def exchange(here: Environment) -> Child | None:
    """What hands the ledger over to others, where that was agreed when the installation started; the worker does it every minute."""
    agreed = [path for path in (here.var / "exchange").glob("*.toml") if path.stem != "receiver"]
    return (
        _python(here, "exchange", _without_the_log(), "dauchan.project", "exchange", "run", "--follow")
        if agreed
        else None
    )


def _python(here: Environment, name: str, environ: Mapping[str, str], *module: str) -> Child:
    words = [*leash("TERM"), sys.executable, "-m", *module]
    return Child(name=name, command=lambda: words, log=here.var / "log" / f"{name}.log", environ=environ)
