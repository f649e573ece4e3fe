"""Running PostgreSQL, which refuses to be root, without touching the permissions of any parent folder.

An ordinary user needs nothing. Root first tries a user namespace in which it is somebody else: the files stay root's.
Where namespaces are refused (many containers), the data directory is given to `nobody` and the server runs as that
user with one capability left, passing through folders that are closed to it; the folders themselves stay as they are.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from dauchan.project.errors import CannotStart

NOBODY = 65534

NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")


def unprivileged(directory: Path) -> tuple[str, ...]:
    """The words before a command that must not be root, so that it owns `directory`, which exists.

    Raises:
        CannotStart: we are root and this system lets root become nobody else.
    """
    if os.geteuid() != 0:
        return ()
    owner = directory.stat()
    if owner.st_uid == 0 and _works(NAMESPACE):
        return NAMESPACE
    uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid else (NOBODY, NOBODY)
    words = _as_user(uid, gid)
    if not _works(words):
        raise CannotStart(
            "PostgreSQL refuses to run as root, and this system lets root become nobody else; "
            "start as an ordinary user, or set DATABASE_URL.",
            "PostgreSQL không chạy bằng quyền root, và hệ thống này không cho root đổi sang người dùng khác; "
            "hãy chạy bằng người dùng thường, hoặc đặt DATABASE_URL.",
        )
    if owner.st_uid == 0:
        _give_away(directory)
    return words


def leash(signal_name: str) -> tuple[str, ...]:
    """The words before a command that shall get this signal when we die, however we die; none where Linux is not."""
    words = ("setpriv", "--pdeathsig", signal_name, "--")
    return words if _works(words) else ()


def _as_user(uid: int, gid: int) -> tuple[str, ...]:
    capability = "+dac_override"
    return (
        "setpriv",
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--inh-caps={capability}",
        f"--ambient-caps={capability}",
        "--",
    )


@cache
def _works(words: tuple[str, ...]) -> bool:
    if shutil.which(words[0]) is None:
        return False
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603 own words


def _give_away(directory: Path) -> None:
    for folder, _, files in os.walk(directory):
        for path in (folder, *(os.path.join(folder, name) for name in files)):  # noqa: PTH118 thousands of files
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
