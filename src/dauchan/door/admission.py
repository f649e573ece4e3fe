"""From what a client sent to a row of the ledger. Pure but for the memory of `Credentials` and `Pace`."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dauchan.door.clock import is_past_retention, timing
from dauchan.door.credentials import Credentials
from dauchan.door.errors import Refused
from dauchan.door.pace import Pace
from dauchan.door.reasons import KEPT, Reason
from dauchan.door.rows import Leaving, Scan
from dauchan.door.schemas import CheckIn, CheckOut, ScanAttempt
from dauchan.door.venues import KnownVenues
from dauchan.visits.registry import Assurance, AttemptReason, Closer, Source

_SOURCES = {source.name.lower(): int(source) for source in Source}
_ATTEMPT_REASONS = {reason.name.lower(): int(reason) for reason in AttemptReason}
_PHONE, _CLAIMED, _VISITOR = int(Assurance.PHONE), int(Assurance.CLAIMED), int(Closer.VISITOR)
_MICROSECONDS = 1_000_000
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Sender(NamedTuple):
    """Who sent a request and when, by the device's clock where it said so, and by ours; microseconds."""

    person_id: int
    sent_at: int | None
    received_at: int


def microseconds(moment: datetime) -> int:
    """An instant as microseconds since the epoch."""
    return (moment - _EPOCH) // _MICROSECOND


class Admission(NamedTuple):
    """What check-ins are judged by, besides what they say."""

    credentials: Credentials
    pace: Pace
    venues: KnownVenues

    def check_in(self, item: CheckIn, sender: Sender) -> Scan:
        """The row for a check-in; where the scan is refused but kept, `reason` says why.

        Raises:
            Refused: the item cannot be kept at all.
        """
        check_in_id = uuid7(item.check_in_id)
        device_at = microseconds(item.entered_at)
        at, labels = timing(device_at, sender.sent_at, sender.received_at)
        found = self.credentials.venue(item.venue_code)
        refused = found if isinstance(found, Reason) else None
        if labels and is_past_retention(at, sender.received_at):
            at, refused = max(at, 0), Reason.TOO_OLD
        venue_id, poster_version = (0, 0) if isinstance(found, Reason) else found
        where, known = item.position, None
        if refused is None:
            labels |= self.pace.label(sender.person_id, venue_id, at, sender.received_at)
            by_venue = self.venues.labels(venue_id, at, where)
            if by_venue is not None:
                labels, known = labels | by_venue, self.venues.known
        # By position and without a function of Python: names would cost half as much again as making the row.
        return _new_tuple(
            Scan,
            (
                check_in_id,
                sender.person_id,
                venue_id,
                at,
                device_at,
                sender.received_at,
                labels,
                poster_version,
                _SOURCES[item.source],
                _PHONE,
                item.party,
                int(KEPT[refused]) if refused else 0,
                self.credentials.code_hash(item.venue_code) if refused and refused in _STRANGE else 0,
                None,
                *((where.lat, where.lon, where.accuracy_m) if where else _NOWHERE),
                known,
            ),
        )


_new_tuple = tuple.__new__
_NOWHERE = (None, None, None)
_STRANGE = (Reason.FORGED, Reason.FOREIGN)


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
        labels=labels,
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
    found = credentials.venue(item.code) if item.code else Reason.FOREIGN
    strange = isinstance(found, Reason)
    return Scan(
        check_in_id=uuid7(item.attempt_id),
        person_id=sender.person_id,
        venue_id=0 if isinstance(found, Reason) else found[0],
        entered_at=at,
        device_at=device_at,
        received_at=sender.received_at,
        labels=labels,
        poster_version=0 if isinstance(found, Reason) else found[1],
        source=_SOURCES[item.source],
        assurance=_CLAIMED,
        party=1,
        reason=_ATTEMPT_REASONS[item.reason],
        code_hash=credentials.code_hash(item.code) if strange and item.code else 0,
    )


def uuid7(identifier: uuid.UUID) -> uuid.UUID:
    """The same identifier, if it is of version 7 and the usual variant.

    Raises:
        Refused: it is not.
    """
    if identifier.int & _VERSION_AND_VARIANT != _VERSION_7:
        raise Refused(Reason.NOT_UUID7)
    return identifier


# The bits of RFC 9562.
_VERSION_AND_VARIANT, _VERSION_7 = 0xF << 76 | 0x3 << 62, 0x7 << 76 | 0x2 << 62
