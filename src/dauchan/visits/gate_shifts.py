"""What gates did since local midnight: three questions for all devices of a venue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count

from dauchan.units.languages import reads_english
from dauchan.visits.models import CheckIn, CheckOut, ScanAttempt
from dauchan.visits.partitions import local_day, midnight
from dauchan.visits.registry import AttemptReason, Closer, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


@dataclass
class Shift:
    """Scans of one device or of all, those taken back included.

    Attributes:
        refused: how many were refused, by the reason's name.
    """

    entries: int = 0
    exits: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def refusals(self) -> int:
        return sum(self.refused.values())


def shifts_of(venue_id: int, device_ids: Sequence[int], now: datetime) -> dict[int, Shift]:
    """The shift of each of these devices of a venue."""
    today = midnight(local_day(now))
    shifts = {device_id: Shift() for device_id in device_ids}
    entered = CheckIn.objects.filter(venue_id=venue_id, device_id__in=device_ids, entered_at__gte=today)
    for device_id, amount in entered.values_list("device_id").annotate(Count("pk")).order_by():
        shifts[device_id].entries = amount
    left = CheckOut.objects.filter(device_id__in=device_ids, left_at__gte=today, closed_by=Closer.GATE)
    for device_id, amount in left.values_list("device_id").annotate(Count("check_out_id", distinct=True)).order_by():
        shifts[device_id].exits = amount
    failed = ScanAttempt.objects.filter(venue_id=venue_id, attempted_at__gte=today, device_id__in=device_ids)
    for device_id, reason, amount in failed.values_list("device_id", "reason").annotate(Count("pk")).order_by():
        shifts[device_id].refused[AttemptReason(reason).name.lower()] = amount
    return shifts


def refusals_of(shift: Shift) -> list[tuple[str, int]]:
    """Reasons in the interface's language, the most frequent first."""
    language = "en" if reads_english() else "vi"
    words = registry()["attempt_reason"]
    by_size = sorted(shift.refused.items(), key=lambda item: -item[1])
    return [(words[name][language], amount) for name, amount in by_size]  # type: ignore[literal-required]


def total_of(shifts: Iterable[Shift]) -> Shift:
    """All of them together."""
    total = Shift()
    for shift in shifts:
        total.entries += shift.entries
        total.exits += shift.exits
        for reason, amount in shift.refused.items():
            total.refused[reason] = total.refused.get(reason, 0) + amount
    return total
