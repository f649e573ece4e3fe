"""A whole installation on one machine: what `dauchan up` starts, in which order, and what it tells the operator."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from dauchan.project.database import start_embedded
from dauchan.project.directories import hold, make_private, make_var
from dauchan.project.environment import Environment, Kind, environment
from dauchan.project.errors import CannotStart
from dauchan.project.external_database import check_external
from dauchan.project.listening import listen
from dauchan.project.processes import Child, stop_all, tend_for_ever
from dauchan.project.programs import console, door, exchange, worker
from dauchan.project.purpose import check_purpose
from dauchan.project.signals import ended_by_signal
from dauchan.project.unprivileged import leash


def serve() -> None:
    """Start everything, say where it is, keep it running until a signal, stop it in good order.

    Raises:
        CannotStart: something that is needed is not there; nothing is left running.
    """
    with ended_by_signal():
        here = environment()
        if here.env is Kind.TEST:
            raise CannotStart(
                "DAUCHAN_ENV is test, which shows every code on screen and is for the test run only.",
                "DAUCHAN_ENV đang là test: mọi mã đều hiện trên màn hình, chỉ dùng để chạy kiểm thử.",
            )
        make_var(here.var)
        with hold(here.var / "up.lock"), listen(here.host, here.port) as listener, stopped_at_the_end() as children:
            make_private(here.run)
            start_database(here, children)
            # The console loads while the database is brought up to date; nobody reaches it before the door opens.
            start(console(here), children)
            prepare_database()
            start(door(here, listener), children)
            for child in children:
                child.wait_until_ready()
            announce(here)
            # Nobody waits for the worker: it may load after the first page is served.
            start(worker(here), children)
            if sender := exchange(here):
                start(sender, children)
            tend_for_ever(children, say)


@contextmanager
def stopped_at_the_end() -> Iterator[list[Child]]:
    """The children that are started inside; all are stopped when the block is left, however that happens."""
    children: list[Child] = []
    try:
        yield children
    finally:
        say("Stopping … / Đang dừng …")
        stop_all(children)
        say("Stopped. / Đã dừng.")


def start_database(here: Environment, children: list[Child]) -> None:
    """Start the embedded database, or check the one that was given."""
    if here.embedded:
        children.append(start_embedded(here, say))
    else:
        check_external(here.database_url)
        check_purpose(here)


def start(child: Child, children: list[Child]) -> None:
    """Start a program that shall be stopped with the others."""
    children.append(child)
    child.start()


def prepare_database() -> None:
    """Bring the database up to date, in a program of its own so that this one stays small. Nobody need wait for the tracing engine: the worker compiles it.

    Raises:
        CannotStart: it failed; it has said why.
    """
    command = [*leash("INT"), sys.executable, "-m", "dauchan.project", "prepare", "--no-compile"]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 our own program
        raise CannotStart(
            "The database could not be brought up to date; the lines above say why.",
            "Không cập nhật được cơ sở dữ liệu; lý do ở các dòng trên.",
        )


def announce(here: Environment) -> None:
    """Say that it is ready, where, and who may sign in to a demonstration."""
    if here.env is Kind.DEMONSTRATION:
        from dauchan.project.demonstration import accounts_table

        say(accounts_table())
    say(f"\nReady at {here.base_url} (Ctrl-C stops it)\nSẵn sàng tại {here.base_url} (Ctrl-C để dừng)")


def say(line: str) -> None:
    """Tell the operator; a terminal that is gone does not stop us."""
    with suppress(OSError):
        click.echo(line)
