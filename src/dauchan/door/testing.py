"""What tests of the door send, and the venues they send it to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from dauchan.door.running import RunningDoor
from dauchan.door.testing_ids import uuid7

__all__ = [
    "APPROVED",
    "CLOSED",
    "OTHER_APPROVED",
    "PENDING",
    "STATUSES",
    "SUSPENDED",
    "UNKNOWN",
    "Ledger",
    "check_in",
    "uuid7",
]

APPROVED, SUSPENDED, PENDING, CLOSED, OTHER_APPROVED, UNKNOWN = 1, 2, 3, 4, 5, 99
STATUSES = {
    APPROVED: "approved",
    SUSPENDED: "suspended",
    PENDING: "pending",
    CLOSED: "closed",
    OTHER_APPROVED: "approved",
}

Ledger = psycopg.Connection[tuple[Any, ...]]


def check_in(
    door: RunningDoor, venue_id: int = APPROVED, *, ago: timedelta = timedelta(0), **changes: object
) -> dict[str, Any]:
    """A check-in as a phone sends it."""
    at = datetime.now(UTC) - ago
    return {"check_in_id": uuid7(at), "venue_code": door.code(venue_id), "entered_at": at.isoformat()} | changes
