"""The directories of an installation: room on the disk, privacy, and one owner at a time."""

import fcntl
import os
import shutil
import stat
from pathlib import Path
from typing import IO

from dauchan.project.errors import CannotStart
from dauchan.project.postgres_refusals import disk_full

# A new database takes about 60 MB, and PostgreSQL must always have room for the next segments of its log.
ROOM_BYTES = 100 * 1024 * 1024


def make_var(var: Path) -> None:
    """Make the directory of everything the installation keeps.

    Raises:
        CannotStart: it cannot be made or written, or its disk is full.
    """
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        (var / "log").mkdir(exist_ok=True)
        free = shutil.disk_usage(var).free
        writable = os.access(var, os.W_OK) and os.access(var / "log", os.W_OK)
    except OSError as error:
        raise _not_writable(var, error.strerror) from error
    if not writable:
        raise _not_writable(var, "permission denied")
    if free < ROOM_BYTES:
        raise disk_full(var)


def make_private(directory: Path) -> None:
    """Make a directory that only this user may enter.

    Raises:
        CannotStart: somebody else has made it before us; possible where it lies in the system's temporary directory.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise CannotStart(
            f"{directory} belongs to another user; set DAUCHAN_VAR to a directory with a shorter path.",
            f"{directory} thuộc về người dùng khác; hãy đặt DAUCHAN_VAR là một thư mục có đường dẫn ngắn hơn.",
        )
    directory.chmod(0o700)


def hold(path: Path) -> IO[str]:
    """Hold this installation: nobody else gets it until the returned file is closed or this process ends.

    Raises:
        CannotStart: another process holds it.
    """
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise CannotStart(
            f"Dấu Chân is running already from {path.parent} (process {holder}); stop it first.",
            f"Dấu Chân đang chạy từ {path.parent} (tiến trình {holder}); hãy dừng nó trước.",
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _not_writable(var: Path, reason: str | None) -> CannotStart:
    return CannotStart(
        f"{var} cannot be written ({reason}); give it to this user or set DAUCHAN_VAR to another directory.",
        f"Không ghi được vào {var} ({reason}); hãy cấp quyền cho người dùng này hoặc đặt DAUCHAN_VAR sang thư mục khác.",
    )
