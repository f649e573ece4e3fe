"""What can go wrong at the door.

DoorError
├── BadConfiguration   stops the program
├── Refused            answered to the client: a reason from the closed list
└── Unavailable        the ledger cannot record now; nothing is acknowledged
"""

from collections.abc import Sequence

from dauchan.door.reasons import Reason


class DoorError(Exception):
    """Something the door cannot do."""


class BadConfiguration(DoorError):
    """An environment variable is missing or cannot be understood."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} {what}.")


class Refused(DoorError):
    """A request or an item of it is refused; `reason` says why, `detail` where."""

    def __init__(
        self, reason: Reason, detail: str = "", *, retry_after: int = 0, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.headers = tuple(headers)


class Unavailable(DoorError):
    """The ledger cannot record now."""
