"""What was asked since a backup was made, kept apart from backups: `dauchan restore` does it again.

A file of JSON lines, each with a random number that stands for a person, an instant and what was done. It names nobody, and
a person who was erased cannot be found through it; still it is of no use to anybody but the restore.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

ERASED, WITHDRAWN, RESTRICTED = "erased", "withdrawn", "restricted"


@dataclass(frozen=True)
class Line:
    """One line; *scope* of a restriction, else empty."""

    person: int
    at: str
    what: str
    scope: str = ""


def list_erasure(person_id: int) -> None:
    _after_commit(Line(person_id, timezone.now().isoformat(), ERASED))


def list_withdrawal(person_id: int) -> None:
    _after_commit(Line(person_id, timezone.now().isoformat(), WITHDRAWN))


def list_restriction(person_id: int, scope: str) -> None:
    _after_commit(Line(person_id, timezone.now().isoformat(), RESTRICTED, scope))


def list_path() -> Path:
    return Path(settings.ERASURE_LIST)


def lines_of(file: Path) -> Iterator[Line]:
    """The lines of a list, the oldest first; none where there is no file. A last line that was cut off is left out."""
    if not file.exists():
        return
    for text in file.read_text(encoding="utf-8").splitlines():
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue


def append(lines: list[Line]) -> None:
    """Write lines at the end, and to the disk before this returns."""
    path = list_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(json.dumps(vars(line)) + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def _after_commit(line: Line) -> None:
    """A request that was rolled back was not carried out."""
    transaction.on_commit(lambda: append([line]))
