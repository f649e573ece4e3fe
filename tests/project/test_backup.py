"""A backup is brought back into another database, really, and compared; what is not whole is refused."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from psycopg import sql
from psycopg.conninfo import make_conninfo

from dauchan.helpdesk.models import Ticket
from dauchan.project.backup.digests import differing, table_digests
from dauchan.project.backup.making import make_backup, remove_older
from dauchan.project.backup.manifest import UPLOADS, Manifest, read_manifest
from dauchan.project.backup.restoring import restore_backup
from dauchan.project.door_fixtures import drop_database
from dauchan.project.environment import Environment, environment
from dauchan.project.errors import CannotStart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


def in_silence(_step: str, _done: float | None) -> None:
    pass


def ask_for_help(code: str, words: str) -> Ticket:
    return Ticket.objects.create(code=code, topic="other", words=words, address_hash=b"", opened_at=timezone.now())


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Environment:
    """An installation with two requests for help, a picture and somebody signed in."""
    ask_for_help("HELP-0001", "Bảng mã trước cửa bị mờ")
    ask_for_help("HELP-0002", "Không nhận được tin nhắn")
    Session.objects.create(session_key="signed-in", session_data="", expire_date=timezone.now())
    picture = tmp_path / "here" / "uploads" / "venues" / "a.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    return dataclasses.replace(environment(), database_url=database_url, var=tmp_path / "here")


@pytest.fixture
def elsewhere(here: Environment, tmp_path: Path) -> Iterator[Environment]:
    """The same keys on another machine, with an empty database."""
    with psycopg.connect(here.database_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE elsewhere TEMPLATE template0")
        yield dataclasses.replace(
            here, database_url=make_conninfo(here.database_url, dbname="elsewhere"), var=tmp_path / "elsewhere"
        )
        drop_database(connection, "elsewhere")


def test_it_comes_back_row_by_row_while_people_went_on(
    here: Environment, elsewhere: Environment, tmp_path: Path
) -> None:
    def somebody_asks_meanwhile(step: str, _done: float | None) -> None:
        if step.startswith("Database") and not Ticket.objects.filter(code="HELP-0003").exists():
            ask_for_help("HELP-0003", "Sau khi bắt đầu sao lưu")

    path, manifest = make_backup(here, tmp_path / "backups", somebody_asks_meanwhile)
    assert list(path.parent.iterdir()) == [path]
    restore_backup(elsewhere, path, read_manifest(path), in_silence)
    with psycopg.connect(elsewhere.database_url) as connection:
        assert differing(manifest.tables, table_digests(connection, in_silence)) == []
        assert connection.execute("SELECT code FROM helpdesk_ticket ORDER BY 1").fetchall() == [
            ("HELP-0001",),
            ("HELP-0002",),
        ]
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert (elsewhere.var / "uploads" / "venues" / "a.jpg").read_bytes() == b"picture"
    assert Ticket.objects.count() == 3


def test_what_is_not_whole_or_not_ours_is_refused(here: Environment, elsewhere: Environment, tmp_path: Path) -> None:
    path, manifest = make_backup(here, tmp_path / "backups", in_silence)
    with pytest.raises(CannotStart, match="not empty"):
        restore_backup(here, path, manifest, in_silence)
    with pytest.raises(CannotStart, match="other keys"):
        restore_backup(elsewhere, path, dataclasses.replace(manifest, purpose={"kind": "production"}), in_silence)
    with pytest.raises(CannotStart, match="no finished backup"):
        read_manifest(path.parent)
    forged = manifest.tables | {"helpdesk_ticket": [2, 1]}
    with pytest.raises(CannotStart, match="helpdesk_ticket"):
        restore_backup(elsewhere, path, dataclasses.replace(manifest, tables=forged), in_silence)
    archive = path / UPLOADS
    archive.write_bytes(archive.read_bytes()[:-1] + b"x")
    with pytest.raises(CannotStart, match="not as it was written"):
        read_manifest(path)


def test_an_unfinished_one_leaves_nothing_behind(here: Environment, tmp_path: Path) -> None:
    gone = dataclasses.replace(here, database_url=make_conninfo(here.database_url, password="wrong"))
    with pytest.raises(psycopg.OperationalError):
        make_backup(gone, tmp_path / "backups", in_silence)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_digest_tells_a_changed_row_and_one_that_is_there_twice(here: Environment) -> None:
    change = sql.SQL("UPDATE helpdesk_ticket SET answer = answer || 'x' WHERE code = 'HELP-0001'")
    twice = sql.SQL(
        "INSERT INTO django_migrations (app, name, applied) SELECT app, name, applied FROM django_migrations"
    )
    with psycopg.connect(here.database_url) as connection:
        before = table_digests(connection, in_silence)
        connection.execute(change)
        changed = table_digests(connection, in_silence)
        connection.rollback()
        connection.execute(twice)
        doubled = table_digests(connection, in_silence)
        connection.rollback()
    assert differing(before, changed) == ["helpdesk_ticket"]
    assert differing(before, doubled) == ["django_migrations"]


def test_no_backup_outlives_its_days(tmp_path: Path) -> None:
    made = []
    for day in (1, 7, 8, 9):
        path = tmp_path / f"dauchan-202603{day:02}T190000Z"
        path.mkdir()
        manifest = Manifest(f"2026-03-{day:02}T19:00:00+00:00", "1", {}, {}, {})
        manifest.write(path)
        made.append(path)
    (tmp_path / "notes").mkdir()
    assert remove_older(tmp_path, 1, manifest) == made[:2]
    assert sorted(tmp_path.iterdir()) == [*made[2:], tmp_path / "notes"]
