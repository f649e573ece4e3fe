"""What the writers of all systems share."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

Json = dict[str, Any]
#: The name space of ids that are made of our numbers, the same for the same number.
NUMBERS = uuid.UUID("5f0d6f0e-3c55-4c42-9a0c-2f7a0b6f3d11")


def iso_day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
