"""Phones that were signed out from afar, because they were lost: what they send is kept, and marked.

Their tokens hold for days after, and whoever has such a phone may write with them. What its owner scanned before, without a
network, comes from the same phone: so nothing is refused, and a tracer sees that it may not have been the owner.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dauchan.visits.registry import Label

#: A token lives for fourteen days.
HOLDS = timedelta(days=15)
#: A sign-out is seen when it is committed, which is a little later than the time that it bears.
OVERLAP = timedelta(minutes=1)


class PhoneRow(NamedTuple):
    """A row of `door_signed_out`."""

    phone_id: int
    ended_at: datetime


class SignedOutPhones:
    """Those whose tokens may still hold."""

    def __init__(self) -> None:
        self._ended: dict[int, datetime] = {}

    def since(self, now: datetime) -> datetime:
        """From when on to ask for more."""
        return max(self._ended.values(), default=now - HOLDS) - OVERLAP

    def learn(self, rows: Iterable[PhoneRow]) -> None:
        """Take in those that were signed out since, and forget those whose tokens have run out."""
        before = len(self._ended)
        self._ended.update(rows)
        if len(self._ended) != before:
            oldest = datetime.now(UTC) - HOLDS - OVERLAP
            self._ended = {phone_id: at for phone_id, at in self._ended.items() if at > oldest}

    def labels(self, phone_id: int) -> int:
        """The label of what this phone sends; 0 is no phone."""
        return int(Label.SIGNED_OUT) if phone_id in self._ended else 0
