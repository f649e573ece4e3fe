"""What the clock does to referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.compliance import clocks
from dauchan.compliance.referrals.models import RUNNING, Kind, Referral, ReferralEvent
from dauchan.compliance.referrals.writing import tell

if TYPE_CHECKING:
    import datetime as dt


def keep_clocks(now: dt.datetime) -> clocks.Done:
    """Every reminder, word to the level above and count anew that is due by *now*."""
    return clocks.keep_clocks(clocks.Papers(Referral, ReferralEvent, "referral", RUNNING, "state", tell, _days_of), now)


def _days_of(referral: Referral) -> int:
    """Whether the clock that runs is the one of the beginning or of an answer that was given back."""
    last = referral.events.filter(kind__in=[Kind.HANDED, Kind.MOVED, Kind.RETURNED]).last()
    was_returned = last is not None and last.kind == Kind.RETURNED
    return referral.clock.days_returned if was_returned else referral.clock.days
