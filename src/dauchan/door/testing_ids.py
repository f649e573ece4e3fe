"""Identifiers as devices make them."""

import secrets
import uuid
from datetime import UTC, datetime


def uuid7(at: datetime | None = None) -> str:
    """A new identifier, of now or of another time: RFC 9562, 48 bits of milliseconds, version, variant, chance."""
    milliseconds = int((at or datetime.now(UTC)).timestamp() * 1000)
    chance = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=number))
