"""What a gate keeper's device writes: in, out, and taking the last one back; through the functions that the door calls."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from dauchan.visits.models import CheckIn, CheckOut, Visit
from dauchan.visits.partitions import local_day, midnight
from dauchan.visits.registry import Assurance, AttemptReason, Closer, Source

if TYPE_CHECKING:
    from datetime import datetime

_CHECK_IN = """
SELECT outcome FROM door_check_in(ARRAY[ROW(
    %(id)s, %(person_id)s, %(venue_id)s, %(at)s, %(at)s, %(at)s, 0,
    0, %(source)s, %(assurance)s, 1, %(reason)s, 0, %(device_id)s, NULL, NULL, NULL)::door_scan])
"""
_CHECK_OUT = """
SELECT outcome FROM door_check_out(ARRAY[ROW(
    %(id)s, %(check_in_id)s, NULL, %(venue_id)s, %(left_at)s, %(at)s, %(at)s, 0, %(closed_by)s, %(device_id)s)::door_leaving])
"""
_ATTEMPT = """
SELECT door_scan_attempt(ARRAY[ROW(
    %(id)s, 0, %(venue_id)s, %(at)s, %(at)s, %(at)s, 0,
    0, %(source)s, %(assurance)s, 1, %(reason)s, 0, %(device_id)s, NULL, NULL, NULL)::door_scan])
"""
_REFUSED = 3


@dataclass(frozen=True)
class GateScan:
    """A scan as the gate's device sent it.

    Attributes:
        id: UUIDv7 made by the device; recording it twice is harmless.
        at: when the server received it.
    """

    id: uuid.UUID
    venue_id: int
    device_id: int
    at: datetime


@dataclass(frozen=True)
class Shift:
    """What one device did since local midnight."""

    entries: int
    exits: int


def record_entry(scan: GateScan, person_id: int, assurance: Assurance) -> bool:
    """False where the venue takes no check-ins or the identifier is somebody else's; the ledger keeps the attempt."""
    row = {**vars(scan), "person_id": person_id, "assurance": int(assurance), "source": int(Source.GATE), "reason": 0}
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_IN, row)
        answer = cursor.fetchone()
    return not answer or answer[0] != _REFUSED


def record_exit(scan: GateScan, check_in_id: uuid.UUID, left_at: datetime) -> bool:
    row = {**vars(scan), "check_in_id": check_in_id, "left_at": left_at, "closed_by": int(Closer.GATE)}
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_OUT, row)
        return bool(cursor.fetchone()[0] != _REFUSED)


def record_failure(scan: GateScan, reason: AttemptReason) -> None:
    row = {**vars(scan), "assurance": int(Assurance.CLAIMED), "source": int(Source.GATE), "reason": int(reason)}
    with connection.cursor() as cursor:
        cursor.execute(_ATTEMPT, row)


def visit_inside(person_id: int, venue_id: int, now: datetime) -> Visit | None:
    """The visit that this person has begun at this venue today or yesterday and nobody has ended.

    The usual stay plays no part here: who is still inside is known to a gate by the missing exit.
    """
    since = midnight(local_day(now)) - timedelta(days=1)
    begun = Visit.objects.filter(person_id=person_id, venue_id=venue_id, entered_at__gte=since, entered_at__lte=now)
    last = begun.order_by("-entered_at").first()
    return last if last is not None and last.left_at is None else None


def entry_with(check_in_id: uuid.UUID) -> CheckIn | None:
    return CheckIn.objects.filter(pk=check_in_id).first()


def exit_with(check_out_id: uuid.UUID, device_id: int, now: datetime) -> CheckOut | None:
    return CheckOut.objects.filter(
        check_in_id__gte=_first_id(now), check_out_id=check_out_id, device_id=device_id
    ).first()


def shift_of(venue_id: int, device_id: int, now: datetime) -> Shift:
    today = midnight(local_day(now))
    entries = CheckIn.objects.filter(venue_id=venue_id, device_id=device_id, entered_at__gte=today).count()
    exits = CheckOut.objects.filter(
        check_in_id__gte=_first_id(now), venue_id=venue_id, device_id=device_id, device_at__gte=today
    )
    return Shift(entries, exits.count())


def _first_id(now: datetime) -> uuid.UUID:
    """No check-in of yesterday or today has a smaller identifier: keeps a query out of the older partitions."""
    begun = midnight(local_day(now)) - timedelta(days=1)
    return uuid.UUID(int=int(begun.timestamp() * 1000) << 80)
