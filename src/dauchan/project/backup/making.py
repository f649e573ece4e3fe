"""Making a backup: of one instant, while people go on scanning."""

import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import psycopg

from dauchan.project.backup.digests import LEFT_OUT, table_digests
from dauchan.project.backup.manifest import DATABASE, UPLOADS, Manifest, backups_in, sha256
from dauchan.project.backup.programs import call
from dauchan.project.backup.telling import Tell
from dauchan.project.environment import Environment
from dauchan.project.errors import CannotStart
from dauchan.project.purpose import mark_of


def make_backup(here: Environment, into: Path, tell: Tell) -> tuple[Path, Manifest]:
    """Write a new backup into a directory; it appears there whole or not at all.

    Raises:
        CannotStart: the directory cannot be written, or the database not read.
    """
    now = datetime.now(UTC)
    final = into / f"dauchan-{now:%Y%m%dT%H%M%SZ}"
    draft = final.with_suffix(".unfinished")
    try:
        draft.mkdir(mode=0o700, parents=True)
        tables = _dump(here.database_url, draft / DATABASE, tell)
        tell("Pictures / Ảnh", None)
        pack(here.var / "uploads", draft / UPLOADS)
        files = {name: sha256(draft / name) for name in (DATABASE, UPLOADS)}
        manifest = Manifest(now.isoformat(), version("dauchan"), mark_of(here), tables, files)
        manifest.write(draft)
        draft.rename(final)
    except OSError as error:
        raise CannotStart(
            f"The backup cannot be written to {into}: {error.strerror}.",
            f"Không ghi được bản sao lưu vào {into}: {error.strerror}.",
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return final, manifest


def remove_older(directory: Path, days: int, newest: Manifest) -> list[Path]:
    """Remove backups more than *days* older than the newest: what the ledger has forgotten must not live on in them."""
    limit = newest.instant - timedelta(days=days)
    old = [path for path, manifest in backups_in(directory) if manifest.instant < limit]
    for path in old:
        shutil.rmtree(path)
    return old


def _dump(url: str, file: Path, tell: Tell) -> dict[str, list[int]]:
    """Dump the database, and take the digests from the same snapshot."""
    with psycopg.connect(url) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        tell("Database / Cơ sở dữ liệu", None)
        left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
        call("pg_dump", url, "--format=custom", "--no-owner", f"--snapshot={snapshot}", *left_out, f"--file={file}")
        return table_digests(connection, tell)


def pack(uploads: Path, file: Path) -> None:
    """Pack the uploads; one that is taken away meanwhile is not in it."""
    with tarfile.open(file, "w") as archive:
        for path in sorted(uploads.rglob("*")):
            if path.is_file() and not path.is_symlink():
                try:
                    archive.add(path, path.relative_to(uploads))
                except FileNotFoundError:
                    continue
