"""What PostgreSQL writes when it ends, told to an operator in one sentence."""

import re
from pathlib import Path

from dauchan.project.errors import CannotStart

COMPLAINT = re.compile(r"(?:FATAL|PANIC|ERROR|error): +(.+)")

FULL = ("no space left on device", "disk quota exceeded", "could not extend file")
CLOSED = ("permission denied", "wrong ownership", "operation not permitted", "read-only file system")


class StillInUse(CannotStart):
    """The processes of a server that was killed are still there; they end by themselves within seconds."""


def refusal_of(text: str, data: Path) -> CannotStart:
    """The sentence for the end of a PostgreSQL program that wrote this text, working on this data directory."""
    complaints = COMPLAINT.findall(text)
    reason = complaints[-1].strip() if complaints else (text.strip().splitlines() or ["no reason given"])[-1]
    lowered = text.lower()
    if "is still in use" in lowered:
        return StillInUse(
            f"The database in {data} is still in use by another server ({reason}).",
            f"Cơ sở dữ liệu trong {data} còn đang được một máy chủ khác dùng ({reason}).",
        )
    if any(sign in lowered for sign in FULL):
        return disk_full(data)
    if any(sign in lowered for sign in CLOSED):
        return CannotStart(
            f"The database in {data} may not be read or written by this user ({reason}); it belongs to another user.",
            f"Người dùng này không được đọc ghi cơ sở dữ liệu trong {data} ({reason}); nó thuộc về người dùng khác.",
        )
    if "password authentication failed" in lowered:
        return CannotStart(
            f"The database in {data} was made with other keys; put back the keys.json it came with.",
            f"Cơ sở dữ liệu trong {data} được tạo với bộ khóa khác; hãy khôi phục keys.json của nó.",
        )
    return CannotStart(
        f"The database in {data} is damaged ({reason}); restore a backup, or move that directory away to begin anew.",
        f"Cơ sở dữ liệu trong {data} bị hỏng ({reason}); hãy khôi phục bản sao lưu, hoặc dời thư mục đó đi để làm lại từ đầu.",
    )


def disk_full(place: Path) -> CannotStart:
    """The sentence for a disk without room."""
    return CannotStart(
        f"The disk that holds {place} is full; make room and start again.",
        f"Ổ đĩa chứa {place} đã đầy; hãy giải phóng chỗ trống rồi khởi động lại.",
    )
