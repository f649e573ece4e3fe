"""The database server's log of changes, kept in a folder: with a copy of its files any moment since can be brought back."""

import shlex
from collections.abc import Mapping
from pathlib import Path


def archive_settings(log: Path) -> Mapping[str, str]:
    """The settings of a server that keeps its log in this folder, at most a minute late.

    A file appears there whole or not at all; one that is there already must be the same.
    """
    kept = shlex.quote(str(log).replace("%", "%%")) + "/%f"
    copy = f"cp %p {kept}.unfinished && sync {kept}.unfinished && mv {kept}.unfinished {kept}"
    command = f"if [ -f {kept} ]; then cmp -s %p {kept}; else {copy}; fi"
    return {"archive_mode": "on", "archive_command": command, "archive_timeout": "60s"}
