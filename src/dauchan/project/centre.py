"""The receiving end of a demonstration: the same database server, a schema of its own, and an agreement between the two."""

from pathlib import Path

from dauchan.project.environment import Environment, Kind
from dauchan.project.errors import CannotStart

CODE = "national"


def demonstration_centre(here: Environment, port: int) -> tuple[Path, str]:
    """The receiver's file and its database; made where they are missing.

    Raises:
        CannotStart: not a demonstration, so somebody must say who may send.
    """
    folder = here.var / "exchange"
    path = folder / "receiver.toml"
    if path.exists() and here.env is not Kind.DEMONSTRATION:
        return path, ""
    if here.env is not Kind.DEMONSTRATION:
        raise CannotStart(
            f"There is no {path}: say with --config who may send and where the receiver keeps it.",
            f"Chưa có {path}: hãy chỉ ra bằng --config hệ thống nào được gửi và nơi lưu dữ liệu nhận.",
        )
    if not path.exists():
        from dauchan.project.loading import load_django

        load_django()
        from django.utils import timezone

        from dauchan.exchange.national.agreeing import write_agreement
        from dauchan.visits.retention import kept_days

        block = write_agreement(CODE, f"http://127.0.0.1:{port}", "hue", kept_days(timezone.now())[0])
        path.write_text(block, encoding="utf-8")
        path.chmod(0o600)
    return path, here.database_url
