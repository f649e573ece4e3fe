"""What tests of the door send, and the venues they send it to."""

import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from dauchan.door.running import RunningDoor

APPROVED, SUSPENDED, PENDING, CLOSED, OTHER_APPROVED, UNKNOWN = 1, 2, 3, 4, 5, 99
STATUSES = {
    APPROVED: "approved",
    SUSPENDED: "suspended",
    PENDING: "pending",
    CLOSED: "closed",
    OTHER_APPROVED: "approved",
}

Ledger = psycopg.Connection[tuple[Any, ...]]


def uuid7(at: datetime | None = None) -> str:
    """A new identifier, of now or of another time: RFC 9562, 48 bits of milliseconds, version, variant, chance."""
    milliseconds = int((at or datetime.now(UTC)).timestamp() * 1000)
    chance = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=number))


def check_in(
    door: RunningDoor, venue_id: int = APPROVED, *, ago: timedelta = timedelta(0), **changes: object
) -> dict[str, Any]:
    """A check-in as a phone sends it."""
    at = datetime.now(UTC) - ago
    return {"check_in_id": uuid7(at), "venue_code": door.code(venue_id), "entered_at": at.isoformat()} | changes
