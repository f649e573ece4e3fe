"""One program of an installation by itself, under a supervisor such as systemd; `dauchan up` starts them all."""

import os
import sys
from collections.abc import Iterator, Mapping
from socket import socket

import click

from dauchan.project.database import database_running
from dauchan.project.directories import make_private, make_var
from dauchan.project.environment import environment
from dauchan.project.listening import listen
from dauchan.project.processes import Child
from dauchan.project.programs import console, door, exchange

#: Where a supervisor puts the first socket it opened for us (sd_listen_fds(3)).
GIVEN_SOCKET = 3


def become_door() -> None:
    """Become the door, on the socket that the supervisor opened, else on HOST and PORT."""
    here = environment()
    listener = socket(fileno=GIVEN_SOCKET) if _is_given(os.environ) else listen(here.host, here.port)
    listener.set_inheritable(True)
    _become(door(here, listener))


def door_settings() -> Iterator[str]:
    """What the door must be told, as lines of an environment file: it needs few of the keys, and its user no others."""
    with socket() as nowhere:
        environ = door(environment(), nowhere).environ
    for name, value in sorted(environ.items()):
        if name.startswith("DAUCHAN_") and name != "DAUCHAN_DOOR_LISTENER":
            yield f'{name}="{value}"'


def become_console() -> None:
    """Become the console; gunicorn takes a socket that the supervisor opened by itself."""
    here = environment()
    make_var(here.var)
    if not _is_given(os.environ):
        make_private(here.run)
    with database_running(here, lambda line: click.echo(line, err=True)):
        _become(console(here))


def become_exchange() -> None:
    """Become what hands the ledger over; where nothing was agreed with anybody, come back at once."""
    child = exchange(environment())
    if child is not None:
        _become(child)


def _is_given(environ: Mapping[str, str]) -> bool:
    return environ.get("LISTEN_FDS") == "1" and environ.get("LISTEN_PID") == str(os.getpid())


def _become(child: Child) -> None:
    words = list(child.command())
    own = words[words.index(sys.executable) :]  # not tied to our parent's end: that is the supervisor's affair
    sys.stdout.flush()
    os.execve(own[0], own, dict(child.environ))  # noqa: S606 - our own program
