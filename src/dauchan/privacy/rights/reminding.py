"""What the clock does to requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance import clocks
from dauchan.privacy.rights.request_models import RUNNING, PersonRequest, RequestEvent
from dauchan.privacy.rights.writing import tell

if TYPE_CHECKING:
    import datetime as dt


def keep_clocks(now: dt.datetime) -> clocks.Done:
    """Every reminder and word to the level above that is due by *now*."""
    return clocks.keep_clocks(
        clocks.Papers(PersonRequest, RequestEvent, "request", RUNNING, "state", tell, _days_of), now
    )


def _days_of(request: PersonRequest) -> int:
    """Only the first answer is counted in working days, and only its deadline is ever counted anew."""
    return request.clock.answer_days
