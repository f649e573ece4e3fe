"""The database is brought back to a moment between two scans, really, from a copy of the server's files and its log."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import psycopg
import pytest

from dauchan.project import embedded_postgres
from dauchan.project.backup.continuous import check_base, first_file, forget_log, make_base
from dauchan.project.backup.digests import differing, table_digests
from dauchan.project.backup.manifest import read_manifest
from dauchan.project.backup.moments import arrive, prepare_moment
from dauchan.project.database import start_embedded
from dauchan.project.directories import make_var
from dauchan.project.environment import OWNER_ROLE, SUPERUSER, Environment, embedded_url
from dauchan.project.errors import CannotStart
from dauchan.project.keys import fresh_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: As many tables as it takes; the whole structure would cost seconds.
TABLES = (
    "CREATE TABLE scan_attempt (venue_id bigint, at timestamptz); CREATE TABLE django_session (); CREATE TABLE cache ()"
)
SCAN = "INSERT INTO scan_attempt VALUES (%s, now())"


def in_silence(_step: str, _done: float | None) -> None:
    pass


@pytest.fixture
def here(tmp_path: Path) -> Environment:
    """An installation with an embedded database that keeps its log."""
    log = tmp_path / "log of changes"
    log.mkdir()
    return Environment.read({"DAUCHAN_VAR": str(tmp_path / "here"), "DAUCHAN_WAL_ARCHIVE": str(log), **fresh_keys()})


@pytest.fixture
def server(here: Environment, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """Its server, which need not wait for the disk."""
    monkeypatch.setattr(embedded_postgres, "SETTINGS", {**embedded_postgres.SETTINGS, "fsync": "off"})
    make_var(here.var)
    child = start_embedded(here, lambda _: None)
    try:
        with psycopg.connect(here.database_url, autocommit=True) as connection:
            connection.execute(TABLES)
            yield connection
    finally:
        child.stop()


def scan(connection: psycopg.Connection, venue: int) -> datetime:
    """A failed scan at a door. Returns: an instant after it."""
    connection.execute(SCAN, [venue])
    (at,) = connection.execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),)
    return cast("datetime", at)


def digests(here: Environment) -> dict[str, list[int]]:
    with psycopg.connect(here.database_url) as connection:
        return table_digests(connection, in_silence)


def keep_log_now(here: Environment) -> None:
    """As the server does after a minute."""
    url = embedded_url(here.run, SUPERUSER, here.keys)
    with psycopg.connect(url, autocommit=True) as connection:
        (current,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    deadline = time.monotonic() + 60
    while not (cast("Path", here.wal_archive) / current).exists():
        assert time.monotonic() < deadline, (here.var / "log" / "database.log").read_text()
        time.sleep(0.05)


def test_back_to_the_moment_between_two_scans(here: Environment, server: psycopg.Connection, tmp_path: Path) -> None:
    log = cast("Path", here.wal_archive)
    backup, _ = make_base(here, tmp_path / "copies", in_silence)
    moment = scan(server, 1)
    between = digests(here)
    scan(server, 2)
    keep_log_now(here)
    assert differing(between, digests(here)) != []

    manifest = read_manifest(backup)
    elsewhere = dataclasses.replace(here, var=tmp_path / "elsewhere", run=tmp_path / "r", wal_archive=None)
    elsewhere = dataclasses.replace(elsewhere, database_url=embedded_url(elsewhere.run, OWNER_ROLE, here.keys))
    with pytest.raises(CannotStart, match="nothing earlier"):
        prepare_moment(backup, manifest, log, manifest.instant - timedelta(seconds=1), elsewhere.var / "postgres")
    make_var(elsewhere.var)
    prepare_moment(backup, manifest, log, moment, elsewhere.var / "postgres")
    child = start_embedded(elsewhere, lambda _: None)
    try:
        arrive(elsewhere, backup)
        assert differing(between, digests(elsewhere)) == []
        with psycopg.connect(elsewhere.database_url) as connection:
            assert connection.execute("SELECT venue_id FROM scan_attempt").fetchall() == [(1,)]
    finally:
        child.stop()
    assert "recovery_target_time" not in (elsewhere.var / "postgres" / "postgresql.auto.conf").read_text()

    before = sorted(log.iterdir())
    assert forget_log(log, tmp_path / "copies") >= 0
    assert set(before) - set(log.iterdir()) == {path for path in before if path.name < first_file(backup)}
    (backup / "base" / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotStart, match="pg_verifybackup"):
        check_base(backup)


def test_a_server_that_keeps_no_log_is_not_copied(database_url: str, here: Environment, tmp_path: Path) -> None:
    silent = dataclasses.replace(here, database_backup_url=database_url)
    with pytest.raises(CannotStart, match="keeps no log"):
        make_base(silent, tmp_path / "copies", in_silence)
    assert not (tmp_path / "copies").exists()
