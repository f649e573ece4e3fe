"""The embedded database: real servers in temporary directories."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from dauchan.project import unprivileged
from dauchan.project.database import database_child
from dauchan.project.embedded_postgres import EmbeddedPostgres
from dauchan.project.environment import DOOR_ROLE, embedded_url
from dauchan.project.errors import CannotStart
from dauchan.project.keys import Keys, fresh_keys
from dauchan.project.processes import Child

KEYS = Keys.read(fresh_keys())


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as the first start makes it."""
    place = tmp_path_factory.mktemp("pristine")
    postgres(place).create()
    return place / "postgres"


@pytest.fixture
def made(pristine: Path, tmp_path: Path) -> EmbeddedPostgres:
    shutil.copytree(pristine, tmp_path / "postgres", copy_function=shutil.copy)
    (tmp_path / "postgres").chmod(0o700)
    return postgres(tmp_path)


def postgres(place: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(place / "postgres", place / "run", place / "database.log", KEYS)


@contextmanager
def running(server: EmbeddedPostgres) -> Iterator[Child]:
    child = database_child(server)
    child.start()
    try:
        child.wait_until_ready()
        yield child
    finally:
        child.stop()


def start_and_stop(server: EmbeddedPostgres) -> None:
    server.create()
    with running(server):
        pass


def refusal(server: EmbeddedPostgres) -> str:
    with pytest.raises(CannotStart) as refused:
        start_and_stop(server)
    assert str(server.data) in refused.value.english
    assert str(server.data) in refused.value.vietnamese
    return refused.value.english


def write_rows(server: EmbeddedPostgres, count: int) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (number int)")
        connection.execute("INSERT INTO seen SELECT generate_series(1, %s)", [count])


def rows(server: EmbeddedPostgres) -> int:
    with psycopg.connect(server.url) as connection:
        found = connection.execute("SELECT count(*) FROM seen").fetchone()
    assert found is not None
    return int(found[0])


def test_rows_are_there_at_the_second_start(made: EmbeddedPostgres) -> None:
    with running(made):
        write_rows(made, 5)
    assert made.create() is False
    with running(made):
        assert rows(made) == 5


def test_it_is_made_whole_after_a_first_start_that_was_interrupted(tmp_path: Path) -> None:
    leftover = tmp_path / "postgres.new"
    leftover.mkdir()
    (leftover / "PG_VERSION").write_text("18\n")
    server = postgres(tmp_path)
    assert server.create() is True
    assert not leftover.exists()
    with running(server):
        write_rows(server, 1)


def test_what_the_console_needs_is_there_and_nothing_more(made: EmbeddedPostgres) -> None:
    with running(made), psycopg.connect(made.url) as connection:
        for extension in ("btree_gist", "citext", "ltree", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION {extension}")
        found = connection.execute(
            "SELECT lower('ĐÀ NẴNG'), current_setting('server_encoding'), current_setting('data_checksums'),"
            " current_setting('fsync'), current_setting('synchronous_commit'), current_setting('listen_addresses'),"
            " (SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user)"
        ).fetchone()
    assert found == ("đà nẵng", "UTF8", "on", "on", "on", "", False)


def test_the_door_may_read_nothing(made: EmbeddedPostgres) -> None:
    with running(made):
        write_rows(made, 1)
        with psycopg.connect(embedded_url(made.run, DOOR_ROLE, KEYS)) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT * FROM seen")
            connection.rollback()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE mine (number int)")


def test_a_password_is_needed_and_the_socket_is_closed_to_others(made: EmbeddedPostgres) -> None:
    with running(made):
        assert made.run.stat().st_mode & 0o077 == 0
        stranger = replace(made, keys=Keys.read(fresh_keys()))
        with pytest.raises(CannotStart, match="made with other keys"):
            stranger.is_ready()


def test_committed_rows_survive_a_kill(made: EmbeddedPostgres) -> None:
    child = database_child(made)
    child.start()
    child.wait_until_ready()
    write_rows(made, 1000)
    assert child.process is not None
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert (made.data / "postmaster.pid").exists()
    with running(made):
        assert rows(made) == 1000


def test_a_pid_file_that_names_another_program_is_no_hindrance(made: EmbeddedPostgres) -> None:
    (made.data / "postmaster.pid").write_text(f"{os.getpid()}\n{made.data}\n1\n5432\n{made.run}\n\n\n")
    with running(made):
        write_rows(made, 1)


def test_a_server_left_over_is_ended_first(made: EmbeddedPostgres) -> None:
    left_over = database_child(made)
    left_over.start()
    left_over.wait_until_ready()
    write_rows(made, 3)
    with running(made) as child:
        assert left_over.process is not None
        assert left_over.process.wait(30) == 0
        assert child.status() is None
        assert rows(made) == 3


def test_it_ends_with_a_supervisor_that_is_killed(made: EmbeddedPostgres) -> None:
    if not unprivileged.leash("INT"):
        pytest.skip("only Linux tells a program of its parent's death")
    made.prepare()
    words = [sys.executable, "-c", PARENT, *made.command()]
    parent = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    with suppress(psycopg.OperationalError):
        while not made.is_ready():
            pass
    parent.kill()
    parent.wait()
    parent.stdout.close()
    made._wait_for_end(pid)
    assert not made.is_ready()


PARENT = """
import subprocess, sys, time
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
print(process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("broken", ["PG_VERSION", "global/pg_control", "pg_wal", "base"])
def test_a_broken_data_directory_is_one_sentence(made: EmbeddedPostgres, broken: str) -> None:
    path = made.data / broken
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    told = refusal(made)
    assert "is damaged" in told
    assert "\n" not in told


def test_a_directory_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    assert "is damaged" in refusal(postgres(tmp_path))


def test_a_database_of_another_version(made: EmbeddedPostgres) -> None:
    (made.data / "PG_VERSION").write_text("15\n")
    assert "was made by PostgreSQL 15, this release brings 18" in refusal(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
class TestAsRoot:
    """PostgreSQL refuses to be root; there are two ways around it."""

    def test_without_user_namespaces_it_runs_as_nobody(
        self, made: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parents = {parent: parent.stat().st_mode for parent in made.data.parents}
        refuse(monkeypatch, unprivileged.NAMESPACE)
        with running(made) as child:
            assert child.process is not None
            assert Path(f"/proc/{child.process.pid}").stat().st_uid == unprivileged.NOBODY
            write_rows(made, 2)
        monkeypatch.undo()
        with running(made):
            assert rows(made) == 2
        assert {parent: parent.stat().st_mode for parent in made.data.parents} == parents

    def test_with_neither_way_it_says_so(self, made: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
        refuse(monkeypatch, unprivileged.NAMESPACE, unprivileged._as_user(unprivileged.NOBODY, unprivileged.NOBODY))
        with pytest.raises(CannotStart, match="start as an ordinary user, or set DATABASE_URL"):
            made.command()


def refuse(monkeypatch: pytest.MonkeyPatch, *ways: tuple[str, ...]) -> None:
    works = unprivileged._works
    monkeypatch.setattr(unprivileged, "_works", lambda words: words not in ways and works(words))
