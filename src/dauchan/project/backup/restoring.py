"""Bringing a backup back into an empty database, and proving that it is the same."""

import tarfile
from pathlib import Path

import psycopg

from dauchan.project.backup.digests import differing, table_digests
from dauchan.project.backup.manifest import DATABASE, UPLOADS, Manifest
from dauchan.project.backup.programs import call
from dauchan.project.backup.telling import Tell
from dauchan.project.environment import Environment
from dauchan.project.errors import CannotStart
from dauchan.project.purpose import mark_of

_TABLES = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"


def restore_backup(here: Environment, directory: Path, manifest: Manifest, tell: Tell) -> None:
    """Restore a backup whose files were checked (`read_manifest`).

    Raises:
        CannotStart: it is of another kind of installation or other keys, the database is not empty, or what came back
            is not what went in.
    """
    _check_fit(here, manifest)
    tell("Database / Cơ sở dữ liệu", None)
    call("pg_restore", here.database_url, "--no-owner", "--exit-on-error", directory / DATABASE)
    tell("Pictures / Ảnh", None)
    unpack(directory / UPLOADS, here.var / "uploads")
    with psycopg.connect(here.database_url) as connection:
        found = table_digests(connection, tell)
    if wrong := differing(manifest.tables, found):
        raise CannotStart(
            f"These tables are not as they were in the backup: {', '.join(wrong)}. Do not use this database.",
            f"Các bảng này không giống trong bản sao lưu: {', '.join(wrong)}. Không dùng cơ sở dữ liệu này.",
        )


def check_purpose_of(here: Environment, manifest: Manifest) -> None:
    """Whether a backup is of this kind of installation and of these keys.

    Raises:
        CannotStart: it is not.
    """
    if manifest.purpose != mark_of(here):
        raise CannotStart(
            f"The backup is of a {manifest.purpose.get('kind')} installation with other keys or another DAUCHAN_ENV; "
            "set the keys that belong to it.",
            f"Bản sao lưu là của bản cài {manifest.purpose.get('kind')} với khóa khác hoặc DAUCHAN_ENV khác; "
            "hãy đặt đúng các khóa đi kèm.",
        )


def _check_fit(here: Environment, manifest: Manifest) -> None:
    check_purpose_of(here, manifest)
    with psycopg.connect(here.database_url) as connection:
        (tables,) = connection.execute(_TABLES).fetchone() or (0,)
    if tables:
        raise CannotStart(
            "The database is not empty; a backup is restored into a new one only.",
            "Cơ sở dữ liệu không trống; chỉ khôi phục bản sao lưu vào cơ sở dữ liệu mới.",
        )


def unpack(file: Path, uploads: Path) -> None:
    """Unpack the pictures of a backup."""
    uploads.mkdir(parents=True, exist_ok=True)
    with tarfile.open(file) as archive:
        archive.extractall(uploads, filter="data")
