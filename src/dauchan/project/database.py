"""The database of an installation, embedded or external: whether it is there and fit, and running it for a while."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dauchan.project.directories import hold, make_var
from dauchan.project.embedded_postgres import PATIENCE_SECONDS, EmbeddedPostgres
from dauchan.project.environment import Environment
from dauchan.project.external_database import check_external
from dauchan.project.kept_log import archive_settings
from dauchan.project.postgres_refusals import StillInUse
from dauchan.project.processes import FATAL, Child, Say
from dauchan.project.purpose import check_purpose

LEFTOVER_SECONDS = 30


def embedded(environment: Environment) -> EmbeddedPostgres:
    """The embedded database of this installation."""
    log = environment.var / "log" / "database.log"
    settings = archive_settings(environment.wal_archive) if environment.wal_archive else {}
    return EmbeddedPostgres(environment.var / "postgres", environment.run, log, environment.keys, settings)


def database_child(postgres: EmbeddedPostgres) -> Child:
    """The embedded database's server as a program to be kept running."""
    return Child(
        name="database",
        command=postgres.command,
        log=postgres.log,
        environ={"LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"},
        is_ready=postgres.is_ready,
        prepare=postgres.prepare,
        refusal=postgres.refusal,
        # Not TERM, which would wait for every client to leave.
        stop_signal=signal.SIGINT,
        stop_seconds=60,
        errors=FATAL,
    )


def start_embedded(environment: Environment, say: Say) -> Child:
    """Start the embedded database, made before if there is none, and wait until it answers.

    Raises:
        CannotStart: it cannot be made or does not come up.
    """
    postgres = embedded(environment)
    if not postgres.data.exists():
        say("Making the database …")
    postgres.create()
    child = database_child(postgres)
    try:
        _start_patiently(child)
        postgres.add_missing_role()
    except BaseException:
        child.stop()
        raise
    return child


def _start_patiently(child: Child) -> None:
    """A server that was killed leaves processes that end a little later than it."""
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while True:
        child.start()
        try:
            return child.wait_until_ready(PATIENCE_SECONDS)
        except StillInUse:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


@contextmanager
def database_running(environment: Environment, say: Say) -> Iterator[None]:
    """The database answers inside. An embedded one that does not run is started and stopped again afterwards.

    Raises:
        CannotStart: there is no usable database.
    """
    if not environment.embedded:
        check_external(environment.database_url)
        check_purpose(environment)
        yield
        return
    if (running := embedded(environment)).is_ready():
        running.add_missing_role()
        yield
        return
    make_var(environment.var)
    with hold(environment.var / "up.lock"):
        child = start_embedded(environment, say)
        try:
            yield
        finally:
            child.stop()
