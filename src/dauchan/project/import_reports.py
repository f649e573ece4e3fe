"""What `dauchan import` says of a file: counts, the rows it did not take, and remarks; in Vietnamese or English.

The rows are told in the language of the terminal, for they are handed on to whoever made the list. A refusal of the whole is one
sentence in both.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

Command = TypeVar("Command", bound=Callable[..., Any])
VIETNAMESE = {
    "list": "danh sách số",
    "rows": "số dòng",
    "contacts": "người tiếp xúc",
    "taken": "ghi",
    "refused": "không ghi được",
    "of_other_cases": "của ca khác",
    "faults": "lỗi",
    "added": "thêm",
    "known": "đã có từ trước",
    "new": "ghi mới",
    "changed": "thay đổi",
    "same": "như cũ",
    "missing": "không có trong tệp",
    "good": "ghi được",
    "asks": "có thể trùng",
    "faulty": "dòng lỗi",
    "passed_over": "dòng không phải địa điểm",
    "registered": "đăng ký mới",
    "merged": "bổ sung vào nơi đã có",
    "skipped": "bỏ qua",
    "left_out": "chưa quyết định",
    "removed": "đã hoàn tác",
    "closed": "đã đóng",
    "stays": "giữ lại",
    "scanned": "đã có lượt quét",
    "used": "đã có dữ liệu khác",
    "sent": "trung tâm quốc gia đã biết",
    "gone": "nơi cần bổ sung không còn",
}


@dataclass
class Report:
    """What an import did, or would do.

    Attributes:
        counts: by name.
        lines: one for each row that was not taken; where there is one, the exit status is 1.
        remarks: what else is worth knowing.
    """

    counts: dict[str, int]
    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def text(self, language: str) -> str:
        names = VIETNAMESE if language == "vi" else {}
        return ", ".join(f"{names.get(name, name.replace('_', ' '))}: {count}" for name, count in self.counts.items())


def terminal_language() -> str:
    """`vi` where the terminal is a Vietnamese one, else `en`."""
    named = next((text for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (text := os.environ.get(name))), "")
    return "vi" if named.lower().startswith("vi") else "en"


def language_option(command: Command) -> Command:
    """The option `--language`, passed as *language*."""
    return click.option(
        "--language",
        type=click.Choice(["vi", "en"]),
        default=terminal_language,
        help="Of the report and the copy; by default that of the terminal (LC_ALL, LANG). / Ngôn ngữ của báo cáo và bản sao.",
    )(command)


def in_words(english: str, vietnamese: str) -> str:
    """One of them, in the language that is being written."""
    from dauchan.units.languages import reads_english

    return english if reads_english() else vietnamese


def row_named(number: object) -> str:
    """How a row of the user's file is called."""
    return in_words(f"row {number}", f"Dòng {number}")


def columns_left(names: str) -> str:
    """The remark on columns of which nothing is taken."""
    return in_words(f"Columns not taken: {names}", f"Cột không được lấy: {names}")


def refused_with(message: object) -> click.ClickException:
    """A refusal of ours, said in both languages."""
    from django.utils import translation

    with translation.override("en"):
        english = str(message)
    with translation.override("vi"):
        return click.ClickException(f"{english} / {message}")


def content_of(source: Path) -> bytes:
    """Raises: click.ClickException for a file with nothing in it."""
    content = source.read_bytes()
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise click.ClickException(f"{source.name} is empty. / {source.name} là tệp trống.")
    return content


def unreadable(source: Path) -> click.ClickException:
    return click.ClickException(
        f"{source.name} is neither a spreadsheet nor text. / {source.name} không phải bảng tính, cũng không phải tệp văn bản."
    )


def nothing_kept() -> str:
    """What a dry run says at the end."""
    return in_words("A dry run: nothing was kept.", "Chạy thử: chưa ghi gì.")


def told(report: Report, language: str, *, as_json: bool) -> None:
    """Counts on standard output, all else on standard error; ends the command."""
    import json

    click.echo(json.dumps(report.counts) if as_json else report.text(language))
    for line in (*report.lines, *report.remarks):
        click.echo(line, err=True)
    click.get_current_context().exit(1 if report.lines else 0)
