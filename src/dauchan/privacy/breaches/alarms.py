"""The 72 hours: who protects data and who leads is told while they run, and every page of theirs shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from dauchan.privacy.breaches.actions import tell_alarm
from dauchan.privacy.breaches.breach_models import WARN_AFTER, Breach, BreachState

if TYPE_CHECKING:
    import datetime as dt


def raise_alarms(now: dt.datetime) -> int:
    """The alarms that are due and were not raised; running twice raises none twice. Returns: how many."""
    raised = 0
    for breach in Breach.objects.filter(state=BreachState.OPEN, notified_at=None):
        known = set(breach.events.exclude(mark="").values_list("mark", flat=True))
        for after in WARN_AFTER:
            mark = f"{int(after.total_seconds() // 3600)}h"
            if now >= breach.found_at + after and mark not in known:
                with transaction.atomic():
                    tell_alarm(breach, mark)
                raised += 1
    return raised
