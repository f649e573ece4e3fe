"""How much of an infectious period the ledger still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dauchan.visits.retention import RETENTION_DAYS, first_kept_instant

if TYPE_CHECKING:
    import datetime as dt


def kept_since(begins: dt.datetime) -> dict[str, Any]:
    """Whether the ledger has already let go of the beginning of the infectious period."""
    kept_from = first_kept_instant(timezone.now())
    return {"kept_from": kept_from if begins < kept_from else None, "retention_days": RETENTION_DAYS}
