"""What a backup says of itself."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from dauchan.project.errors import CannotStart

NAME = "manifest.json"
DATABASE = "database.dump"
UPLOADS = "uploads.tar"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """The contents of a backup.

    Attributes:
        made_at: the instant of its snapshot, ISO 8601 with its offset.
        release: the version of the program that made it.
        purpose: what the database is for and a fingerprint of its look-up key (`purpose.mark_of`).
        tables: rows and digest of each table, by name (`digests`).
        files: SHA-256 of each file, by name.
    """

    made_at: str
    release: str
    purpose: dict[str, str]
    tables: dict[str, list[int]]
    files: dict[str, str]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(rows for rows, _ in self.tables.values())

    @property
    def instant(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def write(self, directory: Path) -> None:
        """Write it; from then on the directory is a backup."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (directory / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a backup whose files are all there and unchanged.

    Raises:
        CannotStart: it is no backup, or a file is missing or was changed.
    """
    manifest = _read(directory)
    for name, digest in manifest.files.items():
        path = directory / name
        if not path.is_file() or sha256(path) != digest:
            raise CannotStart(
                f"{path} is missing or not as it was written; use another backup.",
                f"{path} bị thiếu hoặc đã khác so với khi ghi; hãy dùng bản sao lưu khác.",
            )
    return manifest


def backups_in(directory: Path) -> Iterator[tuple[Path, Manifest]]:
    """The finished backups in a directory, the oldest first; their files are not read."""
    for path in sorted(directory.iterdir()):
        with suppress(CannotStart):
            yield path, _read(path)


def sha256(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(directory: Path) -> Manifest:
    try:
        return Manifest(**json.loads((directory / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise CannotStart(
            f"{directory} is no finished backup: {NAME} is missing or cannot be read.",
            f"{directory} không phải bản sao lưu hoàn chỉnh: thiếu {NAME} hoặc không đọc được.",
        ) from error
