"""Backups from which any moment can be brought back: a copy of the server's files, and its log since, kept elsewhere.

A copy is a folder like those of `dauchan backup`, with `base/` (pg_basebackup) in the place of the dump. The log, 16 MB a
file, is put into another folder by the server itself (`kept_log.archive_settings`).
"""

import re
import shutil
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from dauchan.project.backup.making import pack
from dauchan.project.backup.manifest import UPLOADS, Manifest, backups_in, sha256
from dauchan.project.backup.programs import call, run
from dauchan.project.backup.telling import Tell
from dauchan.project.embedded_postgres import binary
from dauchan.project.environment import Environment
from dauchan.project.errors import CannotStart
from dauchan.project.purpose import mark_of

BASE = "base"
#: What pg_basebackup says of each file; `pg_verifybackup` compares.
FILES_OF_BASE = f"{BASE}/backup_manifest"
_ARCHIVES = "SELECT current_setting('archive_mode') = 'off', current_setting('archive_command') = ''"
_STATE = (
    "SELECT last_failed_wal FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity')"
)
_FIRST_FILE = re.compile(r"^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)$", re.MULTILINE)


def make_base(here: Environment, into: Path, tell: Tell) -> tuple[Path, Manifest]:
    """Copy the server's files into a new folder while it runs; it appears there whole or not at all.

    Raises:
        CannotStart: the server keeps no log, may not be copied by this role, or the folder cannot be written.
    """
    _check_archiving(here.database_backup_url)
    now = datetime.now(UTC)
    final = into / f"dauchan-{now:%Y%m%dT%H%M%SZ}-continuous"
    draft = final.with_suffix(".unfinished")
    try:
        draft.mkdir(mode=0o700, parents=True)
        tell("Server's files / Tệp của máy chủ", None)
        words = ("--format=plain", "--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256")
        call("pg_basebackup", here.database_backup_url, *words, f"--pgdata={draft / BASE}")
        tell("Pictures / Ảnh", None)
        pack(here.var / "uploads", draft / UPLOADS)
        files = {name: sha256(draft / name) for name in (FILES_OF_BASE, UPLOADS)}
        manifest = Manifest(now.isoformat(), version("dauchan"), mark_of(here), {}, files)
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


def is_continuous(backup: Path) -> bool:
    """Whether a backup is a copy of the server's files."""
    return (backup / FILES_OF_BASE).exists()


def check_base(backup: Path) -> None:
    """Whether every file of the copy is as it was written.

    Raises:
        CannotStart: one is missing or was changed.
    """
    run([binary("pg_verifybackup"), "--quiet", str(backup / BASE)], {})


def forget_log(log: Path, directory: Path) -> int:
    """Remove the files of the log that no copy in *directory* needs any more. Returns: how many."""
    firsts = [first_file(path) for path, _ in backups_in(directory) if is_continuous(path)]
    if not firsts:
        return 0
    before = set(log.iterdir())
    run([binary("pg_archivecleanup"), str(log), min(firsts)], {})
    return len(before - set(log.iterdir()))


def first_file(backup: Path) -> str:
    """The file of the log with which the way back begins."""
    found = _FIRST_FILE.search((backup / BASE / "backup_label").read_text(encoding="utf-8"))
    if found is None:
        raise CannotStart(
            f"{backup / BASE} does not say where its log begins; use another backup.",
            f"{backup / BASE} không cho biết nhật ký bắt đầu từ đâu; hãy dùng bản sao lưu khác.",
        )
    return found[1]


def _check_archiving(url: str) -> None:
    with psycopg.connect(url) as connection:
        is_off, is_empty = connection.execute(_ARCHIVES).fetchone() or (True, True)
        failed = connection.execute(_STATE).fetchone()
    if is_off or is_empty:
        raise CannotStart(
            "The server keeps no log of its changes: set archive_mode and archive_command, or DAUCHAN_WAL_ARCHIVE for the "
            "embedded database, and start it anew.",
            "Máy chủ chưa lưu nhật ký thay đổi: hãy đặt archive_mode và archive_command, hoặc DAUCHAN_WAL_ARCHIVE cho cơ sở "
            "dữ liệu đi kèm, rồi khởi động lại.",
        )
    if failed:
        raise CannotStart(
            f"The server could not keep its log lately (file {failed[0]}): is its folder full, or not the server's to write?",
            f"Gần đây máy chủ không lưu được nhật ký (tệp {failed[0]}): thư mục đã đầy, hay máy chủ không được ghi vào?",
        )
