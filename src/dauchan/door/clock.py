"""A device's times and ours. Pure; all instants are microseconds since the epoch.

A device is right about how long ago it scanned, not about what time it was: the difference between its clock and ours
at the upload corrects its scans. Both times are kept.
"""

from typing import NamedTuple

from dauchan.visits import rules
from dauchan.visits.registry import Label

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND

# Plain numbers: an IntFlag's arithmetic costs a microsecond, and every scan comes through here.
_OFFLINE, _LATE = int(Label.OFFLINE), int(Label.LATE)
_CLOCK_SKEW, _CLAMPED = int(Label.CLOCK_SKEW), int(Label.CLAMPED)

TOLERATED_SKEW = rules.TOLERATED_SKEW_SECONDS * SECOND
ONLINE = rules.ONLINE_SECONDS * SECOND
LATE = rules.LATE_SECONDS * SECOND
RETENTION = rules.RETENTION_DAYS * DAY


class Timing(NamedTuple):
    """When something happened, corrected, and what is remarkable about it."""

    at: int
    labels: int


def timing(device_at: int, sent_at: int | None, received_at: int) -> Timing:
    """The time that counts for an event.

    Args:
        device_at: what the device's clock showed at the event.
        sent_at: what it showed when the request was sent, if it said so.
        received_at: our own clock when the request came in.
    """
    waited = received_at - device_at
    if sent_at is None and 0 <= waited <= ONLINE:
        return Timing(device_at, 0)  # as nearly every scan
    skew = 0 if sent_at is None else received_at - sent_at
    skewed = abs(skew) > TOLERATED_SKEW
    at = device_at + skew if skewed else device_at
    labels = _CLOCK_SKEW if skewed else 0
    if at > received_at:
        # The future is never believed; where the device did not say what time it thinks it is, its clock is wrong.
        if at > received_at + TOLERATED_SKEW:
            labels |= _CLAMPED if sent_at is not None else _CLAMPED | _CLOCK_SKEW
        return Timing(received_at, labels)
    waited = received_at - at
    if waited > ONLINE:
        labels |= _OFFLINE | _LATE if waited > LATE else _OFFLINE
    return Timing(at, labels)


def is_past_retention(at: int, received_at: int) -> bool:
    """Whether the event is so old that it would be removed the next night: to store it would serve no purpose."""
    return received_at - at > RETENTION
