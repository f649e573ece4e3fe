"""Files that commands write: whatever speaks against one is said before any work is done, not after it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


class OutFile(click.Path):
    """A file to write; the folder it is to stand in must be there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's signature
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        folder = path.absolute().parent
        if not folder.is_dir():
            self.fail(f"There is no folder {folder}. / Không có thư mục {folder}.", param, ctx)
        if not os.access(folder, os.W_OK):
            self.fail(f"{folder} may not be written to. / Không được ghi vào {folder}.", param, ctx)
        return path


def check_copy(copy: Path | None, source: Path, content: bytes) -> None:
    """A copy takes nobody's own file away, and is called what it is. Raises: click.UsageError."""
    from dauchan.exchange.marked_copies import ending_of

    if copy is None:
        return
    if copy.exists() and copy.samefile(source):
        raise click.UsageError(
            f"--copy would write over {source.name}. / --copy sẽ ghi đè lên {source.name}; hãy đặt tên khác."
        )
    ending = ending_of(content)
    if copy.suffix.lower() != f".{ending}":
        raise click.UsageError(
            f"The copy of {source.name} must be called .{ending}. / Bản sao của {source.name} phải có đuôi .{ending}."
        )


def names_in(rows: Iterable[str], most: int = 20) -> str:
    """The first of them in a line, and that there are more."""
    said = list(rows)
    return ", ".join(said[:most]) + (" …" if len(said) > most else "")
