"""Where secret keys come from besides the environment: a file, or a program that asks a key management service.

`DAUCHAN_KEYS_FILE` names a file of NAME=VALUE lines (what `dauchan keys` prints), readable by its user only.
`DAUCHAN_KEYS_COMMAND` is a command that prints such lines: it fetches or unwraps them from a KMS, so that no key lies on the
machine's disk. A variable of the environment wins over both.
"""

import os
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from dauchan.project.errors import CannotStart

PATIENCE_SECONDS = 30
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keys_from_elsewhere(environ: Mapping[str, str]) -> dict[str, str]:
    """The lines of the file and of the command, if they are set.

    Raises:
        CannotStart: the file cannot be read or is readable by others, or the command failed.
    """
    found: dict[str, str] = {}
    if file := environ.get("DAUCHAN_KEYS_FILE"):
        found |= _lines(_read(Path(file)))
    if command := environ.get("DAUCHAN_KEYS_COMMAND"):
        found |= _lines(_asked(command))
    return found


def _read(file: Path) -> str:
    try:
        if file.stat().st_mode & _OTHERS:
            raise CannotStart(
                f"{file} holds secret keys and others may read it; chmod 600 it.",
                f"{file} chứa khóa bí mật nhưng người khác đọc được; hãy chmod 600.",
            )
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CannotStart(
            f"DAUCHAN_KEYS_FILE {file} cannot be read: {error.strerror}.",
            f"Không đọc được DAUCHAN_KEYS_FILE {file}: {error.strerror}.",
        ) from error


def _asked(command: str) -> str:
    """What the command printed. Its words are not told: they may hold a key."""
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            shlex.split(command),
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS,
            env=dict(os.environ),
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise CannotStart(
            f"DAUCHAN_KEYS_COMMAND failed: {type(error).__name__}.",
            f"DAUCHAN_KEYS_COMMAND không thực hiện được: {type(error).__name__}.",
        ) from error
    return done.stdout


def _lines(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}
