"""From what a client sent to a row of the ledger, for check-outs and failed scans; check-ins are judged together (`judging.py`)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dauchan.door.clock import is_past_retention, timing
from dauchan.door.credentials import Credentials
from dauchan.door.errors import Refused
from dauchan.door.reasons import Reason
from dauchan.door.rows import Leaving, Scan
from dauchan.door.schemas import CheckOut, ScanAttempt
from dauchan.visits.registry import Assurance, AttemptReason, Closer, Source

SOURCES = {source.name.lower(): int(source) for source in Source}
_ATTEMPT_REASONS = {reason.name.lower(): int(reason) for reason in AttemptReason}
_CLAIMED, _VISITOR = int(Assurance.CLAIMED), int(Closer.VISITOR)
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Sender(NamedTuple):
    """Who sent a request and when, by the device's clock where it said so, and by ours; microseconds.

    `labels`: what is remarkable about everything that this phone sends.
    """

    person_id: int
    sent_at: int | None
    received_at: int
    labels: int = 0


def microseconds(moment: datetime) -> int:
    """An instant as microseconds since the epoch."""
    return (moment - _EPOCH) // _MICROSECOND


def admit_check_out(item: CheckOut, sender: Sender) -> Leaving:
    """The row for a check-out; a time in the future becomes now, and is marked.

    Raises:
        Refused: an identifier is no UUIDv7, or the visit is past retention.
    """
    device_at = microseconds(item.left_at)
    at, labels = timing(device_at, sender.sent_at, sender.received_at)
    if is_past_retention(at, sender.received_at):
        raise Refused(Reason.TOO_OLD)
    return Leaving(
        check_out_id=uuid7(item.check_out_id),
        check_in_id=uuid7(item.check_in_id),
        person_id=sender.person_id,
        venue_id=None,
        left_at=at,
        device_at=device_at,
        received_at=sender.received_at,
        labels=labels | sender.labels,
        closed_by=_VISITOR,
    )


def admit_attempt(item: ScanAttempt, sender: Sender, credentials: Credentials) -> Scan:
    """The row for a failed scan; of a code that is not ours only a keyed hash remains.

    Raises:
        Refused: the identifier is no UUIDv7.
    """
    device_at = microseconds(item.attempted_at)
    at, labels = timing(device_at, sender.sent_at, sender.received_at)
    if is_past_retention(at, sender.received_at):
        raise Refused(Reason.TOO_OLD)
    venue_id, poster_version, refused = credentials.venue(item.code) if item.code else (0, 0, Reason.FOREIGN)
    return Scan(
        check_in_id=uuid7(item.attempt_id),
        person_id=sender.person_id,
        venue_id=venue_id,
        entered_at=at,
        device_at=device_at,
        received_at=sender.received_at,
        labels=labels | sender.labels,
        poster_version=poster_version,
        source=SOURCES[item.source],
        assurance=_CLAIMED,
        party=1,
        reason=_ATTEMPT_REASONS[item.reason],
        code_hash=credentials.code_hash(item.code) if refused and item.code else 0,
    )


def uuid7(identifier: uuid.UUID) -> uuid.UUID:
    """The same identifier, if it is of version 7 and the usual variant.

    Raises:
        Refused: it is not.
    """
    if not is_uuid7(identifier):
        raise Refused(Reason.NOT_UUID7)
    return identifier


def is_uuid7(identifier: uuid.UUID) -> bool:
    """Whether an identifier is of version 7 and the usual variant."""
    return identifier.int & _VERSION_AND_VARIANT == _VERSION_7


# The bits of RFC 9562.
_VERSION_AND_VARIANT, _VERSION_7 = 0xF << 76 | 0x3 << 62, 0x7 << 76 | 0x2 << 62
